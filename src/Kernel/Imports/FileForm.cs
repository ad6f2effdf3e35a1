using System.Globalization;
using System.Text;

namespace Millrace.Kernel;

/// <summary>How a file is written: what separates its values, how numbers and dates look.</summary>
public sealed record FileForm(
    [property: OneOf("csv", "xlsx")] string Format,
    [property: OneOf(",", ";", "\t", "|")] string Separator,
    [property: OneOf("utf-8", "utf-16", "utf-16be", "windows-1254")] string Encoding,
    bool DecimalComma,
    [property: OneOf("dmy", "mdy", "ymd")] string Dates
)
{
    private static readonly string[] Separators = [";", ",", "\t", "|"];

    internal Encoding Letters => System.Text.Encoding.GetEncoding(Encoding);

    static FileForm() => System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>What the beginning of a file tells.</summary>
    internal static FileForm Guess(ReadOnlySpan<byte> head, bool whole)
    {
        if (head.StartsWith("PK"u8))
            return new FileForm("xlsx", ",", "utf-8", false, "ymd");
        var encoding =
            head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? "utf-16"
            : head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? "utf-16be"
            : IsUtf8(head, whole) ? "utf-8"
            : "windows-1254";
        var form = new FileForm("csv", ",", encoding, false, "dmy");
        var text = form.Letters.GetString(head);
        var lines = text.Split('\n', 12)[..^1] is { Length: > 0 } full ? full : [text];
        var separator = Separators.MaxBy(one => lines.Min(line => line.Split(one).Length))!;
        // With semicolons come decimal commas: a comma can only be one where it does not separate.
        return form with { Separator = separator, DecimalComma = separator == ";" };
    }

    // Up to the last whole letter: what was cut off at the end of the piece is no fault.
    private static bool IsUtf8(ReadOnlySpan<byte> head, bool whole)
    {
        for (var cut = 0; cut <= (whole ? 0 : 3) && cut <= head.Length; cut++)
            if (System.Text.Unicode.Utf8.IsValid(head[..^cut]))
                return true;
        return false;
    }

    internal decimal? Number(string text)
    {
        var plain = text.Replace(" ", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        var (point, group) = DecimalComma ? (',', '.') : ('.', ',');
        var parts = plain.Split(point);
        if (
            parts.Length > 2
            || (parts.Length == 2 && parts[1].Contains(group, StringComparison.Ordinal))
            || !IsGrouped(parts[0], group)
        )
            return null;
        var digits = parts[0].Replace(group.ToString(), "", StringComparison.Ordinal) + (parts.Length == 2 ? "." + parts[1] : "");
        return decimal.TryParse(
            digits,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
    }

    // 1.234.567 is grouped; 1.5 where a comma is the decimal sign is a mistake, and not fifteen.
    private static bool IsGrouped(string whole, char group)
    {
        var groups = whole.TrimStart('-', '+').Split(group);
        return groups.Length == 1 || (groups[0].Length is > 0 and <= 3 && groups.Skip(1).All(one => one.Length == 3));
    }

    internal DateOnly? Date(string text)
    {
        string[] ways = Dates switch
        {
            "mdy" => ["M/d/yyyy", "M-d-yyyy", "M.d.yyyy"],
            "dmy" => ["d.M.yyyy", "d/M/yyyy", "d-M-yyyy"],
            _ => [],
        };
        return DateOnly.TryParseExact(
            text,
            [.. ways, "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        )
            ? date
            : null;
    }
}
