using System.Diagnostics;

namespace Millrace.Tests;

/// <summary>A server of another maker, started by a test on a free port in a directory of its own, and ended by its id.</summary>
public sealed class Daemon : IAsyncDisposable
{
    private readonly string _program;
    private readonly string[] _arguments;
    private Process? _process;

    private Daemon(string program, int port, string directory, string[] arguments) =>
        (_program, Port, Directory, _arguments) = (program, port, directory, arguments);

    public int Port { get; }

    public string Directory { get; }

    public static Task<Daemon> Redis() =>
        Start(
            "redis-server",
            (port, directory) =>
                ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", directory, "--save", "", "--daemonize", "no"]
        );

    /// <summary>PgBouncer in transaction mode with so many connections to a server's socket. It refuses to be root.</summary>
    public static Task<Daemon> PgBouncer(string socket, int connections) =>
        Start(
            "/usr/sbin/pgbouncer",
            (port, directory) =>
            {
                var (settings, users) = (Path.Combine(directory, "pgbouncer.ini"), Path.Combine(directory, "users"));
                File.WriteAllText(users, "\"postgres\" \"\"\n");
                File.WriteAllText(
                    settings,
                    $"""
                    [databases]
                    * = host={socket} port=5432
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = {port}
                    unix_socket_dir =
                    auth_type = trust
                    auth_file = {users}
                    pool_mode = transaction
                    default_pool_size = {connections}
                    query_wait_timeout = 10
                    """
                );
                return Environment.UserName == "root" ? ["-u", "postgres", settings] : [settings];
            }
        );

    /// <summary>Prometheus with one configuration file, which is written before.</summary>
    public static Task<Daemon> Prometheus(string configuration) =>
        Start(
            "prometheus",
            (port, directory) =>
            {
                File.WriteAllText(Path.Combine(directory, "prometheus.yml"), configuration);
                return
                [
                    $"--config.file={directory}/prometheus.yml",
                    $"--storage.tsdb.path={directory}/data",
                    $"--web.listen-address=127.0.0.1:{port}",
                ];
            }
        );

    /// <summary>Runs a tool to its end, with a text on its standard input.</summary>
    public static async Task<(int Exit, string Text)> Run(string program, string[] arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    public async Task Stop()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async Task StartAgain()
    {
        var start = new ProcessStartInfo(_program, _arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Directory,
        };
        _process = Process.Start(start)!;
        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        await Eventually.True(Answers, $"{_program} listens on {Port}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await Stop();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static async Task<Daemon> Start(string program, Func<int, string, string[]> arguments)
    {
        var directory = Server.NewDirectory();
        System.IO.Directory.CreateDirectory(directory);
        var port = Loopback.FreePort();
        var daemon = new Daemon(program, port, directory, arguments(port, directory));
        await daemon.StartAgain();
        return daemon;
    }

    private Task<bool> Answers()
    {
        Assert.False(_process!.HasExited, $"{_program} ended with {(_process.HasExited ? _process.ExitCode : 0)}.");
        return Loopback.Answers(Port);
    }
}
