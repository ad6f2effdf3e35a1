using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Millrace.Kernel;

/// <summary>
/// What the list of contents of a zip says, without unpacking it: whether it is the office file it is named, whether it holds a
/// program, and whether it would burst whoever opens it.
/// </summary>
internal static class Archives
{
    private const int MostEntries = 10_000;
    private const long MostBytes = 1_000_000_000;
    private const long Harmless = 100_000_000;
    private const long MostTimes = 200;
    private const long LongestList = 4 * 1024 * 1024;

    /// <summary>The part without which an office file is none.</summary>
    private static readonly Dictionary<string, string> MainParts = new(StringComparer.Ordinal)
    {
        [FileKinds.Docx] = "word/document.xml",
        [FileKinds.Xlsx] = "xl/workbook.xml",
        [FileKinds.Pptx] = "ppt/presentation.xml",
        [FileKinds.Odt] = "content.xml",
        [FileKinds.Ods] = "content.xml",
    };

    internal static bool Is(string kind) => kind == FileKinds.Zip || MainParts.ContainsKey(kind);

    internal static void Judge(string name, string kind, Stream file)
    {
        var most = file.Length;
        if (ListOf(file) is not var (entries, list))
            throw Unreadable(name, kind);
        if (entries > MostEntries || list > LongestList)
            throw Bomb(name, $"more than {MostEntries} entries, or a list of them that is itself too long");
        try
        {
            file.Position = 0;
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            Bursts(name, zip, most);
            if (kind != FileKinds.Zip)
                Office(name, kind, zip);
        }
        catch (InvalidDataException)
        {
            throw Unreadable(name, kind);
        }
    }

    /// <summary>What the end of the file says: how many entries there are, and how long their list may be.</summary>
    private static (int Entries, long List)? ListOf(Stream file)
    {
        const int shortest = 22;
        var tail = new byte[(int)Math.Min(file.Length, shortest + ushort.MaxValue)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + shortest > tail.Length)
            return null;
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
        return (BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10)), Math.Max(0, file.Length - start));
    }

    private static void Bursts(string name, ZipArchive zip, long size)
    {
        var (whole, packed) = (0m, 0m);
        foreach (var entry in zip.Entries)
            (whole, packed) = (whole + entry.Length, packed + entry.CompressedLength);
        if (
            zip.Entries.Count > MostEntries
            || whole > MostBytes
            || packed > size
            || (whole > Harmless && whole > MostTimes * size)
        )
            throw Bomb(
                name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{zip.Entries.Count} entries that would unpack to {whole / 1_000_000:N0} MB from {size / 1_000_000m:0.0} MB"
                )
            );
    }

    private static Refused Bomb(string name, string what) =>
        new(
            "attachment.bomb",
            $"{name} has {what}. Taken are {MostEntries} entries and {MostBytes / 1_000_000} MB; attach what is meant alone.",
            new { name }
        );

    private static void Office(string name, string kind, ZipArchive zip)
    {
        if (zip.Entries.FirstOrDefault(IsMacro) is { } macro)
            throw new Refused(
                "attachment.macro",
                $"{name} holds a program ({Shown(macro.FullName)}). Save it without macros and attach that.",
                new { name }
            );
        var isOpen = kind is FileKinds.Odt or FileKinds.Ods;
        if (zip.GetEntry(MainParts[kind]) is null || (isOpen ? SaidBy(zip) != kind : zip.GetEntry("[Content_Types].xml") is null))
            throw FileKinds.Lies(name, $"does not hold what {kind} does");
    }

    private static bool IsMacro(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)
        || entry.FullName.StartsWith("Basic/", StringComparison.OrdinalIgnoreCase)
        || entry.FullName.StartsWith("Scripts/", StringComparison.OrdinalIgnoreCase);

    // No more of it than such a name is long.
    private static string? SaidBy(ZipArchive zip)
    {
        if (zip.GetEntry("mimetype") is not { } entry)
            return null;
        using var open = entry.Open();
        var text = new byte[100];
        return Encoding.ASCII.GetString(text, 0, open.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)).Trim();
    }

    private static string Shown(string path) => path.Length <= 60 ? path : path[..60];

    private static Refused Unreadable(string name, string kind) =>
        FileKinds.Lies(name, kind == FileKinds.Zip ? "is no zip that can be read" : $"is no {kind} that can be read");
}
