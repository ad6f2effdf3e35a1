using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>A device takes its code, once, and gets a secret of its own with which it asks for tokens from then on.</summary>
public static class EnrolDevice
{
    public sealed record Request([Required, Text(40)] string Code);

    public sealed record Result(string ClientId, string ClientSecret, string Name, Guid SiteId);

    private sealed record Enrolled(Guid DeviceId, string Name, Guid SiteId);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/device-enrolments", Run)
            .Open("The device is nobody yet; the code is the proof.")
            .Reads()
            .Problems(403, 409, 413, 415)
            .WithSummary("Enrol this device with a code");

    private static async Task<Result> Run(HttpContext http, Dbs dbs, SignInGuard guard, Request request)
    {
        var attempt = await guard.Begin(email: null, http.Connection.RemoteIpAddress);
        var code = request.Code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (Links.TenantOf(code.ToUpperInvariant()) is not var (tenant, secretCode))
            throw Wrong();
        var secret = Links.FreshSecret();
        await using var db = dbs.Open(DbScope.ForTenant(tenant, request: RequestId.Of(http)));
        var device =
            await db.Find<Enrolled>(
                $"""
                update identity.device set enrolled_at = now(), secret_hash = {Links.HashOf(secret)}, code_hash = null
                where code_hash = {Links.HashOf(secretCode)} and code_expires_at > now() and revoked_at is null
                returning device_id, name, site_id
                """
            ) ?? throw Wrong();
        await db.Commit();
        await guard.Succeeded(attempt);
        return new Result(
            string.Create(CultureInfo.InvariantCulture, $"{tenant}.{device.DeviceId:D}"),
            secret,
            device.Name,
            device.SiteId
        );
    }

    private static Refused Wrong() =>
        new(
            "device.wrong_code",
            $"This code is wrong, was used, or is older than {Devices.CodeMinutes} minutes. "
                + "Ask your administrator for a fresh one."
        );
}
