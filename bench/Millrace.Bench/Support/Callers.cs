namespace Millrace.Bench;

/// <summary>Several callers who each ask again as soon as they have their answer.</summary>
internal static class Callers
{
    /// <summary>
    /// For so long; answers with how many a second they got together. Each is told who it is and how often it has asked.
    /// </summary>
    internal static async Task<double> Rate(int callers, TimeSpan time, Func<int, int, Task> ask)
    {
        var began = TimeProvider.System.GetTimestamp();
        var counts = await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(async caller =>
                {
                    var count = 0;
                    for (; TimeProvider.System.GetElapsedTime(began) < time; count++)
                        await ask(caller, count);
                    return count;
                })
        );
        return counts.Sum() / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }
}
