using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>What other modules need to know of people and roles, in one look-up each.</summary>
public static class MemberFacts
{
    private const int Most = 1000;

    public sealed record Person(Guid Id, string Name);

    public sealed record Address(Guid Id, string Name, string Email, string? Language);

    public sealed record Role(Guid Id, string Name);

    public sealed record Held(Guid PersonId, Guid RoleId);

    /// <summary>Everybody who can be asked or mentioned, by name.</summary>
    public static Task<List<Person>> People(Db db) =>
        db.Query<Person>(
            $"select person_id as id, name from identity.member where retired_at is null order by name, person_id limit {Most}"
        );

    public static Task<List<Role>> Roles(Db db) =>
        db.Query<Role>($"select role_id as id, name from identity.role order by name limit {Most}");

    /// <summary>Those of these ids who are members now; others are left out.</summary>
    public static Task<List<Guid>> Members(Db db, IEnumerable<Guid> persons) =>
        db.Query<Guid>(
            $"""
            select person_id from identity.member
            where person_id = any ({persons.Distinct().ToArray()}) and retired_at is null order by person_id
            """
        );

    /// <summary>Where members get their mail; those who have left get none.</summary>
    public static Task<List<Address>> Addresses(Db db, IEnumerable<Guid> persons) =>
        db.Query<Address>(
            $"""
            select person_id as id, name, email, language from identity.member
            where person_id = any ({persons.Distinct().ToArray()}) and retired_at is null order by person_id
            """
        );

    /// <summary>Which roles these members hold now.</summary>
    public static Task<List<Held>> RolesOf(Db db, IEnumerable<Guid> persons) =>
        db.Query<Held>(
            $"""
            select r.person_id, r.role_id from identity.member_role r
            join identity.member m on m.tenant_id = r.tenant_id and m.person_id = r.person_id and m.retired_at is null
            where r.person_id = any ({persons.Distinct().ToArray()}) order by r.person_id, r.role_id
            """
        );

    /// <summary>The members who hold one of these roles now.</summary>
    public static Task<List<Guid>> HoldersOf(Db db, IEnumerable<Guid> roles) =>
        db.Query<Guid>(
            $"""
            select distinct r.person_id from identity.member_role r
            join identity.member m on m.tenant_id = r.tenant_id and m.person_id = r.person_id and m.retired_at is null
            where r.role_id = any ({roles.Distinct().ToArray()}) order by r.person_id limit {Most}
            """
        );

    /// <summary>Those of these members who have a permission now.</summary>
    public static Task<List<Guid>> Permitted(Db db, IEnumerable<Guid> persons, string permission) =>
        db.Query<Guid>(
            $"""
            select distinct r.person_id from identity.member_role r
            join identity.member m on m.tenant_id = r.tenant_id and m.person_id = r.person_id and m.retired_at is null
            join identity.role_permission p on p.tenant_id = r.tenant_id and p.role_id = r.role_id
            where r.person_id = any ({persons.Distinct().ToArray()}) and p.permission = {permission} order by r.person_id
            """
        );

    /// <summary>The names of people, roles and machines by their ids, also of those who have left.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> Names(Db db, IEnumerable<Guid> ids)
    {
        var wanted = ids.Distinct().ToArray();
        var rows = await db.Query<Person>(
            $"""
            select person_id as id, name from identity.member where person_id = any ({wanted})
            union all select role_id, name from identity.role where role_id = any ({wanted})
            union all select client_id, name from identity.client where client_id = any ({wanted})
            """
        );
        return rows.ToDictionary(one => one.Id, one => one.Name);
    }
}
