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

    private static readonly ListColumn Id = new("id", new Words("Id", "Kimlik"), ColumnKind.Id, $"m.person_id")
    {
        Order = $"m.person_id",
        Unique = true,
        Hidden = true,
    };

    private static readonly Sql Seen = $"""
        (select max(s.seen_at) from identity.session s where s.tenant_id = m.tenant_id and s.person_id = m.person_id)
        """;

    internal static readonly ListOf<Row> List = new(
        "members",
        $"identity.member m",
        $"""
        m.person_id as id, m.name, m.email, m.retired_at, m.erased_at,
        coalesce({RolesAre($"array_agg(o.name order by o.name)")}, array[]::text[]) as roles,
        {Seen} as seen_at
        """,
        Id,
        [
            new("name", new("Name", "Ad"), ColumnKind.Text, $"m.name") { Order = $"m.name" },
            new("email", new("E-mail", "E-posta"), ColumnKind.Text, $"m.email") { Order = $"m.email" },
            new("roles", new("Roles", "Roller"), ColumnKind.Text, RolesAre($"string_agg(o.name, ', ' order by o.name)"))
            {
                Groups = true,
            },
            new("seen", new("Last seen", "Son görülme"), ColumnKind.Instant, Seen),
            new("since", new("Since", "Ne zamandan beri"), ColumnKind.Instant, $"m.created_at") { Hidden = true },
            new("retired", new("Retired", "Kullanımdan kaldırıldı"), ColumnKind.Flag, $"m.retired_at is not null")
            {
                Hidden = true,
                Groups = true,
            },
            Id,
        ]
    )
    {
        SearchedIn = $"kernel.fold(m.name || ' ' || m.email)",
        SortedBy = "name",
        Usually = ("retired", $"m.retired_at is null"),
    };

    private static Sql RolesAre(Sql gathered) =>
        $"""
            (select {gathered} from identity.member_role r
                join identity.role o on o.tenant_id = r.tenant_id and o.role_id = r.role_id
                where r.tenant_id = m.tenant_id and r.person_id = m.person_id)
            """;

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapList("/members", List, IdentityPermissions.ReadMembers, "Members");
        api.MapGet("/members/{memberId:guid}", Show)
            .Needs(IdentityPermissions.ReadMembers)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("One member");
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
