using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Millrace.Kernel;

/// <summary>A whole copy of the cluster; with the log from the file <c>FirstWal</c> on, every later moment can be had.</summary>
public sealed record BaseBackup(
    DateTimeOffset BeganAt,
    DateTimeOffset EndedAt,
    string Database,
    string Server,
    string FirstWal,
    long ClusterBytes,
    long Bytes
)
{
    internal string Name => BeganAt.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>
/// Where backups lie: whole copies in <c>base</c>, the write-ahead log in <c>wal</c>, and in <c>recipient</c> the public key with
/// which everything is encrypted. The private key is kept elsewhere.
/// </summary>
public sealed class BackupFolder(string path)
{
    private const string Manifest = "manifest.json";
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEF");

    public string FullPath { get; } = path;
    public string Recipient => Path.Combine(FullPath, "recipient");
    internal string Wal => Path.Combine(FullPath, "wal");
    internal string Bases => Path.Combine(FullPath, "base");

    /// <summary>Once it has a key, the server writes its log here.</summary>
    public bool IsSetUp => File.Exists(Recipient);

    /// <summary>The finished ones, oldest first.</summary>
    public IReadOnlyList<BaseBackup> All() =>
        Directory.Exists(Bases)
            ?
            [
                .. Directory
                    .EnumerateDirectories(Bases)
                    .Select(one => Path.Combine(one, Manifest))
                    .Where(File.Exists)
                    .Select(file => JsonSerializer.Deserialize<BaseBackup>(File.ReadAllText(file), Wire.Options)!)
                    .OrderBy(one => one.BeganAt),
            ]
            : [];

    internal string Of(BaseBackup backup) => Path.Combine(Bases, backup.Name);

    /// <summary>A place to write into; it becomes a backup with <see cref="Finish"/>, and is nothing before.</summary>
    internal string Begin()
    {
        var partial = Path.Combine(Bases, "partial");
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(partial);
        return partial;
    }

    internal void Finish(string partial, BaseBackup backup)
    {
        File.WriteAllText(Path.Combine(partial, Manifest), JsonSerializer.Serialize(backup, Wire.Options));
        Directory.Move(partial, Of(backup));
    }

    /// <summary>Keeps the newest copies and the log from the oldest of them on; answers with what was removed.</summary>
    internal int Prune(int keep)
    {
        var all = All();
        var gone = all.SkipLast(Math.Max(1, keep)).ToList();
        foreach (var old in gone)
            Directory.Delete(Of(old), recursive: true);
        var first = all.SkipWhile(gone.Contains).First().FirstWal;
        foreach (var file in Directory.EnumerateFiles(Wal))
            if (Path.GetFileName(file) is [not '.', ..] name && IsBefore(name, first))
                File.Delete(file);
        return gone.Count;
    }

    // A file is named by its timeline (8 digits) and its place in the log (16); the place alone says what is older.
    private static bool IsBefore(string name, string first) =>
        name.Length > 24
        && name.AsSpan(0, 24).IndexOfAnyExcept(HexDigits) < 0
        && string.CompareOrdinal(name[8..24], first[8..24]) < 0;
}
