using System.Globalization;
using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>Backups at the prompt: take one, go back to a moment, prove that it would work.</summary>
internal static class Backup
{
    internal static async Task<int> Take()
    {
        await using var database = await DatabaseInUse.Find(Terminal.Say);
        await using var services = Services(database);
        var isFirst = !new BackupFolder(database.Backups().Folder).IsSetUp;
        var backup = await services.GetRequiredService<TakeBackup>().Run(Terminal.Say);
        var (whole, written) = (backup.ClusterBytes / 1e6m, backup.Bytes / 1e6m);
        Terminal.Say($"Backed up {whole:N0} MB as {written:N0} MB in {(backup.EndedAt - backup.BeganAt).TotalSeconds:0.0} s.");
        if (isFirst)
            Terminal.Say(
                $"""
                It is in {database.Backups().Folder}, and can only be opened with {database.Backups().KeyFile}.
                Keep a copy of that file on another machine: without it no backup can be read.
                From now on the server adds its log there every minute, and bin/up takes a backup every night.
                """
            );
        return 0;
    }

    internal static async Task<int> Prove()
    {
        await using var database = await DatabaseInUse.Find(Terminal.Say);
        await using var services = Services(database);
        var result = await services.GetRequiredService<Drill>().Run(Terminal.Say);
        Terminal.Error(result.Violations);
        Terminal.Say($"Restored and checked in {result.Took.TotalSeconds:0.0} s, up to the commit of {Utc(result.Reached)}.");
        return result.Violations.Count == 0 ? 0 : 1;
    }

    internal static async Task<int> Restore(string[] flags)
    {
        if (Read(flags) is not var (to, from, key, into))
            return Usage.Print();
        var directory = into ?? DatabaseInUse.Directory();
        var settings = BackupSettings.FromEnvironment(directory)!;
        var folder = new BackupFolder(from ?? settings.Folder);
        var services = new ServiceCollection();
        services.AddModules("", new LogSettings());
        await using var provider = services.BuildServiceProvider();
        var (restored, postgres) = await new RestoreBackup(folder, key ?? settings.KeyFile, TimeProvider.System).Into(
            directory,
            to,
            progress: Terminal.Say
        );
        try
        {
            var invariants = provider.GetServices<Invariant>();
            var violations = await RestoreBackup.Verify(restored.ConnectionString, invariants, new LogSettings(), Terminal.Say);
            Terminal.Error(violations);
            Terminal.Say($"Restored into {directory}, up to the commit of {Utc(restored.LastCommit)}.");
            if (restored.Before is { } before)
                Terminal.Say($"What was there before is in {before}; delete it when it is no longer wanted.");
            Terminal.Say("Start it with bin/up, then take a new backup with bin/backup.");
            return violations.Count == 0 ? 0 : 1;
        }
        finally
        {
            await postgres.Stop();
        }
    }

    private static string Utc(DateTimeOffset? moment) => $"{moment?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";

    private static ServiceProvider Services(DatabaseInUse database)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddModules(database.Connection, new LogSettings());
        services.AddBackups(database.Backups());
        return services.BuildServiceProvider();
    }

    private static (DateTimeOffset? To, string? From, string? Key, string? Into)? Read(string[] flags)
    {
        DateTimeOffset? to = null;
        string? from = null,
            key = null,
            into = null;
        for (var at = 0; at < flags.Length; at += 2)
        {
            var value = at + 1 < flags.Length ? flags[at + 1] : null;
            switch (flags[at])
            {
                case "--to" when Moment(value) is { } moment:
                    to = moment;
                    break;
                case "--from" when value is not null:
                    from = Path.GetFullPath(value);
                    break;
                case "--key" when value is not null:
                    key = Path.GetFullPath(value);
                    break;
                case "--into" when value is not null:
                    into = Path.GetFullPath(value);
                    break;
                default:
                    Terminal.Error($"restore does not understand {string.Join(' ', flags[at..])}.");
                    return null;
            }
        }
        return (to, from, key, into);
    }

    // Without a zone it is UTC, as in every log of the program.
    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;
}
