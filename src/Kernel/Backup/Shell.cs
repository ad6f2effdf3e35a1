using System.Diagnostics;

namespace Millrace.Kernel;

/// <summary>A pipe of well-known tools failed, or one of them is not installed.</summary>
public sealed class ToolFailed(string sentence) : Exception(sentence);

/// <summary>
/// Pipes of other programs, every part of which must succeed. What is given to them is $1, $2, … and never part of the line.
/// </summary>
internal static class Shell
{
    private const int MostHeard = 4000;

    /// <summary>Runs to the end and answers with what was printed; standard error is passed on line by line.</summary>
    internal static async Task<string> Run(
        string line,
        string[] arguments,
        CancellationToken stop,
        string? input = null,
        IReadOnlyDictionary<string, string>? environment = null,
        Action<string>? heard = null
    )
    {
        var start = new ProcessStartInfo("/bin/bash")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        foreach (var word in (string[])["-o", "pipefail", "-c", line, "millrace", .. arguments])
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(stop);
            var errors = Listen(process.StandardError, heard, stop);
            await process.StandardInput.WriteAsync(input.AsMemory(), stop);
            process.StandardInput.Close();
            await process.WaitForExitAsync(stop);
            var said = await errors;
            return process.ExitCode == 0 ? await output : throw new ToolFailed(Sentence(process.ExitCode, said));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Refuses with the way to install what is missing.</summary>
    internal static async Task Need(CancellationToken stop, params string[] tools)
    {
        foreach (var tool in tools)
            try
            {
                await Run("command -v \"$1\"", [tool], stop);
            }
            catch (ToolFailed)
            {
                throw new ToolFailed($"{tool} is missing. On Debian, as root: apt-get install {string.Join(' ', tools)}");
            }
    }

    // Progress comes in parts that end with a carriage return.
    private static async Task<string> Listen(StreamReader errors, Action<string>? heard, CancellationToken stop)
    {
        var said = "";
        while (await errors.ReadLineAsync(stop) is { } line)
        {
            heard?.Invoke(line);
            said = $"{said}{line}\n";
            if (said.Length > MostHeard)
                said = said[^MostHeard..];
        }
        return said.Trim();
    }

    private static string Sentence(int code, string said) =>
        said.Length > 0 ? said : $"A tool ended with {code} and said nothing.";
}
