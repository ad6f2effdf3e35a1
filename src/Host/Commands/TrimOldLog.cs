using System.Globalization;
using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>Drops days of the log that everybody has handled; exit 1 and the reason when one has to stay.</summary>
internal static class TrimOldLog
{
    internal const int UsualDays = 400;

    internal static async Task<int> Run(string? days)
    {
        if (!int.TryParse(days ?? $"{UsualDays}", NumberStyles.None, CultureInfo.InvariantCulture, out var keep))
        {
            Terminal.Error($"trim-log takes a number of days to keep, not {days}.");
            return Usage.Print();
        }
        await using var database = await DatabaseInUse.Find(Terminal.Say);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddModules(database.Connection, new LogSettings());
        await using var provider = services.BuildServiceProvider();
        var done = await provider.GetRequiredService<TrimLog>().Run(keep);
        Terminal.Say($"{done.Gone.Count} days of the log older than {keep} days were dropped.");
        if (done.Kept is not null)
            Terminal.Error(done.Kept);
        return done.Kept is null ? 0 : 1;
    }
}
