using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// A PostgreSQL of the program's own: a data directory and a socket in it, nothing on the network.
/// As root it runs as the user <c>postgres</c>, because the server refuses to be root.
/// </summary>
public sealed class PrivatePostgres
{
    private const int Port = 5432;
    private readonly string _data;
    private readonly string _bin;
    private readonly string? _user;

    private PrivatePostgres(string directory)
    {
        Directory = directory;
        _data = Path.Combine(directory, "pg");
        _bin = Binaries("initdb", "pg_ctl");
        _user = Environment.UserName == "root" ? "postgres" : null;
    }

    public string Directory { get; }

    /// <summary>True when this process started the server, and so should stop it.</summary>
    public bool StartedHere { get; private set; }

    public string ConnectionString =>
        string.Create(CultureInfo.InvariantCulture, $"Host={Directory};Port={Port};Username=postgres;Database=millrace");

    /// <summary>
    /// Starts the server of a directory, making the cluster first when there is none. Already running: nothing happens.
    /// </summary>
    public static async Task<PrivatePostgres> Start(
        string directory,
        string? extraSettings = null,
        Action<string>? progress = null
    )
    {
        // A socket's address has room for about a hundred bytes.
        if (directory.Length > 80)
            throw new InvalidOperationException(
                $"The path {directory} is too long for a socket. Set MILLRACE_DATA to a shorter one."
            );
        var server = new PrivatePostgres(directory);
        await server.PrepareDirectory();
        if (!File.Exists(Path.Combine(server._data, "PG_VERSION")))
        {
            progress?.Invoke("making a PostgreSQL cluster");
            await server.Run(
                "initdb",
                "-D",
                server._data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync"
            );
        }
        await server.Configure(extraSettings);
        if (!await server.IsRunning())
        {
            progress?.Invoke("starting PostgreSQL");
            await server.StartAgain();
            server.StartedHere = true;
        }
        await server.MakeDatabase();
        return server;
    }

    /// <summary>
    /// Starts the server on files that were unpacked into the data directory, and comes back when it is whole enough to be asked
    /// how far it has replayed the log.
    /// </summary>
    internal async Task StartReplay(string recovery)
    {
        StartedHere = true;
        // The configuration of the server that was backed up may lie elsewhere, and may let in whom it likes.
        await File.WriteAllTextAsync(Path.Combine(_data, "postgresql.conf"), "");
        await File.WriteAllTextAsync(Path.Combine(_data, "pg_hba.conf"), "local all all trust\n");
        await File.WriteAllTextAsync(Path.Combine(_data, "recovery.signal"), "");
        await Configure(recovery);
        if (_user is not null)
            await Run(asRoot: true, "/usr/bin/chown", "-R", _user, _data);
        await Run(asRoot: true, "/usr/bin/chmod", "0700", _data);
        File.Delete(Log);
        await Run("pg_ctl", "start", "-D", _data, "-w", "-t", "86400", "-l", Log);
    }

    internal string Log => Path.Combine(Directory, "postgresql.log");

    /// <summary>Who the server runs as, when that is somebody else.</summary>
    internal string? User => _user;

    internal static PrivatePostgres At(string directory) => new(directory);

    /// <summary>From now on the server writes its log into the backup folder, too.</summary>
    internal async Task Archive()
    {
        await Configure(null);
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync();
        await using var reload = new NpgsqlCommand("select pg_reload_conf()", connection);
        await reload.ExecuteNonQueryAsync();
    }

    public Task Stop() => Run("pg_ctl", "stop", "-D", _data, "-m", "fast", "-w", "-t", "60");

    public Task Kill() => Run("pg_ctl", "stop", "-D", _data, "-m", "immediate", "-w", "-t", "60");

    public Task StartAgain() => Run("pg_ctl", "start", "-D", _data, "-w", "-t", "60", "-l", Log);

    private async Task Configure(string? extra)
    {
        await File.WriteAllTextAsync(
            Path.Combine(_data, "millrace.conf"),
            Settings.For(Directory, Port) + Archiving.SettingsFor(Directory) + extra
        );
        await Include();
    }

    private async Task PrepareDirectory()
    {
        System.IO.Directory.CreateDirectory(Directory);
        if (_user is not null)
            await Run(asRoot: true, "/usr/bin/chown", _user, Directory);
    }

    private async Task Include()
    {
        var main = Path.Combine(_data, "postgresql.conf");
        var text = await File.ReadAllTextAsync(main);
        if (!text.Contains("include = 'millrace.conf'", StringComparison.Ordinal))
            await File.AppendAllTextAsync(main, "\ninclude = 'millrace.conf'\n");
    }

    internal async Task<bool> IsRunning() =>
        await Exit(asRoot: false, Path.Combine(_bin, "pg_ctl"), "status", "-D", _data) is (0, _);

    private async Task MakeDatabase()
    {
        var maintenance = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync();
        await using var known = new NpgsqlCommand("select 1 from pg_database where datname = 'millrace'", connection);
        if (await known.ExecuteScalarAsync() is not null)
            return;
        await using var make = new NpgsqlCommand("create database millrace", connection);
        await make.ExecuteNonQueryAsync();
    }

    private Task Run(string tool, params string[] arguments) => Run(asRoot: false, Path.Combine(_bin, tool), arguments);

    private async Task Run(bool asRoot, string program, params string[] arguments)
    {
        var (code, text) = await Exit(asRoot, program, arguments);
        if (code != 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {code}: {text}");
    }

    private async Task<(int Code, string Text)> Exit(bool asRoot, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        if (_user is not null && !asRoot)
        {
            start.FileName = "/sbin/runuser";
            foreach (var word in (string[])["-u", _user, "--", program])
                start.ArgumentList.Add(word);
        }
        else
            start.FileName = program;
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        // The server keeps the pipes of pg_ctl open: what is read ends with pg_ctl, not with them.
        if (arguments is ["start", ..])
        {
            await process.WaitForExitAsync();
            return (process.ExitCode, process.ExitCode == 0 ? "" : $"see {Log}");
        }
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, $"{await output}{await errors}".Trim());
    }

    internal static string Binaries(params string[] tools) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Concat(
                System.IO.Directory.Exists("/usr/lib/postgresql")
                    ? System
                        .IO.Directory.GetDirectories("/usr/lib/postgresql")
                        .OrderDescending(StringComparer.Ordinal)
                        .Select(v => $"{v}/bin")
                    : []
            )
            .FirstOrDefault(folder => tools.All(tool => File.Exists(Path.Combine(folder, tool))))
        ?? throw new InvalidOperationException("PostgreSQL is not installed. On Debian: apt-get install postgresql.");
}
