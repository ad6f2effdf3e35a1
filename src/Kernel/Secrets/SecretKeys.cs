using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Millrace.Kernel;

/// <summary>
/// Where keys come from: MILLRACE_KEYS, or the file named by MILLRACE_KEYS_FILE, which nobody else may read.
/// One key is <c>id:base64</c>; several stand on lines or behind commas, the newest last.
/// </summary>
public static partial class SecretKeys
{
    public const string Variable = "MILLRACE_KEYS";
    public const string FileVariable = "MILLRACE_KEYS_FILE";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Secrets FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return new Secrets(Parse(given, Variable));
        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file)
            return new Secrets(Read(file));
        return new Secrets([]);
    }

    /// <summary>Makes the key file of an installation that has none yet, unless the environment names another.</summary>
    public static void MakeOnce(string file)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 })
            return;
        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 })
            return;
        if (!File.Exists(file))
            Append(file);
        Environment.SetEnvironmentVariable(FileVariable, file);
    }

    /// <summary>The keys in use as they are written in a key file, for a backup; nothing when there are none.</summary>
    internal static string? Text() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given
        : Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file && File.Exists(file) ? File.ReadAllText(file)
        : null;

    /// <summary>Puts keys out of a backup in their place; another file that was there is kept beside it.</summary>
    internal static void Restore(string file, string text)
    {
        if (File.Exists(file) && File.ReadAllText(file).Trim() != text.Trim())
            File.Move(file, file + ".before", overwrite: true);
        Write(file, text.TrimEnd() + "\n");
    }

    /// <summary>Adds a new key behind the others; from the next start on it is the one that seals.</summary>
    public static string Append(string file)
    {
        var key = new SecretKey(Guid.CreateVersion7().ToString("N"), RandomNumberGenerator.GetBytes(32));
        var known = File.Exists(file) ? File.ReadAllText(file).TrimEnd() + "\n" : "";
        Write(file, $"{known}{key.Id}:{Convert.ToBase64String(key.Bytes)}\n");
        return key.Id;
    }

    private static void Write(string file, string text)
    {
        // Beside it and then in its place: a crash in between leaves the old file whole.
        var fresh = file + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Private;
        using (var stream = new FileStream(fresh, options))
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.Write(text);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }
        File.Move(fresh, file, overwrite: true);
    }

    public static IReadOnlyList<SecretKey> Read(string file)
    {
        if (!File.Exists(file))
            throw new BadKeys($"The key file {file} is missing. Restore it: without it no secret in the database can be read.");
        MustBePrivate(file);
        return Parse(File.ReadAllText(file), file);
    }

    /// <summary>Refuses a key's file that others may use.</summary>
    internal static void MustBePrivate(string file)
    {
        var mode = new FileInfo(file).UnixFileMode;
        if ((mode & ~(Private | UnixFileMode.UserExecute)) != UnixFileMode.None)
            throw new BadKeys(
                $"The key file {file} may be used by others (mode {Convert.ToString((int)mode, 8)}). "
                    + $"Make it private: chmod 600 {file}"
            );
    }

    public static IReadOnlyList<SecretKey> Parse(string text, string source)
    {
        var keys = text.Split((char[])['\n', '\r', ',', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select((entry, at) => Key(entry, at + 1, source))
            .ToList();
        if (keys.Count == 0)
            throw new BadKeys($"{source} holds no key. A key is id:base64 with 32 random bytes.");
        if (keys.GroupBy(key => key.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new BadKeys($"{source} holds two keys named {twice.Key}. Names must differ.");
        return keys;
    }

    private static SecretKey Key(string entry, int at, string source)
    {
        var bytes = new byte[33];
        return
            entry.Split(':', 2) is [var id, var base64]
            && Id().IsMatch(id)
            && Convert.TryFromBase64String(base64, bytes, out var length)
            && length == 32
            ? new SecretKey(id, bytes[..32])
            : throw new BadKeys(
                $"Key {at} of {source} cannot be read. A key is id:base64 with 32 random bytes, such as from: "
                    + "echo \"k1:$(head -c 32 /dev/urandom | base64)\""
            );
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,40}$", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
