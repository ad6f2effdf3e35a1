using System.Collections.Frozen;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Reads from the database what a session or a token may do at this moment.</summary>
internal static class CallerRead
{
    internal static async Task<Caller?> BySession(Dbs dbs, SessionCookie cookie)
    {
        await using var db = dbs.Open(DbScope.ForTenant(cookie.Tenant));
        var rights = await db.Query<Rights.Row>(
            $"""
            select m.person_id, p.permission
            from identity.session s
            join identity.member m on m.tenant_id = s.tenant_id and m.person_id = s.person_id and m.retired_at is null
            left join identity.member_role r on r.tenant_id = m.tenant_id and r.person_id = m.person_id
            left join identity.role o on o.tenant_id = r.tenant_id and o.role_id = r.role_id and o.retired_at is null
            left join identity.role_permission p on p.tenant_id = o.tenant_id and p.role_id = o.role_id
            where s.secret_hash = {cookie.Hash} and s.expires_at > now()
            """
        );
        if (rights is not [var first, ..])
            return null;
        await db.Execute(
            $"""
            update identity.session set seen_at = now()
            where secret_hash = {cookie.Hash} and seen_at < now() - interval '5 minutes'
            """
        );
        await db.Commit();
        return new Caller(cookie.Tenant, first.PersonId, Permissions(rights), ByCookie: true);
    }

    /// <summary>What a token was given, as far as its bearer still has it; nobody when the bearer is gone.</summary>
    internal static async Task<(Caller? Caller, Guid Family)> ByToken(Dbs dbs, TokenCheck.Claims? claims)
    {
        if (claims is null)
            return default;
        await using var db = dbs.Open(DbScope.ForTenant(claims.Caller.Tenant));
        if (claims.Family == Guid.Empty)
            return (await OfMachine(db, claims.Caller), Guid.Empty);
        var rights = await OfFamily(db, claims);
        if (rights is not [var first, ..])
            return default;
        var now = rights.Select(one => one.Permission).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var caller = Within(claims.Caller, now) with { Client = first.ClientId, RequestsPerMinute = first.RequestsPerMinute };
        return (caller, claims.Family);
    }

    private sealed record Consent(string? Permission, Guid ClientId, int? RequestsPerMinute);

    private sealed record Machine(string? Permission, int? RequestsPerMinute, Guid? SiteId);

    private static async Task<Caller?> OfMachine(Db db, Caller caller)
    {
        var rows = await db.Query<Machine>(
            $"""
            select p.permission, c.requests_per_minute, null::uuid as site_id from identity.client c
            left join identity.client_permission p on p.tenant_id = c.tenant_id and p.client_id = c.client_id
            where c.client_id = {caller.Actor} and c.retired_at is null
            union all
            select p.permission, null, d.site_id from identity.device d
            join company.v_site s on s.tenant_id = d.tenant_id and s.site_id = d.site_id and s.retired_at is null
            left join identity.role o on o.tenant_id = d.tenant_id and o.role_id = d.role_id and o.retired_at is null
            left join identity.role_permission p on p.tenant_id = o.tenant_id and p.role_id = o.role_id
            where d.device_id = {caller.Actor} and d.revoked_at is null
            """
        );
        if (rows is not [var first, ..])
            return null;
        var now = rows.Select(one => one.Permission).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return Within(caller, now) with { RequestsPerMinute = first.RequestsPerMinute, Site = first.SiteId };
    }

    private static Caller Within(Caller caller, IReadOnlySet<string> now) =>
        caller with
        {
            Permissions = caller.Permissions.Where(now.Contains).ToFrozenSet(StringComparer.Ordinal),
        };

    private static Task<List<Consent>> OfFamily(Db db, TokenCheck.Claims claims) =>
        db.Query<Consent>(
            $"""
            select p.permission, c.client_id, c.requests_per_minute from identity.token_family f
            join identity.client c on c.tenant_id = f.tenant_id and c.client_id = f.client_id and c.retired_at is null
            join identity.member m on m.tenant_id = f.tenant_id and m.person_id = f.person_id and m.retired_at is null
            left join identity.member_role r on r.tenant_id = m.tenant_id and r.person_id = m.person_id
            left join identity.role o on o.tenant_id = r.tenant_id and o.role_id = r.role_id and o.retired_at is null
            left join identity.role_permission p on p.tenant_id = o.tenant_id and p.role_id = o.role_id
            where f.family = {claims.Family} and f.ended_at is null and f.person_id = {claims.Caller.Actor}
            """
        );

    private static FrozenSet<string> Permissions(List<Rights.Row> rights) =>
        rights.Select(one => one.Permission).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
}
