using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Two rules of giving rights: nobody gives what they do not have, and somebody can always give.</summary>
internal static class Grants
{
    internal static void MustHave(Caller caller, IEnumerable<string> given)
    {
        var beyond = given.Where(one => !caller.Permissions.Contains(one)).Order(StringComparer.Ordinal).ToList();
        if (beyond.Count > 0)
            throw new Refused(
                "grant.beyond_own",
                $"You cannot give what you do not have yourself: {string.Join(", ", beyond.Take(5))}"
                    + $"{(beyond.Count > 5 ? $" and {beyond.Count - 5} more" : "")}. Ask somebody who has it.",
                new { Permissions = beyond }
            );
    }

    /// <summary>
    /// Changes of roles in a tenant go one after the other, so that two together cannot take the last one away.
    /// </summary>
    internal static Task<int> OneByOne(Db db) =>
        db.Execute($"select pg_advisory_xact_lock(hashtextextended('identity.grants', {db.Scope.Tenant}::bigint))");

    /// <summary>After the change there is still a member who may change roles and members.</summary>
    internal static async Task SomebodyIsLeft(Db db)
    {
        var left = await db.Find<int?>(
            $"""
            select 1 from identity.member m where m.retired_at is null and 2 = (
                select count(distinct p.permission) from identity.member_role r
                join identity.role o on o.tenant_id = r.tenant_id and o.role_id = r.role_id and o.retired_at is null
                join identity.role_permission p on p.tenant_id = o.tenant_id and p.role_id = o.role_id
                where r.tenant_id = m.tenant_id and r.person_id = m.person_id
                    and p.permission in ({IdentityPermissions.WriteMembers}, {IdentityPermissions.WriteRoles}))
            limit 1
            """
        );
        if (left is null)
            throw new Refused(
                "grant.nobody_left",
                "Then nobody could change members and roles any more. Give both rights to somebody else first."
            );
    }

    internal static Task<List<string>> OfRoles(Db db, IReadOnlyCollection<Guid> roles) =>
        db.Query<string>(
            $"""
            select distinct permission from identity.role_permission where role_id = any({roles.ToArray()})
            order by permission limit 1000
            """
        );
}
