using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Millrace.Kernel;

/// <summary>
/// As much of the PDF format (ISO 32000-1) as printing takes: pages of text, lines, grey boxes and one picture, with fonts
/// embedded as subsets and a map back to letters, so that the text can be searched and copied.
/// </summary>
internal sealed class PdfFile(int width = PdfFile.Width, int height = PdfFile.Height)
{
    // A4 upright.
    internal const int Width = 5953;
    internal const int Height = 8419;

    private readonly List<byte[]> _objects = [];
    private readonly List<(StringBuilder Content, int Page)> _pages = [];
    private readonly List<PdfFont> _fonts = [];
    private int _picture;

    internal int PageCount => _pages.Count;

    internal PdfFont AddFont(string face)
    {
        var font = new PdfFont(TrueType.Load(face), $"F{_fonts.Count + 1}", face);
        _fonts.Add(font);
        return font;
    }

    internal void AddPage() => _pages.Add((new StringBuilder(), _pages.Count));

    internal void SetPicture(Picture picture) =>
        _picture = Add(
            $"/Type /XObject /Subtype /Image /Width {picture.Width} /Height {picture.Height} /BitsPerComponent 8 "
                + $"/ColorSpace /{(picture.Colours == 1 ? "DeviceGray" : "DeviceRGB")} "
                + (picture.IsJpeg ? "/Filter /DCTDecode" : ""),
            picture.Bytes,
            compress: !picture.IsJpeg
        );

    // Places are in tenths of a point, from the top left.
    internal void Text(PdfFont font, int size, int grey, int left, int baseline, string text, int? page = null) =>
        Draw(
            page,
            $"BT {Shade(grey)} g /{font.Name} {size} Tf 1 0 0 1 {Points(left)} {Points(height - baseline)} Tm "
                + $"<{font.Hex(text)}> Tj ET"
        );

    internal void Line(int left, int right, int at) =>
        Draw(null, $"0.6 G 0.5 w {Points(left)} {Points(height - at)} m {Points(right)} {Points(height - at)} l S");

    internal void Box(int left, int top, int wide, int high) =>
        Draw(null, $"0.94 g {Points(left)} {Points(height - top - high)} {Points(wide)} {Points(high)} re f");

    internal void Bar(int left, int top, int wide, int high) =>
        Draw(null, $"0 g {Points(left)} {Points(height - top - high)} {Points(wide)} {Points(high)} re f");

    internal void Picture(int left, int top, int wide, int high) =>
        Draw(null, $"q {Points(wide)} 0 0 {Points(high)} {Points(left)} {Points(height - top - high)} cm /Logo Do Q");

    internal byte[] Save(string title)
    {
        var fonts = string.Join(' ', _fonts.Select(font => $"/{font.Name} {font.Write(Add, Add)} 0 R"));
        var picture = _picture > 0 ? $"/XObject << /Logo {_picture} 0 R >>" : "";
        var pages = _objects.Count + (_pages.Count * 2) + 1;
        var kids = new List<int>();
        foreach (var (content, _) in _pages)
        {
            var stream = Add("", Encoding.ASCII.GetBytes(content.ToString()), compress: true);
            kids.Add(
                Add(
                    $"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 {Points(width)} {Points(height)}] /Contents {stream} 0 R "
                        + $"/Resources << /Font << {fonts} >> {picture} >> >>"
                )
            );
        }
        Add($"<< /Type /Pages /Count {kids.Count} /Kids [{string.Join(' ', kids.Select(kid => $"{kid} 0 R"))}] >>");
        var catalog = Add($"<< /Type /Catalog /Pages {pages} 0 R >>");
        var info = Add(
            $"<< /Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(title))}> /Producer (Millrace) >>"
        );
        return Whole(catalog, info);
    }

    private byte[] Whole(int catalog, int info)
    {
        using var file = new MemoryStream();
        void Write(string text) => file.Write(Encoding.Latin1.GetBytes(text));
        Write("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");
        var places = new List<long>();
        foreach (var (at, bytes) in _objects.Index())
        {
            places.Add(file.Length);
            Write($"{at + 1} 0 obj\n");
            file.Write(bytes);
            Write("\nendobj\n");
        }
        var table = file.Length;
        Write($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
            Write($"{place.ToString("D10", CultureInfo.InvariantCulture)} 00000 n \n");
        Write($"trailer\n<< /Size {places.Count + 1} /Root {catalog} 0 R /Info {info} 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    private void Draw(int? page, string operation) => _pages[page ?? ^1].Content.Append(operation).Append('\n');

    private int Add(string text)
    {
        _objects.Add(Encoding.Latin1.GetBytes(text));
        return _objects.Count;
    }

    private int Add(string entries, byte[] content, bool compress)
    {
        var bytes = content;
        if (compress)
        {
            using var packed = new MemoryStream();
            using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
                zlib.Write(content);
            bytes = packed.ToArray();
        }
        var filter = compress ? "/Filter /FlateDecode" : "";
        var head = $"<< {entries} {filter} /Length {bytes.Length} >>\nstream\n";
        _objects.Add([.. Encoding.Latin1.GetBytes(head), .. bytes, .. "\nendstream"u8]);
        return _objects.Count;
    }

    internal delegate int AddStream(string entries, byte[] content, bool compress);

    private static string Points(int tenths) => FormattableString.Invariant($"{tenths / 10m:0.0}");

    private static string Shade(int percent) => FormattableString.Invariant($"{percent / 100m:0.00}");
}
