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
    public void Both_have_the_same_bounds()
    {
        var blocks = File.ReadAllText(Path.Combine(Folder, "alerts.yml")).Split("- alert: ");

        Assert.All(
            AlertRules.All,
            rule =>
            {
                var block = Assert.Single(blocks, one => one.StartsWith($"{rule.Name}\n", StringComparison.Ordinal));
                var bound = Bound().Matches(block[..block.IndexOf("for:", StringComparison.Ordinal)])[^1];
                var by = bound.Groups["by"] is { Success: true } factor ? Number(factor.Value) : 1;
                var scale = rule.Unit switch
                {
                    "%" => 0.01m,
                    "h" => 3600m,
                    "d" when block.Contains("_seconds", StringComparison.Ordinal) => 86400m,
                    _ => 1m,
                };
                Assert.Equal((rule.Name, rule.Amber * scale), (rule.Name, Number(bound.Groups["bound"].Value) * by));
            }
        );

        static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
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

    [GeneratedRegex(@"[<>]= (?<bound>[\d.]+)( \* (?<by>\d+))?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bound();
}
