using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// Brings a database to this version: numbered files per module, each once, in the order of the modules, one process at a time.
/// </summary>
public sealed class Migrator(string adminConnection, IReadOnlyList<Assembly> modules)
{
    private const long LockKey = 0x4D494C4C52414345; // "MILLRACE"

    private sealed record File(string Module, string Name, string Text, string Checksum);

    /// <summary>Runs what is missing and says each file it ran; refuses when a file that ran before has changed since.</summary>
    public async Task<IReadOnlyList<string>> Run(Action<string>? progress = null, CancellationToken stop = default)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(adminConnection) { Pooling = false, CommandTimeout = 600 }.ConnectionString
        );
        await connection.OpenAsync(stop);
        // Waits at most five minutes for another process that migrates; DDL itself never waits longer than five seconds.
        await Execute(connection, "set lock_timeout = '5min'", stop);
        await Execute(connection, $"select pg_advisory_lock({LockKey})", stop);
        await Execute(connection, "set lock_timeout = '5s'", stop);
        await Execute(connection, Text("roles.sql"), stop);
        await Execute(connection, "set role millrace_owner", stop);
        await Execute(connection, Text("begin.sql"), stop);
        var done = await Done(connection, stop);
        var ran = new List<string>();
        foreach (var file in Files(modules))
        {
            var name = $"{file.Module}/{file.Name}";
            if (done.TryGetValue(name, out var checksum))
            {
                if (checksum != file.Checksum)
                    throw new InvalidOperationException(
                        $"The migration {name} has changed since it ran here. Restore the file and put the change into a new one."
                    );
                continue;
            }
            await Apply(connection, file, name, stop);
            progress?.Invoke(name);
            ran.Add(name);
        }
        return ran;
    }

    private static async Task Apply(NpgsqlConnection connection, File file, string name, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await Execute(connection, $"create schema if not exists {file.Module.ToLowerInvariant()}", stop);
        await Execute(connection, file.Text, stop);
        await using var note = new NpgsqlCommand(
            "insert into kernel.migration (name, checksum) values ($1, $2)",
            connection,
            transaction
        );
        note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = file.Checksum });
        await note.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
    }

    internal static IEnumerable<string> Names(IReadOnlyList<Assembly> modules) =>
        Files(modules).Select(file => $"{file.Module}/{file.Name}");

    private static IEnumerable<File> Files(IReadOnlyList<Assembly> modules) =>
        from assembly in modules
        let module = assembly.GetName().Name!["Millrace.".Length..]
        from resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal)
        where resource.StartsWith($"{module}/Schema/", StringComparison.Ordinal)
        let text = Read(assembly, resource)
        select new File(
            module,
            resource[$"{module}/Schema/".Length..],
            text,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))
        );

    private static async Task<Dictionary<string, string>> Done(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("select name, checksum from kernel.migration", connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var done = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(stop))
            done.Add(reader.GetString(0), reader.GetString(1));
        return done;
    }

    private static async Task Execute(NpgsqlConnection connection, string statement, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static string Text(string file) => Read(typeof(Migrator).Assembly, $"Kernel/Migrations/{file}");

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
