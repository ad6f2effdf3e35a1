using System.Globalization;
using System.IO.Enumeration;

namespace Millrace.Kernel;

/// <summary>
/// The folder of a tenant: <c>in</c> holds files to be taken, <c>done</c> and <c>failed</c> those that were looked at, and
/// <c>out</c> what is sent. What begins with a point, ends in .part or .tmp, or is a link to elsewhere, is left alone.
/// </summary>
internal sealed class DropFolder(ExchangeSettings settings, int tenant, TimeProvider clock)
{
    private const int Most = 100;

    private string Of(string part)
    {
        var root =
            settings.Folder
            ?? throw new Refused(
                "exchange.no_folder",
                "This installation has no folder for files. Its administrator names one in MILLRACE_EXCHANGE."
            );
        return Directory.CreateDirectory(Path.Combine(root, tenant.ToString(CultureInfo.InvariantCulture), part)).FullName;
    }

    /// <summary>Files that wait under such a name, in the order of their names.</summary>
    internal IReadOnlyList<FileInfo> Waiting(string like)
    {
        var rested = clock.GetUtcNow().UtcDateTime - settings.Rest;
        return
        [
            .. new DirectoryInfo(Of("in"))
                .EnumerateFiles()
                .Where(file =>
                    !file.Name.StartsWith('.')
                    && file.Extension is not (".part" or ".tmp")
                    && file.LinkTarget is null
                    && file.LastWriteTimeUtc <= rested
                    && FileSystemName.MatchesSimpleExpression(like, file.Name)
                )
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Take(Most),
        ];
    }

    /// <summary>Puts a file that was looked at aside, under the time at which that was.</summary>
    internal void Away(FileInfo file, string part) =>
        file.MoveTo(Path.Combine(Of(part), $"{Stamp("yyyyMMdd'T'HHmmssfff")}-{file.Name}"), overwrite: true);

    /// <summary>Writes a file that is there whole or not at all; answers with its name.</summary>
    internal async Task<string> Send(ExchangeFiles how, Func<Stream, Task> write)
    {
        var name = $"{Named(how.Name)}.{how.Format}";
        var path = Path.Combine(Of("out"), name);
        var part = Path.Combine(Of("out"), $".{name}.part");
        try
        {
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                await write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
        return name;
    }

    private string Named(string name) =>
        name.Replace("{date}", Stamp("yyyy-MM-dd"), StringComparison.Ordinal)
            .Replace("{time}", Stamp("HHmmss"), StringComparison.Ordinal);

    private string Stamp(string how) => clock.GetUtcNow().ToString(how, CultureInfo.InvariantCulture);
}
