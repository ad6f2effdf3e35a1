namespace Millrace.Kernel;

/// <summary>
/// The write-ahead log on its way into the backup folder, for the program's own PostgreSQL: as soon as <c>backup</c> in its
/// directory (a folder, or a link to one on another disk) has a key. A lost machine loses a minute at the most.
/// </summary>
internal static class Archiving
{
    private const string Script = "archive.sh";

    internal static BackupFolder FolderOf(string directory) => new(Path.Combine(directory, "backup"));

    internal static string SettingsFor(string directory)
    {
        var folder = FolderOf(directory);
        // The mode can only be changed with a restart, the command at any time.
        return folder.IsSetUp
            ? $"""

                archive_mode = on
                archive_command = '"{Place(directory, Script)}" "%p" "%f" "{folder.FullPath}"'
                archive_timeout = 60

                """
            : """

                archive_mode = on
                archive_command = '/bin/true'

                """;
    }

    /// <summary>Puts a script of this version where the server can run it.</summary>
    internal static string Place(string directory, string script)
    {
        var path = Path.Combine(directory, script);
        using var stream = typeof(Archiving).Assembly.GetManifestResourceStream($"Kernel/{script}")!;
        using var reader = new StreamReader(stream);
        // Beside it and then in its place: the server may be about to run the old one.
        File.WriteAllText($"{path}.new", reader.ReadToEnd());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode($"{path}.new", Executable);
        File.Move($"{path}.new", path, overwrite: true);
        return path;
    }

    private const UnixFileMode Executable =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;
}
