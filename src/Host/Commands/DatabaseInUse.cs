using System.Security.Cryptography;
using System.Text;
using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>
/// The database this run works on: the one named by MILLRACE_DATABASE, or a private server that is started when needed.
/// </summary>
internal sealed class DatabaseInUse : IAsyncDisposable
{
    private readonly PrivatePostgres? _private;

    private DatabaseInUse(string connection, PrivatePostgres? own) => (Connection, _private) = (connection, own);

    internal string Connection { get; }

    internal static async Task<DatabaseInUse> Find(Action<string> progress)
    {
        if (Environment.GetEnvironmentVariable("MILLRACE_DATABASE") is { Length: > 0 } given)
            return new DatabaseInUse(given, null);
        var own = await PrivatePostgres.Start(Directory(), progress: progress);
        SecretKeys.MakeOnce(Path.Combine(own.Directory, "keys"));
        return new DatabaseInUse(own.ConnectionString, own);
    }

    /// <summary>Where its backups go, or how to say so.</summary>
    internal BackupSettings Backups() =>
        BackupSettings.FromEnvironment(_private?.Directory)
        ?? throw new ToolFailed(
            $"For a server of your own name the folder in {BackupSettings.FolderVariable} and the key's file in "
                + $"{BackupSettings.KeyVariable} (docs/OPERATIONS.md)."
        );

    /// <summary>The same, where none is no mistake.</summary>
    internal BackupSettings? BackupsIfAny() => BackupSettings.FromEnvironment(_private?.Directory);

    /// <summary>Where old days of its log go.</summary>
    internal LogRetention Retention() => LogRetention.FromEnvironment(_private?.Directory);

    public async ValueTask DisposeAsync()
    {
        if (_private is { StartedHere: true })
            await _private.Stop();
    }

    // As root the server runs as another user, who may not be able to enter this folder.
    internal static string Directory()
    {
        if (Environment.GetEnvironmentVariable("MILLRACE_DATA") is { Length: > 0 } given)
            return Path.GetFullPath(given);
        var here = Path.GetFullPath("data");
        if (here.Length <= 80 && (Environment.UserName != "root" || EverybodyMayEnter(Path.GetDirectoryName(here)!)))
            return here;
        var state =
            Environment.UserName == "root"
                ? "/var/lib"
                : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(here)))[..8];
        return Path.Combine(state, $"millrace-{name}");
    }

    private static bool EverybodyMayEnter(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (!at.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return false;
        return true;
    }
}
