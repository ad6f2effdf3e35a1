using System.Diagnostics;
using Millrace.Host;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

/// <summary>
/// A server of its own that archives its log: 5 pieces were received, a backup was taken, 7 more came; after
/// <see cref="Moment"/> somebody received 1000 by mistake.
/// </summary>
public sealed class BackedUp : IAsyncLifetime
{
    private readonly string _directory = Server.NewDirectory();
    private readonly List<(string Directory, PrivatePostgres? Running)> _restored = [];
    private PrivatePostgres? _postgres;
    private Factory? _factory;

    /// <summary>As a database of the server; it goes with the server and is not to be dropped.</summary>
    public TestDatabase Database { get; private set; } = null!;

    public BackupSettings Settings =>
        new(Path.Combine(_directory, "backup"), Path.Combine(_directory, "backup.key")) { Directory = _directory };

    public Factory Factory => _factory!;

    /// <summary>The same factory in a restored database.</summary>
    public Factory FactoryIn(TestDatabase restored) => Factory with { Dbs = restored.Dbs };

    public DateTimeOffset Moment { get; private set; }

    /// <summary>The last position that was given, and could be seen, before the mistake was undone.</summary>
    public long LastSeen { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _postgres = await PrivatePostgres.Start(_directory, "fsync = off\n");
        Database = NewDatabase("millrace");
        await new Migrator(Database.ConnectionString, Modules.All).Run();
        _factory = await Factory.Make(Database.Dbs);
        await _factory.Receive(_factory.Item, 5);
        await Database.PostVouchers();
        await new TakeBackup(Database.Databases, Settings, TimeProvider.System).Run();
        await _factory.Receive(_factory.Item, 7);
        Moment = new DateTimeOffset(await Database.Superuser<DateTime>("select clock_timestamp()"));
        await _factory.Receive(_factory.Item, 1000);
        await Database.PostVouchers();
        LastSeen = await Database.Superuser<long>("select max(pos) from kernel.event_pos");
        await Archived();
    }

    /// <summary>Waits until everything written so far is in the backup folder.</summary>
    public async Task Archived()
    {
        var wal = await Database.Superuser<string>("select pg_walfile_name(pg_switch_wal())");
        await Eventually.True(
            async () =>
                await Database.Superuser<bool>($"select coalesce(last_archived_wal >= '{wal}', false) from pg_stat_archiver"),
            $"{wal} is archived"
        );
    }

    /// <summary>Restored into a place of its own, which runs until the end of the test class.</summary>
    public async Task<TestDatabase> Restore(string place, DateTimeOffset? to, BackupSettings? from = null)
    {
        _restored.Add((place, null));
        var settings = from ?? Settings;
        var (restored, postgres) = await new RestoreBackup(
            new BackupFolder(settings.Folder),
            settings.KeyFile,
            TimeProvider.System
        ).Into(place, to, isTrial: true);
        _restored[^1] = (place, postgres);
        return new TestDatabase(restored.ConnectionString, "", "");
    }

    /// <summary>A copy of the folder and its key, to be damaged.</summary>
    public BackupSettings Copy()
    {
        var place = Server.NewDirectory();
        _restored.Add((place, null));
        using var copy = Process.Start("/bin/cp", ["-a", _directory + "/backup", place]);
        copy.WaitForExit();
        File.Copy(Settings.KeyFile, place + ".key");
        return new BackupSettings(place, place + ".key");
    }

    /// <summary>The server dies, and comes back in its place as it was at a moment.</summary>
    public async Task DieAndReturn(DateTimeOffset to)
    {
        await _postgres!.Kill();
        (_, _postgres) = await new RestoreBackup(new BackupFolder(Settings.Folder), Settings.KeyFile, TimeProvider.System).Into(
            _directory,
            to,
            isTrial: true
        );
    }

    /// <summary>Another database of the same server.</summary>
    public TestDatabase NewDatabase(string name) =>
        new(new NpgsqlConnectionStringBuilder(_postgres!.ConnectionString) { Database = name }.ConnectionString, "", "");

    public async ValueTask DisposeAsync()
    {
        await Database.Databases.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        foreach (var (place, running) in _restored.Append((_directory, _postgres)))
        {
            if (running is not null)
                await running.Kill();
            if (Directory.Exists(place))
                Directory.Delete(place, recursive: true);
            File.Delete(place + ".key");
        }
    }
}
