using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Scanners and tablets of a site: set up by an administrator, enrolled with a short code, revoked at once.</summary>
public static class Devices
{
    internal const int CodeMinutes = 15;

    // Without letters and digits that look alike.
    private const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    public sealed record Device(
        Guid Id,
        string Name,
        Guid SiteId,
        string Site,
        Guid RoleId,
        string Role,
        DateTime CreatedAt,
        DateTime? EnrolledAt,
        DateTime? SeenAt,
        DateTime? RevokedAt
    );

    public sealed record Request([Required, Text(100)] string Name, Guid SiteId, Guid RoleId);

    public sealed record EnrolmentCode(string Code, DateTime ExpiresAt);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/device", Own)
            .SignedIn("It shows the caller's own.")
            .Reads()
            .Problems(404)
            .WithSummary("Which device this is, and at which site");
        api.MapGet("/devices", List).Needs(IdentityPermissions.ReadDevices).Reads().WithSummary("Devices by name");
        api.MapPost("/devices", Create).Needs(IdentityPermissions.WriteDevices).Once().WithSummary("Set up a device");
        // PUT, because the answer of a POST is kept for a day, and this one holds a secret.
        api.MapPut("/devices/{deviceId:guid}/enrolment-code", FreshCode)
            .Needs(IdentityPermissions.WriteDevices)
            .Writes()
            .WithSummary("A short code to enter on the device; it counts once and for a quarter of an hour");
        api.MapPost("/devices/{deviceId:guid}/revocation", Revoke)
            .Needs(IdentityPermissions.WriteDevices)
            .ChangesRights()
            .Once()
            .WithSummary("Revoke a device; its tokens count no more");
    }

    private static async Task<Page<Device>> List(Db db, PageOf page, bool? revoked) =>
        page.Cut(
            await db.Query<Device>(
                $"""
                select d.device_id as id, d.name, d.site_id, s.name as site, d.role_id, o.name as role,
                    d.created_at, d.enrolled_at, d.seen_at, d.revoked_at
                from identity.device d
                join company.v_site s on s.tenant_id = d.tenant_id and s.site_id = d.site_id
                join identity.role o on o.tenant_id = d.tenant_id and o.role_id = d.role_id
                where d.name > {page.Start<string>() ?? ""} and (d.revoked_at is not null) = {revoked ?? false}
                order by d.name limit {page.Limit + 1}
                """
            ),
            device => device.Name
        );

    private static async Task<Created<Device>> Create(HttpContext http, Db db, Request request)
    {
        await Sites.One(db, request.SiteId);
        if (
            await db.Find<Guid?>($"select role_id from identity.role where role_id = {request.RoleId} and retired_at is null")
            is null
        )
            throw Refused.Missing("role", request.RoleId);
        Grants.MustHave(Caller.Required(http), await Grants.OfRoles(db, [request.RoleId]));
        var id = Guid.CreateVersion7();
        var made = await db.Execute(
            $"""
            insert into identity.device (tenant_id, device_id, site_id, role_id, name)
            values ({db.Scope.Tenant}, {id}, {request.SiteId}, {request.RoleId}, {request.Name})
            on conflict on constraint device_name do nothing
            """
        );
        if (made == 0)
            throw new Refused(
                "device.name_taken",
                $"There is a device {request.Name} already. Choose another name.",
                new { request.Name }
            );
        return TypedResults.Created((string?)null, await One(db, id));
    }

    private static async Task<EnrolmentCode> FreshCode(Db db, Guid deviceId)
    {
        var device = await One(db, deviceId);
        if (device.RevokedAt is not null)
            throw new Refused("device.revoked", $"{device.Name} is revoked. Set up another device.", new { device.Name });
        var code = RandomNumberGenerator.GetString(Alphabet, 8);
        var until = await db.One<DateTime>(
            $"""
            update identity.device set code_hash = {Links.HashOf(code)},
                code_expires_at = now() + make_interval(mins => {CodeMinutes})
            where device_id = {deviceId} returning code_expires_at
            """
        );
        return new EnrolmentCode(Links.WithTenant(db.Scope.Tenant, $"{code[..4]}-{code[4..]}"), until);
    }

    private static async Task<Device> Revoke(Db db, Guid deviceId)
    {
        await db.Execute(
            $"""
            update identity.device set revoked_at = coalesce(revoked_at, now()), secret_hash = null, code_hash = null
            where device_id = {deviceId}
            """
        );
        return await One(db, deviceId);
    }

    private static async Task<Device> Own(HttpContext http, Db db)
    {
        var caller = Caller.Required(http);
        return caller.Site is not null
            ? await One(db, caller.Actor)
            : throw new Refused("device.none", "Who asks is no device; this address is for scanners and tablets.", status: 404);
    }

    private static async Task<Device> One(Db db, Guid id) =>
        await db.Find<Device>(
            $"""
            select d.device_id as id, d.name, d.site_id, s.name as site, d.role_id, o.name as role,
                d.created_at, d.enrolled_at, d.seen_at, d.revoked_at
            from identity.device d
            join company.v_site s on s.tenant_id = d.tenant_id and s.site_id = d.site_id
            join identity.role o on o.tenant_id = d.tenant_id and o.role_id = d.role_id
            where d.device_id = {id}
            """
        ) ?? throw Refused.Missing("device", id);
}
