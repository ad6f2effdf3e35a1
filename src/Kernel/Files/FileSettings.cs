using System.Diagnostics;
using System.Globalization;

namespace Millrace.Kernel;

/// <summary>How large a file may be, how many may arrive at once, and what looks for viruses in them.</summary>
public sealed record FileSettings
{
    public long LargestBytes { get; init; } = 25 * 1024 * 1024;

    /// <summary>Uploads of one process at the same time.</summary>
    public int MostAtOnce { get; init; } = 16;

    /// <summary>Looks at a file by its path; answers with what it has found, or with nothing.</summary>
    public Func<string, CancellationToken, Task<string?>>? Scan { get; init; }

    /// <summary>From MILLRACE_LARGEST_FILE_MB and MILLRACE_SCAN_COMMAND (see docs/OPERATIONS.md).</summary>
    internal static FileSettings FromEnvironment()
    {
        var settings = new FileSettings();
        if (
            int.TryParse(Environment.GetEnvironmentVariable("MILLRACE_LARGEST_FILE_MB"), CultureInfo.InvariantCulture, out var mb)
        )
            settings = settings with { LargestBytes = Math.Clamp(mb, 1, 1024) * 1024L * 1024L };
        return Environment.GetEnvironmentVariable("MILLRACE_SCAN_COMMAND") is { Length: > 0 } command
            ? settings with
            {
                Scan = (path, stop) => RunScan(command.Split(' ', StringSplitOptions.RemoveEmptyEntries), path, stop),
            }
            : settings;
    }

    internal Refused TooLarge() =>
        new(
            "attachment.too_large",
            $"The file is larger than {LargestBytes / (1024 * 1024)} MB. Make it smaller or attach it in parts.",
            new { LargestBytes },
            status: 413
        );

    // 0 is clean and 1 is a find, as clamscan and clamdscan answer; anything else is a scanner that does not work.
    internal static async Task<string?> RunScan(string[] command, string path, CancellationToken stop)
    {
        var start = new ProcessStartInfo(command[0], [.. command[1..], path])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var scanner = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        try
        {
            var found = await scanner.StandardOutput.ReadToEndAsync(patience.Token);
            await scanner.WaitForExitAsync(patience.Token);
            return scanner.ExitCode switch
            {
                0 => null,
                1 => found.Trim(),
                var other => throw new Busy($"The virus scanner ended with {other}. Nothing was kept; try again later."),
            };
        }
        finally
        {
            if (!scanner.HasExited)
                scanner.Kill(entireProcessTree: true);
        }
    }
}
