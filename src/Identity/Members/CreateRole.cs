using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>A role is a name for a choice of permissions.</summary>
public static class CreateRole
{
    public static async Task<Guid> Run(Db db, string name, IReadOnlyList<string> permissions, bool everything = false)
    {
        var role = Guid.CreateVersion7();
        await db.Execute(
            $"""
            insert into identity.role (tenant_id, role_id, name, everything)
            values ({db.Scope.Tenant}, {role}, {name}, {everything})
            """
        );
        await db.Execute(
            $"""
            insert into identity.role_permission (tenant_id, role_id, permission)
            select {db.Scope.Tenant}, {role}, unnest({permissions.ToArray()})
            """
        );
        return role;
    }
}
