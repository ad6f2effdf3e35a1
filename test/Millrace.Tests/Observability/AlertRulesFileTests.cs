using System.Text.RegularExpressions;
using Millrace.Kernel;

namespace Millrace.Tests;

public sealed partial class AlertRulesFileTests
{
    // A program that is down cannot say so itself.
    private static readonly string[] OnlyThere = ["NotMeasured", "ProgramDown"];

    private static string Folder => Path.Combine(Repository.Root, "deploy/prometheus");

    [Fact]
    public void The_program_and_prometheus_know_the_same_alerts()
    {
        var there = Rule().Matches(File.ReadAllText(Path.Combine(Folder, "alerts.yml")));

        Assert.Equal(
            AlertRules.All.Select(one => $"{one.Name} {one.Severity}").Order(StringComparer.Ordinal),
            there
                .Where(one => !OnlyThere.Contains(one.Groups["name"].Value))
                .Select(one => $"{one.Groups["name"].Value} {one.Groups["severity"].Value}")
                .Order(StringComparer.Ordinal)
        );
        Assert.All(there, one => Assert.NotEmpty(one.Groups["summary"].Value.Trim()));
        Assert.All(there, one => Assert.NotEmpty(one.Groups["action"].Value.Trim()));
    }

    [Fact]
    public void Every_alert_is_tried_out()
    {
        var tried = File.ReadAllText(Path.Combine(Folder, "alerts_test.yml"));

        Assert.All(
            AlertRules.All.Select(one => one.Name).Concat(OnlyThere),
            name => Assert.Contains($"alertname: {name}\n        exp_alerts:\n", tried, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Prometheus_finds_that_each_opens_when_it_should_and_not_before()
    {
        var (exit, text) = await Daemon.Run("promtool", ["test", "rules", Path.Combine(Folder, "alerts_test.yml")]);

        Assert.True(exit == 0, text);
    }

    [Fact]
    public void Every_sentence_of_an_alert_is_there_in_both_languages_and_says_what_to_do() =>
        Assert.All(
            AlertRules.All,
            one =>
            {
                Assert.InRange(one.English.Length, 60, 300);
                Assert.InRange(one.Turkish.Length, 60, 300);
                Assert.True(one.Amber != one.Red, one.Name);
            }
        );

    [GeneratedRegex(
        @"- alert: (?<name>\w+)(.(?!- alert))*?severity: (?<severity>\w+)(.(?!- alert))*?summary: (?<summary>[^\n]+)"
            + @"\s+action: (?<action>[^\n]+)",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Rule();
}
