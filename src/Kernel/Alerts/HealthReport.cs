using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Millrace.Kernel;

/// <summary>What a person should know about the installation: every finding with its figure and how bad it is.</summary>
public static class HealthReport
{
    public const string Read = "kernel.health.read";

    // Four samples were missed: then the figures say nothing about now.
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(1);

    public sealed record Finding(string Name, string Level, decimal Figure, string Unit, decimal Amber, decimal Red);

    public sealed record Alert(long Id, string Name, string Severity, decimal Figure, DateTime OpenedAt, DateTime? ClosedAt);

    /// <summary>The findings, worst first; and the alerts that are open or were in the last week, newest first.</summary>
    public sealed record Report(
        DateTime? MeasuredAt,
        string Level,
        IReadOnlyList<Finding> Findings,
        IReadOnlyList<Alert> Alerts,
        IReadOnlyList<Consumer> Consumers,
        DateTime? LastBackupAt,
        DateTime? LastDrillAt
    );

    /// <summary>How far one follower of the log is behind.</summary>
    public sealed record Consumer(string Name, long Positions, decimal Seconds);

    private sealed record Row(DateTime At, string Figures);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/health-report", Show)
            .Needs(Read)
            .Reads()
            .WithSummary("The health of the installation, finding by finding, worst first");

    private static async Task<Report> Show(Db db, ObserveSettings settings, TimeProvider clock)
    {
        var row = await db.Find<Row>($"select at, figures::text as figures from kernel.sample order by hour desc limit 1");
        var alerts = await db.Query<Alert>(
            $"""
            select alert_id as id, name, severity, figure, opened_at, closed_at from kernel.alert
            where closed_at is null or closed_at > now() - interval '7 days'
            order by closed_at is null desc, alert_id desc limit 100
            """
        );
        var sample = row is null ? null : JsonSerializer.Deserialize<Figures>(row.Figures, Wire.Options);
        var findings = sample is null ? [] : Findings(sample);
        var age = row is null ? TimeSpan.MaxValue : clock.GetUtcNow().UtcDateTime - row.At;
        if (age > Stale + settings.Every)
            findings = [new Finding("NotMeasured", nameof(Level.Red), Minutes(age), "min", 1, 1), .. findings];
        return new Report(
            row?.At,
            findings.Any(one => one.Level == nameof(Level.Red)) ? nameof(Level.Red)
                : findings.Any(one => one.Level == nameof(Level.Amber)) ? nameof(Level.Amber)
                : nameof(Level.Green),
            findings,
            alerts,
            sample is null ? [] : [.. sample.Log.Consumers.Select(one => new Consumer(one.Consumer, one.Positions, one.Seconds))],
            sample?.Backup?.LastBackupAt,
            sample?.Backup?.LastDrillAt
        );
    }

    internal static List<Finding> Findings(Figures sample) =>
        [
            .. from rule in AlertRules.All
            let figure = rule.Figure(sample)
            where figure is not null
            let level = rule.Of(figure.Value)
            orderby level descending
            select new Finding(rule.Name, level.ToString(), figure.Value, rule.Unit, rule.Amber, rule.Red),
        ];

    // Never measured is as bad as not for long.
    private static decimal Minutes(TimeSpan age) => age == TimeSpan.MaxValue ? 0 : (long)age.TotalMinutes;
}
