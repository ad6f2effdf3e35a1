using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Roles: a name for a choice of the permissions that the modules declare.</summary>
public static class Roles
{
    public sealed record Role(
        Guid Id,
        string Name,
        int Version,
        DateTime? RetiredAt,
        string[] Permissions,
        bool Everything,
        int Members
    );

    /// <summary>With everything a role has all permissions, also those of later releases, whatever the list says.</summary>
    public sealed record Request(
        [Required, Text(100)] string Name,
        [Required, Length(0, 500), Filled] IReadOnlyList<string> Permissions,
        bool Everything = false
    );

    public sealed record Declared(string Name, string Sentence);

    public sealed record DeclaredList(IReadOnlyList<Declared> Items);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/permissions", Permissions)
            .Needs(IdentityPermissions.ReadMembers)
            .WithSummary("Everything one may be permitted to do");
        api.MapGet("/roles", List).Needs(IdentityPermissions.ReadMembers).Reads().WithSummary("Roles by name");
        api.MapPost("/roles", Create).Needs(IdentityPermissions.WriteRoles).Once().WithSummary("Create a role");
        api.MapPut("/roles/{roleId:guid}", Change)
            .Needs(IdentityPermissions.WriteRoles)
            .ChangesRights()
            .Writes()
            .ProducesProblem(412)
            .ProducesProblem(428)
            .WithSummary("Change a role; If-Match names the version you have read");
        api.MapPost("/roles/{roleId:guid}/retirement", Retire)
            .Needs(IdentityPermissions.WriteRoles)
            .ChangesRights()
            .Once()
            .WithSummary("Take a role out of use when nobody has it");
    }

    private static DeclaredList Permissions(IEnumerable<Permission> declared) =>
        new([.. declared.OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => new Declared(one.Name, one.Sentence))]);

    private static async Task<Page<Role>> List(Db db, PageOf page, bool? retired) =>
        page.Cut(
            await db.Query<Role>(
                $"""
                select o.role_id as id, o.name, o.version, o.retired_at, o.everything,
                    array(select p.permission from identity.role_permission p
                        where p.tenant_id = o.tenant_id and p.role_id = o.role_id order by p.permission) as permissions,
                    (select count(*)::int from identity.member_role r
                        join identity.member m on m.tenant_id = r.tenant_id and m.person_id = r.person_id and m.retired_at is null
                        where r.tenant_id = o.tenant_id and r.role_id = o.role_id) as members
                from identity.role o
                where o.name > {page.Start<string>() ?? ""} and (o.retired_at is not null) = {retired ?? false}
                order by o.name limit {page.Limit + 1}
                """
            ),
            role => role.Name
        );

    private static async Task<Created<Role>> Create(HttpContext http, Db db, IEnumerable<Permission> declared, Request request)
    {
        var permissions = Checked(http, declared, request);
        var id = Guid.CreateVersion7();
        var made = await db.Execute(
            $"""
            insert into identity.role (tenant_id, role_id, name, everything)
            values ({db.Scope.Tenant}, {id}, {request.Name}, {request.Everything})
            on conflict on constraint role_name do nothing
            """
        );
        if (made == 0)
            throw Taken(request.Name);
        await Give(db, id, permissions);
        return TypedResults.Created((string?)null, await One(db, id));
    }

    private static async Task<Role> Change(
        HttpContext http,
        Db db,
        Guid roleId,
        IEnumerable<Permission> declared,
        Request request
    )
    {
        var expected = Versions.Expected(http);
        await Grants.OneByOne(db);
        var before = await One(db, roleId);
        if (before.Version != expected)
            throw Versions.Changed("role");
        // What the role has already may stay, also when its changer does not have it.
        var permissions = Known(declared, request);
        Grants.MustHave(
            Caller.Required(http),
            request.Everything && !before.Everything
                ? permissions
                : permissions.Except(before.Permissions, StringComparer.Ordinal)
        );
        if (
            await db.Find<Guid?>($"select role_id from identity.role where name = {request.Name} and role_id <> {roleId}")
            is not null
        )
            throw Taken(request.Name);
        await db.Execute(
            $"""
            update identity.role set name = {request.Name}, everything = {request.Everything}, version = version + 1
            where role_id = {roleId}
            """
        );
        await db.Execute($"delete from identity.role_permission where role_id = {roleId} and permission <> all({permissions})");
        await Give(db, roleId, permissions);
        await Grants.SomebodyIsLeft(db);
        Versions.Show(http, expected + 1);
        return await One(db, roleId);
    }

    private static async Task<Role> Retire(Db db, Guid roleId)
    {
        await Grants.OneByOne(db);
        if (await One(db, roleId) is { Members: > 0 } used)
            throw new Refused(
                "role.in_use",
                $"{used.Members} members have the role {used.Name}. Take it from them first.",
                new { used.Name, used.Members }
            );
        await db.Execute(
            $"update identity.role set retired_at = coalesce(retired_at, now()), version = version + 1 where role_id = {roleId}"
        );
        return await One(db, roleId);
    }

    private static async Task<Role> One(Db db, Guid id) =>
        await db.Find<Role>(
            $"""
            select o.role_id as id, o.name, o.version, o.retired_at, o.everything,
                array(select p.permission from identity.role_permission p
                    where p.tenant_id = o.tenant_id and p.role_id = o.role_id order by p.permission) as permissions,
                (select count(*)::int from identity.member_role r
                    join identity.member m on m.tenant_id = r.tenant_id and m.person_id = r.person_id and m.retired_at is null
                    where r.tenant_id = o.tenant_id and r.role_id = o.role_id) as members
            from identity.role o where o.role_id = {id}
            """
        ) ?? throw Refused.Missing("role", id);

    private static Task<int> Give(Db db, Guid role, string[] permissions) =>
        db.Execute(
            $"""
            insert into identity.role_permission (tenant_id, role_id, permission)
            select {db.Scope.Tenant}, {role}, unnest({permissions}) on conflict do nothing
            """
        );

    private static string[] Checked(HttpContext http, IEnumerable<Permission> declared, Request request)
    {
        var permissions = Known(declared, request);
        Grants.MustHave(Caller.Required(http), permissions);
        return permissions;
    }

    /// <summary>The permissions asked for, each once; one that no module declares is a mistake of the caller.</summary>
    private static string[] Known(IEnumerable<Permission> declared, Request request) =>
        request is { Everything: false, Permissions.Count: 0 }
            ? throw Invalid.Field("permissions", "permissions must name at least one, or everything must be true.")
            : Known(declared, request.Everything ? [.. declared.Select(one => one.Name)] : request.Permissions);

    internal static string[] Known(IEnumerable<Permission> declared, IReadOnlyList<string> wanted)
    {
        var names = declared.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        return wanted.FirstOrDefault(one => !names.Contains(one)) is { } unknown
            ? throw Invalid.Field("permissions", $"{Shown(unknown)} is no permission. The list is at /api/v1/permissions.")
            : [.. wanted.Distinct(StringComparer.Ordinal)];
    }

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60];

    private static Refused Taken(string name) =>
        new("role.name_taken", $"There is a role {name} already. Choose another name.", new { Name = name });
}
