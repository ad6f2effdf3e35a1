namespace Millrace.Bench;

/// <summary>Asks again until something is so, with a bound.</summary>
internal static class Wait
{
    internal static async Task For(Func<Task<bool>> ask, string what, double seconds = 300, double everyMilliseconds = 50)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(everyMilliseconds));
        var began = TimeProvider.System.GetTimestamp();
        while (!await ask())
        {
            if (TimeProvider.System.GetElapsedTime(began).TotalSeconds > seconds)
                throw new TimeoutException($"After {seconds} seconds still not: {what}.");
            await again.WaitForNextTickAsync();
        }
    }
}
