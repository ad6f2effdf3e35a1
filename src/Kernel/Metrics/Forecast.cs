namespace Millrace.Kernel;

/// <summary>When the disk is full if it goes on filling as it did: a straight line through what was free each hour.</summary>
internal static class Forecast
{
    internal sealed record Point(DateTimeOffset At, long Free);

    private const int MostDays = 3650;
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);

    /// <summary>Nothing when less than a day was watched, or when the disk is not filling.</summary>
    internal static int? DaysUntilFull(IReadOnlyList<Point> history)
    {
        if (history.Count < 2 || history[^1].At - history[0].At < Shortest)
            return null;
        var days = history.Select(one => Days(one.At - history[0].At)).ToArray();
        var free = history.Select(one => (decimal)one.Free).ToArray();
        var (middleDay, middleFree) = (days.Average(), free.Average());
        var spread = days.Sum(day => (day - middleDay) * (day - middleDay));
        var slope = days.Zip(free, (day, bytes) => (day - middleDay) * (bytes - middleFree)).Sum() / spread;
        if (slope >= 0)
            return null;
        return (int)Math.Min(MostDays, Math.Floor(free[^1] / -slope));
    }

    private static decimal Days(TimeSpan time) => (decimal)time.Ticks / TimeSpan.TicksPerDay;
}
