using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class HealthReportTests(Server server)
{
    [Fact]
    public async Task The_report_shows_every_finding_with_its_figure_worst_first()
    {
        await using var open = await OpenFactory.Start(server);
        await open.App.Services.GetRequiredService<Sampler>().Once(TestContext.Current.CancellationToken);

        var report = (await open.Api.Get("/api/v1/health-report")).Json;

        // Nobody sequences here, and that is what is said first.
        Assert.Equal("Red", report.GetProperty("level").GetString());
        var findings = report.GetProperty("findings").EnumerateArray().ToList();
        Assert.Equal("LogStands", findings[0].GetProperty("name").GetString());
        Assert.Equal(
            findings.Count,
            findings.Select(one => one.GetProperty("name").GetString()).Distinct(StringComparer.Ordinal).Count()
        );
        Assert.Contains(findings, one => one.GetProperty("name").GetString() == "DiskLow");
        Assert.All(findings, one => Assert.Contains(one.GetProperty("level").GetString(), (string[])["Green", "Amber", "Red"]));
    }

    [Fact]
    public async Task An_installation_that_is_not_measured_is_red()
    {
        await using var open = await OpenFactory.Start(server);
        Assert.Equal("NotMeasured", await First(open));

        await open.App.Services.GetRequiredService<Sampler>().Once(TestContext.Current.CancellationToken);
        Assert.NotEqual("NotMeasured", await First(open));

        await open.Database.Superuser("update kernel.sample set at = at - interval '2 minutes'");
        Assert.Equal("NotMeasured", await First(open));

        static async Task<string?> First(OpenFactory open) =>
            (await open.Api.Get("/api/v1/health-report")).Json.GetProperty("findings")[0].GetProperty("name").GetString();
    }

    [Fact]
    public async Task It_needs_its_permission()
    {
        await using var open = await OpenFactory.Start(server);
        using var nobody = open.App.Anonymous();
        using var other = await open.App.Authorize(await open.Factory.AddClient("other", [ParkedEvents.Read]));

        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.Get("/api/v1/health-report")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.Get("/api/v1/health-report")).Status);
    }

    [Fact]
    public async Task The_program_at_work_measures_by_itself_and_says_how_far_its_consumers_are()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        await open.Stock(5);

        var report = await Eventually.Get(
            async () => (await open.Api.Get("/api/v1/health-report")).Json,
            one => one.GetProperty("measuredAt").ValueKind != System.Text.Json.JsonValueKind.Null,
            "it is measured"
        );

        Assert.NotEqual("NotMeasured", report.GetProperty("findings")[0].GetProperty("name").GetString());
    }
}
