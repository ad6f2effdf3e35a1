namespace Millrace.Kernel;

/// <summary>The pair of keys of a backup folder. What encrypts lies in it; what opens belongs to another place.</summary>
internal static class BackupKey
{
    /// <summary>Makes folder and keys at the first backup. A folder that has a key keeps it.</summary>
    internal static async Task MakeOnce(BackupFolder folder, BackupSettings settings, CancellationToken stop)
    {
        Link(folder, settings);
        Directory.CreateDirectory(folder.Wal);
        Directory.CreateDirectory(folder.Bases);
        if (!folder.IsSetUp)
        {
            if (!File.Exists(settings.KeyFile))
                await Shell.Run("umask 077 && age-keygen -o \"$1\"", [settings.KeyFile], stop);
            var recipient = await Shell.Run("age-keygen -y \"$1\"", [settings.KeyFile], stop);
            await File.WriteAllTextAsync(folder.Recipient, recipient, stop);
        }
        // The server itself writes the log, and reads the key it is encrypted with.
        if (settings.Directory is { } directory && PrivatePostgres.At(directory).User is { } user)
            await Shell.Run(
                "chown \"$1\" \"$2\" \"$3\" && chmod 700 \"$2\" && chmod 644 \"$4\"",
                [user, folder.FullPath + "/", folder.Wal, folder.Recipient],
                stop
            );
    }

    /// <summary>The private key, or how to get on without the file.</summary>
    internal static string Open(string file)
    {
        if (!File.Exists(file))
            throw new ToolFailed(
                $"The key {file} is missing. Name your copy of it with --key FILE; without it a backup cannot be read."
            );
        SecretKeys.MustBePrivate(file);
        return file;
    }

    // A folder named once is remembered: the server goes on writing into it, whatever it is started with.
    private static void Link(BackupFolder folder, BackupSettings settings)
    {
        var given = BackupSettings.Given(BackupSettings.FolderVariable);
        if (settings.Directory is null || given is null)
        {
            Directory.CreateDirectory(folder.FullPath);
            return;
        }
        var wanted = Path.GetFullPath(given);
        Directory.CreateDirectory(wanted);
        var link = new DirectoryInfo(folder.FullPath);
        if (!link.Exists)
            Directory.CreateSymbolicLink(folder.FullPath, wanted);
        else if (link.LinkTarget != wanted && Path.GetFullPath(folder.FullPath) != wanted)
            throw new ToolFailed(
                $"{folder.FullPath} is in use for backups already. Move it to {wanted}, put a link in its place, "
                    + "then try again."
            );
    }
}
