using Millrace.Host;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Bench;

/// <summary>
/// A PostgreSQL of the benchmark's own with the shipped settings, fsync on, in a short fresh directory that goes away with it.
/// </summary>
internal sealed class Ground : IAsyncDisposable
{
    private PrivatePostgres _postgres;

    private Ground(PrivatePostgres postgres) => _postgres = postgres;

    internal string Connection => _postgres.ConnectionString;

    internal string Directory => _postgres.Directory;

    /// <summary>With what was set for its start.</summary>
    internal async Task Restart()
    {
        NpgsqlConnection.ClearAllPools();
        await _postgres.Stop();
        _postgres = await PrivatePostgres.Start(Directory);
    }

    /// <summary>For files of the run; it goes away with the server.</summary>
    internal string File(string name) => Path.Combine(_postgres.Directory, name);

    internal static async Task<Ground> Make(Benchmark bench)
    {
        bench.Say("starting PostgreSQL");
        var ground = new Ground(await PrivatePostgres.Start(NewDirectory()));
        await new Migrator(ground.Connection, Modules.All).Run();
        return ground;
    }

    internal static string NewDirectory() => Path.Combine(Path.GetTempPath(), $"mb-{Guid.CreateVersion7():N}"[..18]);

    /// <summary>Another migrated database on the same server.</summary>
    internal async Task<string> Another(string name)
    {
        await Execute(Connection, $"create database {name}");
        var connection = new NpgsqlConnectionStringBuilder(Connection) { Database = name }.ConnectionString;
        await new Migrator(connection, Modules.All).Run();
        return connection;
    }

    /// <summary>Everything is posted and every invariant holds.</summary>
    internal async Task Verify(Benchmark bench)
    {
        await using var verify = Running.Millrace(Connection, "verify");
        verify.Ignore();
        bench.AtMost("verify", await verify.Exit(600), "exit code", 0);
    }

    /// <summary>As the superuser, past every wall: for looking at what really stands there.</summary>
    internal static async Task<T> Ask<T>(string connection, string statement)
    {
        await using var open = await Open(connection);
        await using var command = new NpgsqlCommand(statement, open) { CommandTimeout = 600 };
        return (T)(await command.ExecuteScalarAsync())!;
    }

    internal static async Task Execute(string connection, string statement)
    {
        await using var open = await Open(connection);
        await using var command = new NpgsqlCommand(statement, open) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync();
    }

    internal static async Task<NpgsqlConnection> Open(string connection)
    {
        var open = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await open.OpenAsync();
        return open;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _postgres.Kill();
        System.IO.Directory.Delete(_postgres.Directory, recursive: true);
    }
}
