using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Finds the caller of a request: by a bearer token or by the cookie of a session, never by both.</summary>
internal sealed class CallerLookup(RequestDelegate next)
{
    private const string Bearer = "Bearer ";

    public async Task InvokeAsync(HttpContext http, Dbs dbs, TokenCheck tokens)
    {
        // Static files and health checks have no use for a caller.
        if (http.GetEndpoint()?.Metadata.GetMetadata<Right>() is { SignedIn: true })
        {
            var caller = http.Request.Headers.Authorization switch
            {
                [] => await BySession(http, dbs),
                [{ } header] when header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) => await tokens.Check(
                    header[Bearer.Length..]
                ),
                _ => null,
            };
            if (caller is not null)
                http.Features.Set(caller);
        }
        await next(http);
    }

    private static async Task<Caller?> BySession(HttpContext http, Dbs dbs)
    {
        if (SessionCookie.Of(http) is not { } cookie)
            return null;
        await using var db = dbs.Open(DbScope.ForTenant(cookie.Tenant));
        var rights = await db.Query<Rights.Row>(
            $"""
            select m.person_id, p.permission
            from identity.session s
            join identity.member m on m.tenant_id = s.tenant_id and m.person_id = s.person_id and m.retired_at is null
            left join identity.member_role r on r.tenant_id = m.tenant_id and r.person_id = m.person_id
            left join identity.role_permission p on p.tenant_id = r.tenant_id and p.role_id = r.role_id
            where s.secret_hash = {cookie.Hash} and s.expires_at > now()
            """
        );
        return rights is [var first, ..]
            ? new Caller(
                cookie.Tenant,
                first.PersonId,
                rights.Select(one => one.Permission).OfType<string>().ToFrozenSet(),
                ByCookie: true
            )
            : null;
    }
}
