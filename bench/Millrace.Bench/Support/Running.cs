using System.Diagnostics;
using System.Security.Cryptography;

namespace Millrace.Bench;

/// <summary>A process of its own: the published program, a command in bin/, or this benchmark as a child.</summary>
internal sealed class Running : IAsyncDisposable
{
    private readonly Process _process;

    private Running(Process process) => _process = process;

    internal int Id => _process.Id;

    internal double MemoryNow => Machine.Memory(Id, "VmRSS");

    internal double MemoryMost => Machine.Memory(Id, "VmHWM");

    // Of the secrets in the databases of this run, which end with it.
    private static string Keys { get; } = $"bench:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    internal static string Root { get; } = FindRoot();

    internal static string Program => Path.Combine(Root, "artifacts/publish/Host/release/millrace");

    internal static Running Start(string file, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
            if (value.Length > 0)
                start.Environment[name] = value;
            else
                start.Environment.Remove(name);
        return new Running(Process.Start(start)!);
    }

    internal static Running Child(params string[] arguments) => Start(Environment.ProcessPath!, ["child", .. arguments]);

    /// <summary>The published program over a database, as it is run in earnest.</summary>
    internal static Running Millrace(string connection, params string[] arguments) => Serving(Program, arguments, connection);

    /// <summary>The same with the benchmark's own orders.</summary>
    internal static Running WithOrders(string connection) =>
        Serving(Environment.ProcessPath!, ["child", "orders", connection], connection);

    private static Running Serving(string program, string[] arguments, string connection) =>
        Start(
            program,
            arguments,
            ("MILLRACE_DATABASE", connection),
            ("MILLRACE_URL", "http://127.0.0.1:0"),
            ("MILLRACE_LOG", "Warning"),
            // One machine asks for all: what it may is not what is measured.
            ("MILLRACE_LIMIT_CLIENT", "60000000"),
            ("MILLRACE_KEYS", Keys)
        );

    /// <summary>The rest of the first line of output that begins so.</summary>
    internal async Task<string> Says(string beginning, double seconds = 60)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                return line[beginning.Length..];
        throw new InvalidOperationException($"The process ended with {await Exit()} before it said '{beginning}'.");
    }

    /// <summary>Keeps the pipe empty from now on.</summary>
    internal void Ignore() => _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);

    internal async Task<int> Exit(double seconds = 120)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Asked to stop in good order, and gone.</summary>
    internal async Task Stop(int signal = Machine.Terminate)
    {
        if (!_process.HasExited)
            Machine.Signal(Id, signal);
        if (await Exit() is not 0 and var code)
            throw new InvalidOperationException($"The process ended with {code}.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Millrace.slnx")))
                return at.FullName;
        throw new InvalidOperationException("The benchmarks run inside the repository.");
    }
}
