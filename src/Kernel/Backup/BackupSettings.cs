using System.Globalization;

namespace Millrace.Kernel;

/// <summary>Where backups go, the private key that opens them, how many are kept, how fast they may read.</summary>
public sealed record BackupSettings(string Folder, string KeyFile)
{
    public const string FolderVariable = "MILLRACE_BACKUP";
    public const string KeyVariable = "MILLRACE_BACKUP_KEY";
    private const string KeepVariable = "MILLRACE_BACKUP_KEEP";
    private const string RateVariable = "MILLRACE_BACKUP_RATE";

    public int Keep { get; init; } = 7;

    /// <summary>Megabytes a second that a backup may read, so that those who work do not wait for it.</summary>
    public int Rate { get; init; } = 64;

    /// <summary>Where the program's own server has its directory; nothing for a server of somebody else's.</summary>
    public string? Directory { get; init; }

    /// <summary>
    /// From the environment. The program's own server has them beside its data when nothing else is said; for another server both
    /// must be named, and without it there are no backups by this program.
    /// </summary>
    public static BackupSettings? FromEnvironment(string? directory)
    {
        var folder = Given(FolderVariable);
        var key = Given(KeyVariable);
        if (directory is null && (folder is null || key is null))
            return null;
        return new BackupSettings(
            directory is null ? Path.GetFullPath(folder!) : Archiving.FolderOf(directory).FullPath,
            Path.GetFullPath(key ?? Path.Combine(directory!, "backup.key"))
        )
        {
            Directory = directory,
            Keep = Number(KeepVariable, 1, 1000) ?? 7,
            Rate = Number(RateVariable, 1, 1000) ?? 64,
        };
    }

    internal static string? Given(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? text : null;

    private static int? Number(string variable, int least, int most) =>
        Given(variable) is not { } text ? null
        : int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new InvalidOperationException($"{variable} is {text}. It must be a number from {least} to {most}.");
}
