using System.Globalization;
using System.Text.Json;
using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>Old days of the log at the prompt: into the archive and out of the database, and read again from there.</summary>
internal static class OldLog
{
    /// <summary>Exit 1 and the reason when a day has to stay.</summary>
    internal static async Task<int> Trim(string? days)
    {
        await using var database = await DatabaseInUse.Find(Terminal.Say);
        var retention = database.Retention();
        var keep = retention.Days;
        if (days is not null && !int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out keep))
        {
            Terminal.Error($"trim-log takes a number of days to keep, not {days}.");
            return Usage.Print();
        }
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddModules(database.Connection, new LogSettings());
        services.AddSingleton(retention);
        await using var provider = services.BuildServiceProvider();
        var done = await provider.GetRequiredService<TrimLog>().Run(keep);
        Terminal.Say($"{done.Gone.Count} days of the log older than {keep} days were dropped; {retention.Folder} has them.");
        if (done.Kept is not null)
            Terminal.Error(done.Kept);
        return done.Kept is null ? 0 : 1;
    }

    internal static async Task<int> Read(string[] words)
    {
        var own = Environment.GetEnvironmentVariable("MILLRACE_DATABASE") is { Length: > 0 } ? null : DatabaseInUse.Directory();
        if (LogRetention.FromEnvironment(own).Folder is not { } folder)
            throw new ToolFailed($"Name the folder of the archive in {LogRetention.FolderVariable}.");
        var archive = new LogArchive(folder);
        switch (words)
        {
            case []:
                foreach (var one in archive.All())
                    Terminal.Say(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{one.Day:yyyy-MM-dd}  {one.Events, 10} events  {one.Bytes, 12} bytes"
                        )
                    );
                return 0;
            case [var text] when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, default, out var day):
                await foreach (var line in archive.Read(day))
                    Terminal.Say(JsonSerializer.Serialize(line, Wire.Options));
                return 0;
            default:
                Terminal.Error($"read-log takes a day such as 2026-03-01, not {string.Join(' ', words)}.");
                return Usage.Print();
        }
    }
}
