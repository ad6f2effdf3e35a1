using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>What a member may do: the permissions of all their roles.</summary>
internal static class Rights
{
    internal sealed record Row(Guid PersonId, string? Permission);

    internal static Task<List<string>> OfPerson(Db db, Guid person) =>
        db.Query<string>(
            $"""
            select distinct p.permission from identity.member_role r
            join identity.role o on o.tenant_id = r.tenant_id and o.role_id = r.role_id and o.retired_at is null
            join identity.role_permission p on p.tenant_id = o.tenant_id and p.role_id = o.role_id
            where r.person_id = {person} limit 1000
            """
        );
}
