using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Millrace.Tests;

/// <summary>The published program as an operating-system process of its own, signalled by its id.</summary>
public sealed partial class ProgramProcess : IAsyncDisposable
{
    public const int SIGKILL = 9;
    public const int SIGTERM = 15;
    public const int SIGCONT = 18;
    public const int SIGSTOP = 19;
    private readonly Process _process;

    private readonly System.Text.StringBuilder _errors;

    private ProgramProcess(Process process, Uri url, System.Text.StringBuilder errors) =>
        (_process, Url, _errors) = (process, url, errors);

    /// <summary>What it has logged so far, line by line.</summary>
    public string[] Log
    {
        get
        {
            lock (_errors)
                return _errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    public Uri Url { get; }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public static string Executable =>
        Environment.GetEnvironmentVariable("MILLRACE_PROGRAM")
        ?? Path.Combine(Repository.Root, "artifacts/publish/Host/release/millrace");

    /// <summary>Starts `millrace serve` and returns when it is serving.</summary>
    public static async Task<ProgramProcess> Serve(
        string connection,
        double leaseSeconds = 2,
        params (string Name, string Value)[] environment
    )
    {
        Assert.True(File.Exists(Executable), $"{Executable} is missing; bin/test publishes it.");
        var start = new ProcessStartInfo(Executable, "serve")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["MILLRACE_DATABASE"] = connection;
        start.Environment["MILLRACE_URL"] = "http://127.0.0.1:0";
        start.Environment["MILLRACE_LOG"] = "Warning";
        start.Environment["MILLRACE_LEASE_SECONDS"] = FormattableString.Invariant($"{leaseSeconds}");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        var errors = new System.Text.StringBuilder();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
                errors.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
        const string serving = "Millrace serves at ";
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            if (line.StartsWith(serving, StringComparison.Ordinal))
            {
                // Keeps the pipe empty for the rest of its life.
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new ProgramProcess(process, new Uri(line[serving.Length..]), errors);
            }
        throw new InvalidOperationException($"The program ended before it served: {errors}");
    }

    /// <summary>Runs a command of the program to its end.</summary>
    public static async Task<(int Exit, string Text)> Run(string command, string connection)
    {
        Assert.True(File.Exists(Executable), $"{Executable} is missing; bin/test publishes it.");
        var start = new ProcessStartInfo(Executable, command)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["MILLRACE_DATABASE"] = connection;
        using var program = Process.Start(start)!;
        var (output, errors) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (program.ExitCode, $"{await errors}\n{await output}");
    }

    public void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    /// <summary>SIGKILL, and gone.</summary>
    public async Task KillHard()
    {
        if (!_process.HasExited)
            Signal(SIGKILL);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillHard();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
