using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// Copies the running cluster into the backup folder: the whole of it, compressed and encrypted, and the keys of its secrets. The
/// server adds its write-ahead log there by itself.
/// </summary>
public sealed partial class TakeBackup(Databases databases, BackupSettings settings, TimeProvider clock)
{
    private const long LockKey = 0x4D494C4C4241434B; // "MILLBACK"
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestReload = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestArchiving = TimeSpan.FromMinutes(2);
    private readonly BackupFolder _folder = new(settings.Folder);

    // Npgsql has no replication protocol for this, and the tool that comes with the server is the one that is tested with it.
    // Those who work come first: what packs and seals takes the processor that nobody else wants.
    private const string Copy = """
        "$1/pg_basebackup" -h "$2" -p "$3" -U "$4" -D - -F tar -X none -c "$5" -r "$6M" -P |
            nice -n 19 zstd -q -3 | nice -n 19 age -e -R "$7" -o "$8"
        """;

    private sealed record Server(
        string Database,
        string Version,
        long Bytes,
        string Wal,
        string ArchiveMode,
        string ArchiveCommand
    );

    /// <summary>
    /// Takes one now. In a hurry the server writes what it has in memory at once; otherwise it takes its time, and nobody
    /// notices.
    /// </summary>
    public async Task<BaseBackup> Run(
        Action<string>? progress = null,
        bool hurry = true,
        Action<int>? percent = null,
        CancellationToken stop = default
    )
    {
        await Shell.Need(stop, "age", "zstd");
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(databases.Admin) { Pooling = false, CommandTimeout = 60 }.ConnectionString
        );
        await connection.OpenAsync(stop);
        if (!await Ask<bool>(connection, $"select pg_try_advisory_lock({LockKey})", stop))
            throw new ToolFailed("Another backup is being taken. Wait until it has ended.");
        var began = clock.GetUtcNow();
        try
        {
            await BackupKey.MakeOnce(_folder, settings, stop);
            await Archive(connection, progress, stop);
            var backup = await Write(connection, began, hurry, line => Copying(line, progress, percent), stop);
            var removed = _folder.Prune(settings.Keep);
            if (removed > 0)
                progress?.Invoke($"removed {removed} older than the last {settings.Keep}");
            await Note(began, backup.Bytes, null);
            return backup;
        }
        catch (Exception failed) when (failed is ToolFailed or IOException or NpgsqlException or UnauthorizedAccessException)
        {
            await Note(began, 0, failed.Message);
            throw;
        }
    }

    /// <summary>Sees that the log arrives in the folder; without it a copy is worth nothing.</summary>
    private async Task Archive(NpgsqlConnection connection, Action<string>? progress, CancellationToken stop)
    {
        if (settings.Directory is { } directory)
            await PrivatePostgres.At(directory).Archive();
        var since = clock.GetTimestamp();
        // What was just configured reaches the sessions of the server one after the other.
        while (!await Archives(connection, stop) && settings.Directory is not null && clock.GetElapsedTime(since) < LongestReload)
            await Task.Delay(Look, clock, stop);
        if (!await Archives(connection, stop))
            throw new ToolFailed(
                "The server does not archive its write-ahead log. Set archive_mode = on and archive_command to archive.sh (see "
                    + "docs/OPERATIONS.md) and start it again."
            );
        progress?.Invoke("waiting for the write-ahead log to arrive");
        var wal = await Ask<string>(connection, "select pg_walfile_name(pg_switch_wal())", stop);
        since = clock.GetTimestamp();
        while (!Directory.EnumerateFiles(_folder.Wal, $"{wal}.????????????????.zst.age").Any())
        {
            if (clock.GetElapsedTime(since) > LongestArchiving)
                throw new ToolFailed(
                    $"{wal} has not arrived in {_folder.FullPath} within {LongestArchiving.TotalSeconds:0} s. "
                        + "The server's log says why; it keeps trying."
                );
            await Task.Delay(Look, clock, stop);
        }
    }

    private async Task<BaseBackup> Write(
        NpgsqlConnection connection,
        DateTimeOffset began,
        bool hurry,
        Action<string> heard,
        CancellationToken stop
    )
    {
        var server = await Ask(connection, stop);
        var partial = _folder.Begin();
        var target = new NpgsqlConnectionStringBuilder(databases.Admin);
        await Shell.Run(
            Copy,
            [
                PrivatePostgres.Binaries("pg_basebackup"),
                target.Host!,
                target.Port.ToString(CultureInfo.InvariantCulture),
                target.Username!,
                hurry ? "fast" : "spread",
                settings.Rate.ToString(CultureInfo.InvariantCulture),
                _folder.Recipient,
                Path.Combine(partial, "base.tar.zst.age"),
            ],
            stop,
            environment: new Dictionary<string, string> { ["PGPASSWORD"] = target.Password ?? "" },
            heard: heard
        );
        if (SecretKeys.Text() is { } keys)
            await Shell.Run(
                "age -e -R \"$1\" -o \"$2\"",
                [_folder.Recipient, Path.Combine(partial, "keys.age")],
                stop,
                input: keys
            );
        var backup = new BaseBackup(
            began,
            clock.GetUtcNow(),
            server.Database,
            server.Version,
            server.Wal,
            server.Bytes,
            Directory.EnumerateFiles(partial).Sum(file => new FileInfo(file).Length)
        );
        await Shell.Run("sync \"$1\"/*", [partial], stop);
        _folder.Finish(partial, backup);
        return backup;
    }

    private static void Copying(string line, Action<string>? progress, Action<int>? percent)
    {
        if (Percent().Match(line) is not { Success: true } part)
            return;
        progress?.Invoke($"copying, {part.Value}");
        percent?.Invoke(int.Parse(part.Value.TrimEnd('%'), CultureInfo.InvariantCulture));
    }

    private Task Note(DateTimeOffset began, long bytes, string? error) =>
        BackupBook.Note(databases, "backup", began, bytes, null, error);

    private static async Task<bool> Archives(NpgsqlConnection connection, CancellationToken stop) =>
        await Ask(connection, stop) is { ArchiveMode: not "off", ArchiveCommand: not ("" or "(disabled)" or "/bin/true") };

    private static async Task<Server> Ask(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            """
            select current_database(), current_setting('server_version'),
                (select sum(pg_database_size(oid))::bigint from pg_database),
                pg_walfile_name(pg_current_wal_lsn()), current_setting('archive_mode'), current_setting('archive_command')
            """,
            connection
        );
        await using var reader = await command.ExecuteReaderAsync(stop);
        await reader.ReadAsync(stop);
        return new Server(
            reader.GetString(0),
            reader.GetString(1),
            reader.GetInt64(2),
            reader.GetString(3),
            reader.GetString(4),
            reader.GetString(5)
        );
    }

    private static async Task<T> Ask<T>(NpgsqlConnection connection, string statement, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return (T)(await command.ExecuteScalarAsync(stop))!;
    }

    [GeneratedRegex(@"\d+%", RegexOptions.None, 1000)]
    private static partial Regex Percent();
}
