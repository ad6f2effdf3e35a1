using System.Text;

namespace Millrace.Kernel;

/// <summary>A font of one file: it measures, remembers which glyphs were used, and writes itself with only those.</summary>
internal sealed class PdfFont(TrueType font, string name, string face)
{
    private readonly SortedDictionary<int, int> _used = [];

    internal string Name => name;

    /// <summary>How wide a text is, in tenths of a point.</summary>
    internal int Measure(string text, int size) =>
        text.EnumerateRunes().Sum(one => font.Width(font.Glyph(one.Value))) * size / 100;

    /// <summary>As much of a text as has room, with a sign that there is more.</summary>
    internal string Fit(string text, int size, int room)
    {
        if (Measure(text, size) <= room)
            return text;
        var (low, high) = (0, text.Length);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Measure($"{text[..middle]}…", size) <= room ? (middle, high) : (low, middle - 1);
        }
        return $"{text[..low]}…";
    }

    /// <summary>The text as glyph numbers.</summary>
    internal string Hex(string text)
    {
        var hex = new StringBuilder();
        foreach (var letter in text.EnumerateRunes())
        {
            var glyph = font.Glyph(letter.Value);
            _used.TryAdd(glyph, letter.Value);
            hex.Append(glyph.ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
        }
        return hex.ToString();
    }

    internal int Write(Func<string, int> add, PdfFile.AddStream stream)
    {
        // Six letters before the name say that it is a subset.
        var called = $"MILLRA+{face}";
        var bytes = font.Subset(_used.Keys);
        var file = stream($"/Length1 {bytes.Length}", bytes, compress: true);
        var descriptor = add(
            $"<< /Type /FontDescriptor /FontName /{called} /Flags 4 /FontBBox [{string.Join(' ', font.Box)}] /ItalicAngle 0 "
                + $"/Ascent {font.Ascent} /Descent {font.Descent} /CapHeight {font.Ascent} /StemV 80 /FontFile2 {file} 0 R >>"
        );
        var widths = string.Join(' ', _used.Keys.Select(glyph => $"{glyph} [{font.Width(glyph)}]"));
        var descendant = add(
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{called} /CIDToGIDMap /Identity /DW 600 /W [{widths}] "
                + $"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R >>"
        );
        var letters = stream("", Encoding.ASCII.GetBytes(Letters()), compress: true);
        return add(
            $"<< /Type /Font /Subtype /Type0 /BaseFont /{called} /Encoding /Identity-H "
                + $"/DescendantFonts [{descendant} 0 R] /ToUnicode {letters} 0 R >>"
        );
    }

    // From glyphs back to letters, a hundred to a block as the format wants it.
    private string Letters()
    {
        var map = new StringBuilder(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) "
                + "/Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
                + "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        );
        foreach (var block in _used.Chunk(100))
        {
            map.Append(System.Globalization.CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (glyph, letter) in block)
                map.Append(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(new Rune(letter).ToString()))}>\n"
                );
            map.Append("endbfchar\n");
        }
        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end").ToString();
    }
}
