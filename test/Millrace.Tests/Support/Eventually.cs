namespace Millrace.Tests;

/// <summary>Asks again until something is so, with a bound and a reason when it never was.</summary>
public static class Eventually
{
    public static async Task<T> Get<T>(Func<Task<T>> ask, Func<T, bool> isRight, string what, double seconds = 15)
    {
        using var patience = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var began = TimeProvider.System.GetTimestamp();
        T last;
        do
        {
            last = await ask();
            if (isRight(last))
                return last;
            await patience.WaitForNextTickAsync();
        } while (TimeProvider.System.GetElapsedTime(began).TotalSeconds < seconds);
        Assert.Fail($"After {seconds} seconds still not: {what}. It is {last}.");
        return last;
    }

    public static Task True(Func<Task<bool>> ask, string what, double seconds = 15) => Get(ask, yes => yes, what, seconds);
}
