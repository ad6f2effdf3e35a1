using Millrace.Host;
using Millrace.Kernel;
using Millrace.Tests;
using Npgsql;

[assembly: AssemblyFixture(typeof(Server))]

namespace Millrace.Tests;

/// <summary>One PostgreSQL for the whole run, with a migrated template that tests clone in about a tenth of a second.</summary>
public sealed class Server : IAsyncLifetime
{
    // Prepared transactions are one of the cases; a crash of the server is tested by a server of that test's own.
    private const string Settings = "max_prepared_transactions = 20\nfsync = off\nmax_connections = 400\n";

    // Every test makes and drops a thousand small files. A disk's file system keeps away from what was deleted a moment ago, and
    // searches longer with every test.
    private const string Memory = "/dev/shm";
    private const long MemoryNeeded = 4L << 30;
    private static int _count;
    private PrivatePostgres? _postgres;

    public string ConnectionString => _postgres!.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        // Processes that tests start have it too.
        Environment.SetEnvironmentVariable(SecretKeys.Variable, $"tests:{Convert.ToBase64String(new byte[32])}");
        _postgres = await PrivatePostgres.Start(HasMemory() ? NewDirectory(Memory) : NewDirectory(), Settings);
        await new Migrator(ConnectionString, Modules.All).Run();
        NpgsqlConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres!.Kill();
        Directory.Delete(_postgres.Directory, recursive: true);
    }

    /// <summary>A database of the test's own, migrated and empty.</summary>
    public async Task<TestDatabase> NewDatabase()
    {
        var name = $"test_{Interlocked.Increment(ref _count)}";
        var admin = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Database = "postgres",
            Pooling = false,
        }.ConnectionString;
        await using var connection = new NpgsqlConnection(admin);
        await connection.OpenAsync();
        await using var make = new NpgsqlCommand($"create database {name} template millrace", connection);
        await make.ExecuteNonQueryAsync();
        // Rights on the database itself are not copied with the template.
        await using var allow = new NpgsqlCommand(
            $"grant create, connect, temporary on database {name} to millrace_owner; "
                + $"grant connect on database {name} to millrace_app, millrace_relay, millrace_report",
            connection
        );
        await allow.ExecuteNonQueryAsync();
        return new TestDatabase(
            new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString,
            admin,
            name
        );
    }

    /// <summary>A short path in the temporary folder: a socket's address has little room.</summary>
    public static string NewDirectory() => NewDirectory(Path.GetTempPath());

    private static string NewDirectory(string root) =>
        Path.Combine(root, $"mr-{Guid.CreateVersion7():N}"[..18] + Interlocked.Increment(ref _count));

    private static bool HasMemory() => Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= MemoryNeeded;
}

/// <summary>A database of one test, dropped at its end.</summary>
public sealed class TestDatabase(string connectionString, string admin, string name) : IAsyncDisposable
{
    private Databases? _databases;

    public string ConnectionString { get; } = connectionString;

    public Databases Databases => _databases ??= new Databases(ConnectionString);

    public Dbs Dbs => new(Databases, new LogSignals());

    /// <summary>As the superuser, past every wall: for planting violations and looking at what really stands there.</summary>
    public async Task<T> Superuser<T>(string statement)
    {
        await using var connection = await OpenAsSuperuser();
        await using var command = new NpgsqlCommand(statement, connection);
        return (T)(await command.ExecuteScalarAsync() ?? default(T))!;
    }

    public async Task<int> Superuser(string statement)
    {
        await using var connection = await OpenAsSuperuser();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<NpgsqlConnection> OpenAsSuperuser()
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_databases is not null)
            await _databases.DisposeAsync();
        await using var connection = new NpgsqlConnection(admin);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"drop database if exists {name} with (force)", connection);
        await drop.ExecuteNonQueryAsync();
    }
}
