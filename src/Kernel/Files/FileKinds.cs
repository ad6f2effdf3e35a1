using System.Text;

namespace Millrace.Kernel;

/// <summary>
/// The kinds of files that are taken. The name's ending, the declared type and the first bytes must tell the same;
/// what a browser would run (HTML, SVG, scripts) is not among them. Archives are kept as they are and never unpacked; their
/// lists of contents are read (<see cref="Archives"/>).
/// </summary>
internal static class FileKinds
{
    /// <summary>How much of a file's beginning is looked at.</summary>
    internal const int Head = 64 * 1024;

    private const string Any = "application/octet-stream";
    internal const string Zip = "application/zip";
    internal const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    internal const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    internal const string Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    internal const string Odt = "application/vnd.oasis.opendocument.text";
    internal const string Ods = "application/vnd.oasis.opendocument.spreadsheet";

    private sealed record Kind(string MediaType, string Extensions, Func<byte[], bool> Looks, params string[] AlsoCalled);

    private static readonly Kind[] All =
    [
        new("application/pdf", "pdf", head => Has(head, "%PDF-"u8)),
        new("image/png", "png", head => Has(head, [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A])),
        new("image/jpeg", "jpg jpeg", head => Has(head, [0xFF, 0xD8, 0xFF]), "image/jpg", "image/pjpeg"),
        new("image/gif", "gif", head => Has(head, "GIF87a"u8) || Has(head, "GIF89a"u8)),
        new("image/webp", "webp", head => Has(head, "RIFF"u8) && Has(head, "WEBP"u8, 8)),
        new("image/tiff", "tif tiff", head => Has(head, [.. "II*"u8, 0]) || Has(head, [.. "MM"u8, 0, .. "*"u8])),
        new(Zip, "zip", IsZip, "application/x-zip-compressed"),
        new(Docx, "docx", IsZip),
        new(Xlsx, "xlsx", IsZip),
        new(Pptx, "pptx", IsZip),
        new(Odt, "odt", IsZip),
        new(Ods, "ods", IsZip),
        new("application/msword", "doc", IsOle),
        new("application/vnd.ms-excel", "xls", IsOle),
        new("image/vnd.dwg", "dwg", head => Has(head, "AC10"u8), "application/acad", "image/x-dwg"),
        new("image/vnd.dxf", "dxf", IsText, "application/dxf", "text/plain"),
        new("model/step", "step stp", head => Has(head, "ISO-10303-21"u8), "application/step", "text/plain"),
        new("text/plain", "txt log", IsText),
        new("text/csv", "csv", IsText, "text/plain", "application/vnd.ms-excel", "application/csv"),
        new("application/json", "json", IsText, "text/plain"),
        new("application/xml", "xml", head => IsText(head) && Has(head, "<"u8, Bom(head)), "text/xml", "text/plain"),
        new("message/rfc822", "eml", IsText, "text/plain"),
    ];

    private static readonly string Taken = string.Join(", ", All.Select(one => one.Extensions.Replace(" ", ", ", Ordinal)));

    /// <summary>What the file is, or why it is not taken.</summary>
    internal static string Judge(string name, string declared, byte[] head)
    {
        var ending = name.LastIndexOf('.') is >= 0 and var dot ? name[(dot + 1)..].ToLowerInvariant() : "";
        var kind =
            All.FirstOrDefault(one => one.Extensions.Split(' ').Contains(ending))
            ?? throw new Refused(
                "attachment.kind_unknown",
                $"{name} is of a kind that is not taken. Taken are: {Taken}. Others can be packed into a zip.",
                new { name }
            );
        var said = declared.Split(';')[0].Trim().ToLowerInvariant();
        if (said is not ("" or Any) && said != kind.MediaType && !kind.AlsoCalled.Contains(said))
            throw Lies(name, $"is sent as {said}, but its name says {kind.MediaType}");
        if (!kind.Looks(head))
            throw Lies(name, $"does not begin as {kind.MediaType} does");
        return kind.MediaType;
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    internal static Refused Lies(string name, string how) =>
        new("attachment.type_lies", $"{name} {how}. Save it anew in the right format and attach that.", new { name });

    private static bool Has(byte[] head, ReadOnlySpan<byte> mark, int at = 0) =>
        head.Length >= at + mark.Length && head.AsSpan(at, mark.Length).SequenceEqual(mark);

    private static bool IsZip(byte[] head) => Has(head, [.. "PK"u8, 3, 4]);

    private static bool IsOle(byte[] head) => Has(head, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    private static int Bom(byte[] head) => Has(head, [0xEF, 0xBB, 0xBF]) ? 3 : 0;

    // Letters in UTF-8 or in an old Turkish or Western encoding; no control characters, and no page for a browser.
    private static bool IsText(byte[] head) =>
        !head.Any(one => one is < 32 and not (9 or 10 or 12 or 13))
        && !Has(head, "%PDF-"u8)
        && Encoding.Latin1.GetString(head, 0, Math.Min(head.Length, 1024)).TrimStart().ToLowerInvariant() is var start
        && !((string[])["<!doctype html", "<html", "<script", "<svg", "#!"]).Any(mark => start.Contains(mark, Ordinal));
}
