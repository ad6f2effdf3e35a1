using System.Globalization;
using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class CronTests
{
    // In 2026 the clocks of Berlin go forward on 29 March at 2:00 and back on 25 October at 3:00.
    [Theory]
    [InlineData("* * * * *", "UTC", "2026-11-20 10:00:30", "2026-11-20 10:01")]
    [InlineData("*/15 * * * *", "UTC", "2026-11-20 10:45", "2026-11-20 11:00")]
    [InlineData("0 7 * * 1-5", "Europe/Istanbul", "2026-11-20 04:00", "2026-11-23 04:00")]
    [InlineData("0 7 * * 1-5", "Europe/Istanbul", "2026-11-20 03:59", "2026-11-20 04:00")]
    [InlineData("30 0 1 * *", "Europe/Istanbul", "2026-11-20 00:00", "2026-11-30 21:30")]
    [InlineData("0 0 29 2 *", "UTC", "2026-11-20 00:00", "2028-02-29 00:00")]
    [InlineData("0 0 13 * 5", "UTC", "2026-11-20 00:00", "2026-11-27 00:00")]
    [InlineData("0 0 * * 7", "UTC", "2026-11-20 00:00", "2026-11-22 00:00")]
    [InlineData("0,30 9-10/1 * * *", "UTC", "2026-11-20 09:30", "2026-11-20 10:00")]
    [InlineData("5/20 * * * *", "UTC", "2026-11-20 10:26", "2026-11-20 10:45")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28 12:00", "2026-03-29 01:00")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-29 01:00", "2026-03-30 00:30")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-24 12:00", "2026-10-25 00:30")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-25 00:30", "2026-10-26 01:30")]
    public void The_next_time_is_right(string cron, string zone, string after, string next) =>
        Assert.Equal(Utc(next), Cron.Parse(cron).Next(Utc(after), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Fact]
    public void A_day_that_does_not_exist_never_comes() =>
        Assert.Null(Cron.Parse("0 0 30 2 *").Next(Utc("2026-11-20 00:00"), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("* * * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 8")]
    [InlineData("5-1 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("*/ * * * *")]
    [InlineData("1/2/3 * * * *")]
    [InlineData("1-2-3 * * * *")]
    [InlineData("-1 * * * *")]
    [InlineData("a * * * *")]
    [InlineData("1, * * * *")]
    [InlineData("99999999999 * * * *")]
    public void What_is_no_schedule_is_refused_with_a_sentence(string text) =>
        Assert.NotEmpty(Assert.Throws<FormatException>(() => Cron.Parse(text)).Message);

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
