using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>The people of the tenant by name, with their roles; one of them with what concerns their sign-in.</summary>
public static class ListMembers
{
    public sealed record Row(
        Guid Id,
        string Name,
        string Email,
        DateTime? RetiredAt,
        DateTime? ErasedAt,
        string[] Roles,
        DateTime? SeenAt
    );

    public sealed record RoleOf(Guid Id, string Name);

    public sealed record Detail(
        Guid Id,
        string Name,
        string Email,
        DateTime CreatedAt,
        DateTime? RetiredAt,
        DateTime? ErasedAt,
        IReadOnlyList<RoleOf> Roles,
        bool SecondFactor,
        int? LockedMinutes
    );

    private sealed record Key(string Name, Guid Id);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/members", List).Needs(IdentityPermissions.ReadMembers).Reads().WithSummary("Members by name");
        api.MapGet("/members/{memberId:guid}", Show)
            .Needs(IdentityPermissions.ReadMembers)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("One member");
    }

    private static async Task<Page<Row>> List(Db db, PageOf page, [Text(100, MayBeEmpty = true)] string? search, bool? retired)
    {
        var after = page.Start<Key>() ?? new Key("", Guid.Empty);
        var rows = await db.Query<Row>(
            $"""
            select m.person_id as id, m.name, m.email, m.retired_at, m.erased_at,
                array(select o.name from identity.member_role r
                    join identity.role o on o.tenant_id = r.tenant_id and o.role_id = r.role_id
                    where r.tenant_id = m.tenant_id and r.person_id = m.person_id order by o.name) as roles,
                (select max(s.seen_at) from identity.session s
                    where s.tenant_id = m.tenant_id and s.person_id = m.person_id) as seen_at
            from identity.member m
            where (m.name, m.person_id) > ({after.Name}, {after.Id}) and (m.retired_at is not null) = {retired ?? false}
                and position(kernel.fold({search ?? ""}) in kernel.fold(m.name || ' ' || m.email)) > 0
            order by m.name, m.person_id limit {page.Limit + 1}
            """
        );
        return page.Cut(rows, row => new Key(row.Name, row.Id));
    }

    private static Task<Detail> Show(Db db, Guid memberId) => Describe(db, memberId);

    internal static async Task<Detail> Describe(Db db, Guid id)
    {
        var member = await Member.One(db, id);
        var roles = await db.Query<RoleOf>(
            $"""
            select o.role_id as id, o.name from identity.member_role r
            join identity.role o on o.tenant_id = r.tenant_id and o.role_id = r.role_id
            where r.person_id = {id} order by o.name limit 200
            """
        );
        return new Detail(
            member.Id,
            member.Name,
            member.Email,
            member.CreatedAt,
            member.RetiredAt,
            member.ErasedAt,
            roles,
            await SecondFactor.IsActive(db, id),
            await SignInGuard.MinutesLeft(db, member.Email)
        );
    }
}
