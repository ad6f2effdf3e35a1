using System.Globalization;
using System.Runtime.InteropServices;

namespace Millrace.Bench;

/// <summary>What the operating system knows about a process and the machine.</summary>
internal static partial class Machine
{
    internal const int Terminate = 15;

    /// <summary>Resident memory of a process in MB: now (VmRSS) or the most it ever had (VmHWM).</summary>
    internal static double Memory(int process, string field) =>
        File.ReadLines($"/proc/{process}/status")
            .Where(line => line.StartsWith($"{field}:", StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))
            .Single() / 1024.0;

    /// <summary>Processor time of a process so far, in hundredths of a second.</summary>
    internal static long Ticks(int process)
    {
        // Behind the name, which may hold anything: the 12th and 13th field are utime and stime.
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    internal static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    internal static void Signal(int process, int signal)
    {
        if (Kill(process, signal) != 0)
            throw new InvalidOperationException($"The process {process} could not be given the signal {signal}.");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
