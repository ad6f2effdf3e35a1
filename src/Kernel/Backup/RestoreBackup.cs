using System.Globalization;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>What was restored: from which copy, and up to which last commit.</summary>
public sealed record Restored(BaseBackup From, DateTimeOffset? LastCommit, string ConnectionString, string? Before);

/// <summary>
/// Makes a cluster of the program's own out of a backup folder, as it was at a moment: the newest copy that ended before it, and
/// the write-ahead log from there on. What was there before is put aside and not deleted.
/// </summary>
public sealed class RestoreBackup(BackupFolder folder, string keyFile, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestReplay = TimeSpan.FromHours(24);
    private const string ServersKey = "restore.key";

    /// <summary>
    /// Into a directory such as <c>data</c>. The server runs when this is done; stopping it is the caller's. A trial, which is
    /// thrown away afterwards, need not be safe on its disk.
    /// </summary>
    public async Task<(Restored, PrivatePostgres)> Into(
        string directory,
        DateTimeOffset? to,
        bool isTrial = false,
        Action<string>? progress = null,
        CancellationToken stop = default
    )
    {
        await Shell.Need(stop, "age", "zstd");
        var backup = Choose(to);
        BackupKey.Open(keyFile);
        Directory.CreateDirectory(directory);
        await MustNotRun(directory);
        var drive = new DriveInfo(directory);
        if (drive.AvailableFreeSpace < backup.ClusterBytes)
            throw new ToolFailed(
                $"The backup needs {backup.ClusterBytes / 1_000_000:N0} MB and {directory} has "
                    + $"{drive.AvailableFreeSpace / 1_000_000:N0} MB left. Make room, or choose another place with --into."
            );
        progress?.Invoke($"unpacking the copy of {backup.EndedAt:yyyy-MM-dd HH:mm:ss} UTC");
        var fresh = Path.Combine(directory, "pg.new");
        await Unpack(backup, fresh, stop);
        var before = await PutAside(directory, fresh, stop);
        progress?.Invoke("replaying the write-ahead log");
        var postgres = PrivatePostgres.At(directory);
        try
        {
            await Keys(backup, directory, stop);
            await Start(postgres, to, isTrial, stop);
            var connection = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = backup.Database };
            var last = await Replay(postgres, connection.ConnectionString, to, progress, stop);
            return (new Restored(backup, last, connection.ConnectionString, before), postgres);
        }
        catch
        {
            if (await postgres.IsRunning())
                await postgres.Kill();
            if (before is not null)
                PutBack(directory, before);
            throw;
        }
        finally
        {
            File.Delete(Path.Combine(directory, ServersKey));
        }
    }

    /// <summary>
    /// Every invariant of what was restored. The last events may still lack their positions, and the last rows of the audit their
    /// block: they get them first.
    /// </summary>
    public static async Task<IReadOnlyList<Violation>> Verify(
        string connection,
        IEnumerable<Invariant> invariants,
        LogSettings log,
        Action<string>? progress = null,
        CancellationToken stop = default
    )
    {
        await using var databases = new Databases(connection);
        await Sequencer.CatchUp(databases, log, stop);
        await AuditChain.CatchUp(databases, log, stop);
        return await new Verifier(databases, invariants).Run(progress, stop);
    }

    private BaseBackup Choose(DateTimeOffset? to)
    {
        var all = folder.All();
        if (all.Count == 0)
            throw new ToolFailed($"There is no backup in {folder.FullPath}. Name the folder with --from FOLDER.");
        return all.LastOrDefault(one => to is null || one.EndedAt <= to)
            ?? throw new ToolFailed(
                $"The oldest backup in {folder.FullPath} ended at {all[0].EndedAt:yyyy-MM-dd HH:mm:ss} UTC; "
                    + "no moment before it can be had."
            );
    }

    private static async Task MustNotRun(string directory)
    {
        if (Directory.Exists(Path.Combine(directory, "pg")) && await PrivatePostgres.At(directory).IsRunning())
            throw new ToolFailed($"The database in {directory} is running. Stop Millrace first (Ctrl-C where bin/up runs).");
    }

    private async Task Unpack(BaseBackup backup, string fresh, CancellationToken stop)
    {
        if (Directory.Exists(fresh))
            Directory.Delete(fresh, recursive: true);
        Directory.CreateDirectory(fresh);
        try
        {
            await Shell.Run(
                "age -d -i \"$1\" \"$2\" | zstd -d -q | tar -x -C \"$3\"",
                [keyFile, Path.Combine(folder.Of(backup), "base.tar.zst.age"), fresh],
                stop
            );
        }
        catch (ToolFailed failed)
        {
            Directory.Delete(fresh, recursive: true);
            throw new ToolFailed(
                $"The copy of {backup.EndedAt:yyyy-MM-dd HH:mm:ss} UTC cannot be opened with {keyFile}; nothing was changed. "
                    + $"Is it the right key, and is the file whole? {failed.Message}"
            );
        }
    }

    /// <summary>The old cluster keeps its files; the end of its log, maybe not yet archived, is replayed, too.</summary>
    private async Task<string?> PutAside(string directory, string fresh, CancellationToken stop)
    {
        var data = Path.Combine(directory, "pg");
        string? before = null;
        if (Directory.Exists(data))
        {
            before = $"{data}.before-{clock.GetUtcNow():yyyyMMddHHmmss}";
            var wal = Path.Combine(data, "pg_wal");
            if (Directory.Exists(wal))
                await Shell.Run("cp -n \"$1\"/[0-9A-F]* \"$2\"/", [wal, Path.Combine(fresh, "pg_wal")], stop);
            Directory.Move(data, before);
        }
        Directory.Move(fresh, data);
        return before;
    }

    private static void PutBack(string directory, string before)
    {
        var data = Path.Combine(directory, "pg");
        Directory.Delete(data, recursive: true);
        Directory.Move(before, data);
    }

    private async Task Keys(BaseBackup backup, string directory, CancellationToken stop)
    {
        var sealedKeys = Path.Combine(folder.Of(backup), "keys.age");
        var file = Path.Combine(directory, "keys");
        if (!File.Exists(sealedKeys))
            return;
        var keys = await Shell.Run("age -d -i \"$1\" \"$2\"", [keyFile, sealedKeys], stop);
        SecretKeys.Restore(file, keys);
    }

    private async Task Start(PrivatePostgres postgres, DateTimeOffset? to, bool isTrial, CancellationToken stop)
    {
        var directory = postgres.Directory;
        // The server may be another user, who cannot read our key.
        var key = Path.Combine(directory, ServersKey);
        File.Delete(key);
        await Shell.Run(
            "umask 077 && cp \"$1\" \"$2\" && chown \"$3\" \"$2\"",
            [keyFile, key, postgres.User ?? Environment.UserName],
            stop
        );
        if (postgres.User is { } user)
            await Shell.Run("chown \"$1\" \"$2\"", [user, directory], stop);
        var moment = to is { } until
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"recovery_target_time = '{until.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00'"
            )
            : "";
        try
        {
            await postgres.StartReplay(
                $"""

                restore_command = '"{Archiving.Place(directory, "fetch.sh")}" "%f" "%p" "{folder.FullPath}" "{key}"'
                {moment}
                recovery_target_action = promote
                hot_standby = on
                fsync = {(isTrial ? "off" : "on")}

                """
            );
        }
        catch (InvalidOperationException)
        {
            throw new ToolFailed(await WhyItEnded(postgres, to));
        }
    }

    private async Task<DateTimeOffset?> Replay(
        PrivatePostgres postgres,
        string connection,
        DateTimeOffset? to,
        Action<string>? progress,
        CancellationToken stop
    )
    {
        var began = clock.GetTimestamp();
        var told = "";
        while (clock.GetElapsedTime(began) < LongestReplay)
        {
            if (!await postgres.IsRunning())
                throw new ToolFailed(await WhyItEnded(postgres, to));
            if (await Reached(connection, stop) is var (isReplaying, last))
            {
                if (!isReplaying)
                    return last;
                if (last is { } at && $"replayed up to {at:yyyy-MM-dd HH:mm:ss} UTC" is var sentence && sentence != told)
                    progress?.Invoke(told = sentence);
            }
            await Task.Delay(Look, clock, stop);
        }
        throw new ToolFailed($"The log was not replayed within {LongestReplay.TotalHours:0} hours.");
    }

    private static async Task<(bool IsReplaying, DateTimeOffset? Last)?> Reached(string connection, CancellationToken stop)
    {
        try
        {
            await using var ours = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(connection) { Pooling = false, Timeout = 5 }.ConnectionString
            );
            await ours.OpenAsync(stop);
            await using var ask = new NpgsqlCommand("select pg_is_in_recovery(), pg_last_xact_replay_timestamp()", ours);
            await using var reader = await ask.ExecuteReaderAsync(stop);
            await reader.ReadAsync(stop);
            return (reader.GetBoolean(0), reader.IsDBNull(1) ? null : new DateTimeOffset(reader.GetDateTime(1)));
        }
        catch (NpgsqlException)
        {
            return null; // not yet far enough to be asked
        }
    }

    private static async Task<string> WhyItEnded(PrivatePostgres postgres, DateTimeOffset? to)
    {
        var log = File.Exists(postgres.Log) ? await File.ReadAllLinesAsync(postgres.Log) : [];
        if (to is not null && log.Any(line => line.Contains("ended before configured recovery target", StringComparison.Ordinal)))
        {
            const string end = "last completed transaction was at";
            var last = log.LastOrDefault(line => line.Contains(end, StringComparison.Ordinal));
            var where = last is null ? "" : $" ({last[last.IndexOf(end, StringComparison.Ordinal)..]})";
            return $"The log ends before {to:yyyy-MM-dd HH:mm:ss} UTC{where}. "
                + "Choose an earlier moment, or leave --to away for the latest there is.";
        }
        if (log.LastOrDefault(line => line.EndsWith("cannot be read", StringComparison.Ordinal)) is { } hole)
            return $"{hole}: the log has a hole there. Choose a moment before it with --to, or bring the whole file back.";
        var why = log.LastOrDefault(line => line.Contains("FATAL", StringComparison.Ordinal)) ?? "it does not say why";
        return $"PostgreSQL ended while it replayed the log: {why}. {postgres.Log} has the whole story.";
    }
}
