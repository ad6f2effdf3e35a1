using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class ForecastTests
{
    private const long Gigabyte = 1L << 30;

    [Fact]
    public void A_disk_that_fills_by_a_gigabyte_a_day_is_full_after_as_many_days_as_there_are_gigabytes() =>
        Assert.Equal(40, Forecast.DaysUntilFull(Hours(24 * 10, hour => (50 * Gigabyte) - (hour * Gigabyte / 24))));

    [Fact]
    public void The_noise_of_a_day_does_not_change_the_direction() =>
        Assert.InRange(
            Forecast
                .DaysUntilFull(
                    Hours(24 * 10, hour => (50 * Gigabyte) - (hour * Gigabyte / 24) + (hour % 24 < 12 ? Gigabyte / 4 : 0))
                )!
                .Value,
            38,
            42
        );

    [Fact]
    public void A_disk_that_does_not_fill_has_no_such_day() =>
        Assert.Null(Forecast.DaysUntilFull(Hours(48, hour => Gigabyte + (hour * 1000))));

    [Fact]
    public void Less_than_a_day_says_nothing() =>
        Assert.Null(Forecast.DaysUntilFull(Hours(20, hour => Gigabyte - (hour * 1_000_000))));

    [Fact]
    public void A_day_far_away_is_not_told_more_exactly_than_ten_years() =>
        Assert.Equal(3650, Forecast.DaysUntilFull(Hours(48, hour => (1000 * Gigabyte) - hour)));

    private static List<Forecast.Point> Hours(int count, Func<int, long> free) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(hour => new Forecast.Point(
                    new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hour),
                    free(hour)
                )),
        ];
}
