using System.Net;
using Millrace.Company;
using Millrace.Identity;

namespace Millrace.Tests;

public sealed class DeviceTests(Server server)
{
    [Fact]
    public async Task A_device_enters_its_code_once_works_with_the_rights_of_its_role_and_is_revoked_at_once()
    {
        await using var open = await OpenFactory.Start(server);
        var (id, code) = await SetUp(open);
        using var device = open.App.Anonymous();

        var enrolled = await device.Post("/api/v1/device-enrolments", new { code = $" {code.ToLowerInvariant()} " });
        Assert.True(enrolled.Status == HttpStatusCode.OK, enrolled.Text);
        Assert.Equal("device.wrong_code", (await device.Post("/api/v1/device-enrolments", new { code })).Code);
        var credentials = new CreateClient.Result(
            enrolled.Json.GetProperty("clientId").GetString()!,
            enrolled.Json.GetProperty("clientSecret").GetString()!
        );
        using var scanner = await open.App.Authorize(credentials);
        Assert.Equal(HttpStatusCode.OK, (await scanner.Get("/api/v1/items")).Status);
        Assert.Equal("auth.forbidden", (await scanner.Get("/api/v1/companies")).Code);
        Assert.NotNull((await List(open)).GetProperty("seenAt").GetString());
        var own = (await scanner.Get("/api/v1/device")).Json;
        Assert.Equal(("Gate 1", "Gebze"), (own.GetProperty("name").GetString(), own.GetProperty("site").GetString()));
        Assert.Equal("device.none", (await open.Api.Get("/api/v1/device")).Code);

        Assert.Equal(HttpStatusCode.OK, (await open.Api.Post($"/api/v1/devices/{id}/revocation")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await scanner.Get("/api/v1/items")).Status);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => open.App.Authorize(credentials));
        Assert.Equal("device.revoked", (await open.Api.Put($"/api/v1/devices/{id}/enrolment-code", new { })).Code);
    }

    [Fact]
    public async Task The_devices_of_a_site_that_is_out_of_use_are_nobody()
    {
        await using var open = await OpenFactory.Start(server);
        var (_, code) = await SetUp(open);
        using var device = open.App.Anonymous();
        var enrolled = (await device.Post("/api/v1/device-enrolments", new { code })).Json;
        var site = enrolled.GetProperty("siteId").GetString();
        var credentials = new CreateClient.Result(
            enrolled.GetProperty("clientId").GetString()!,
            enrolled.GetProperty("clientSecret").GetString()!
        );
        Assert.Equal(HttpStatusCode.OK, (await open.Api.Post($"/api/v1/sites/{site}/retirement")).Status);

        using var scanner = await open.App.Authorize(credentials);

        Assert.Equal(HttpStatusCode.Unauthorized, (await scanner.Get("/api/v1/items")).Status);
    }

    [Theory]
    [InlineData("update identity.device set code_expires_at = now()")]
    [InlineData("update identity.device set revoked_at = now()")]
    [InlineData("update identity.device set code_hash = 'x'")]
    public async Task A_code_that_ended_enrols_nothing(string end)
    {
        await using var open = await OpenFactory.Start(server);
        var (_, code) = await SetUp(open);
        await open.Database.Superuser(end);
        using var device = open.App.Anonymous();

        foreach (var wrong in (string[])[code, "1.AAAA-AAAA", "AAAA-AAAA", $"99.{code.Split('.')[1]}"])
            Assert.Equal("device.wrong_code", (await device.Post("/api/v1/device-enrolments", new { code = wrong })).Code);
    }

    [Fact]
    public async Task A_name_is_given_once_and_site_and_role_must_be_in_use()
    {
        await using var open = await OpenFactory.Start(server);
        await SetUp(open);
        var device = await List(open);
        var (site, role) = (device.GetProperty("siteId").GetString(), device.GetProperty("roleId").GetString());

        Assert.Equal("device.name_taken", (await Make(open, "Gate 1", site, role)).Code);
        Assert.Equal("not_found", (await Make(open, "Gate 2", site, site)).Code);
        Assert.Equal("not_found", (await Make(open, "Gate 2", role, role)).Code);
        Assert.Equal(HttpStatusCode.OK, (await open.Api.Post($"/api/v1/sites/{site}/retirement")).Status);
        Assert.Equal("not_found", (await Make(open, "Gate 2", site, role)).Code);
        Assert.Equal(
            "site.code_taken",
            (
                await open.Api.Post(
                    "/api/v1/sites",
                    new
                    {
                        companyId = open.Factory.Company,
                        code = "GBZ",
                        name = "x",
                    }
                )
            ).Code
        );
        var zone = await open.Api.Post(
            "/api/v1/sites",
            new
            {
                companyId = open.Factory.Company,
                code = "X",
                name = "x",
                timeZone = "Mars/Olympus",
            }
        );
        Assert.Equal("input.invalid", zone.Code);
    }

    private static Task<Answer> Make(OpenFactory open, string name, string? siteId, string? roleId) =>
        open.Api.Post(
            "/api/v1/devices",
            new
            {
                name,
                siteId,
                roleId,
            }
        );

    private static async Task<System.Text.Json.JsonElement> List(OpenFactory open) =>
        (await open.Api.Get("/api/v1/devices")).Json.GetProperty("items")[0];

    private static async Task<(string Id, string Code)> SetUp(OpenFactory open)
    {
        Guid role;
        Sites.Site site;
        await using (var db = open.Factory.Open())
        {
            role = await CreateRole.Run(db, "Gate", ["catalog.item.read"]);
            site = await Sites.Create(db, new Sites.Request(open.Factory.Company, "GBZ", "Gebze"));
            await db.Commit();
        }
        var made = await Make(open, "Gate 1", site.Id.ToString(), role.ToString());
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        var id = made.Json.GetProperty("id").GetString()!;
        var code = (await open.Api.Put($"/api/v1/devices/{id}/enrolment-code", new { })).Json.GetProperty("code").GetString()!;
        return (id, code);
    }
}
