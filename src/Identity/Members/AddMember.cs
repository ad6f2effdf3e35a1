using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Makes a person a member of the tenant with a role; a person already known keeps their password.</summary>
public static class AddMember
{
    public sealed record Request(string Email, string Name, string Password, string Role);

    public static async Task<Guid> Run(Db db, Passwords passwords, Request request)
    {
        var tenant = await CreateTenant.NameOf(db);
        var person = await db.One<Guid>(
            $"select identity.join_tenant({Guid.CreateVersion7()}, {request.Email}, {passwords.Hash(request.Password)}, {tenant})"
        );
        await db.Execute(
            $"""
            insert into identity.member (tenant_id, person_id, name, email)
            values ({db.Scope.Tenant}, {person}, {request.Name}, {request.Email})
            """
        );
        await db.Execute(
            $"""
            insert into identity.member_role (tenant_id, person_id, role_id)
            select tenant_id, {person}, role_id from identity.role where name = {request.Role}
            """
        );
        return person;
    }
}
