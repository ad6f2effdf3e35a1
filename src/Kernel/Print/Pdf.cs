using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Drawing.Layout;
using PdfSharp.Pdf;

namespace Millrace.Kernel;

/// <summary>Prints to PDF, A4 upright, with the letterhead on the first page and "1 / 3" at the foot of each.</summary>
public sealed class Pdf : IDisposable
{
    private const int Margin = 42;
    private const int RowPadding = 4;
    private const int LineHeight = 12;
    private const int MostLines = 3;

    private static readonly XPen Rule = new(XColor.FromArgb(150, 150, 150), 1);
    private static readonly XBrush Grey = new XSolidBrush(XColor.FromArgb(90, 90, 90));
    private static readonly XBrush Shade = new XSolidBrush(XColor.FromArgb(240, 240, 240));

    private readonly PdfDocument _document = new();
    private readonly Printout _out;
    private readonly XFont _plain = Fonts.Sans(9, bold: false);
    private readonly XFont _bold = Fonts.Sans(9, bold: true);
    private readonly XFont _small = Fonts.Sans(8, bold: false);
    private readonly XFont _title = Fonts.Sans(15, bold: true);
    private XGraphics? _drawing;
    private XUnitPt _at;

    private Pdf(Printout printout) => _out = printout;

    public static byte[] Print(Printout printout)
    {
        if (printout.Rows.Count > Printout.MostRows)
            throw new Refused(
                "print.too_long",
                $"This has {printout.Rows.Count} lines; at most {Printout.MostRows} are printed. Narrow it with a filter.",
                new { lines = printout.Rows.Count }
            );
        using var pdf = new Pdf(printout);
        return pdf.Run();
    }

    public void Dispose()
    {
        _drawing?.Dispose();
        _document.Dispose();
    }

    private XGraphics Page => _drawing!;

    private int Width => (int)Page.PageSize.Width - (2 * Margin);

    private int Bottom => (int)Page.PageSize.Height - Margin - (2 * LineHeight);

    private byte[] Run()
    {
        _document.Info.Title = $"{_out.Title} {_out.Letterhead.Name}";
        NewPage();
        Head();
        TableHead();
        foreach (var row in _out.Rows)
            Row(row, _plain);
        if (_out.Totals is not null)
        {
            Page.DrawLine(Rule, Margin, _at, Margin + Width, _at);
            Row(_out.Totals, _bold);
        }
        _drawing?.Dispose();
        Foot();
        using var stream = new MemoryStream();
        _document.Save(stream, closeStream: false);
        return stream.ToArray();
    }

    private void NewPage()
    {
        _drawing?.Dispose();
        var page = _document.AddPage();
        page.Size = PageSize.A4;
        _drawing = XGraphics.FromPdfPage(page);
        _at = XUnitPt.FromPoint(Margin);
    }

    private void Head()
    {
        if (_out.Letterhead.Logo is { } bytes)
        {
            using var logo = XImage.FromStream(new MemoryStream(bytes));
            var scale = Math.Min(160 / logo.PointWidth, 60 / logo.PointHeight);
            var (width, height) = (logo.PointWidth * scale, logo.PointHeight * scale);
            Page.DrawImage(logo, Margin + Width - width, Margin, width, height);
        }
        Line(_out.Letterhead.Name, _bold, XBrushes.Black, 14);
        foreach (var line in _out.Letterhead.Lines.Take(8))
            Line(line, _small, Grey, 11);
        _at = XUnitPt.FromPoint(Math.Max(_at, Margin + 66));
        Line(_out.Title, _title, XBrushes.Black, 26);
        foreach (var (label, text) in _out.Facts)
        {
            Page.DrawString(label, _plain, Grey, Margin, _at + 9);
            Page.DrawString(Fit(text, _plain, Width - 120), _plain, XBrushes.Black, Margin + 120, _at + 9);
            _at += 14;
        }
        _at += 10;
    }

    private void Line(string text, XFont font, XBrush brush, int height)
    {
        Page.DrawString(Fit(text, font, Width - 180), font, brush, Margin, _at + height - 4);
        _at += height;
    }

    private void TableHead()
    {
        Page.DrawRectangle(Shade, Margin, _at, Width, LineHeight + (2 * RowPadding));
        Row([.. _out.Columns.Select(column => column.Title)], _bold);
    }

    private void Row(IReadOnlyList<string> cells, XFont font)
    {
        var lines = cells.Select((cell, at) => Wrap(cell, font, WidthOf(at) - 8)).ToList();
        var height = (lines.Max(cell => cell.Count) * LineHeight) + (2 * RowPadding);
        if (_at + height > Bottom)
        {
            NewPage();
            TableHead();
        }
        var left = XUnitPt.FromPoint(Margin);
        for (var column = 0; column < cells.Count; column++)
        {
            var width = WidthOf(column);
            var format = _out.Columns[column].IsNumber ? XStringFormats.TopRight : XStringFormats.TopLeft;
            for (var at = 0; at < lines[column].Count; at++)
                Page.DrawString(
                    lines[column][at],
                    font,
                    XBrushes.Black,
                    new XRect(left + 4, _at + RowPadding + (at * LineHeight), width - 8, LineHeight),
                    format
                );
            left += width;
        }
        _at += height;
        Page.DrawLine(Rule, Margin, _at, Margin + Width, _at);
    }

    // Known only when all pages are there.
    private void Foot()
    {
        for (var at = 0; at < _document.PageCount; at++)
        {
            using var page = XGraphics.FromPdfPage(_document.Pages[at]);
            var box = new XRect(Margin, page.PageSize.Height - Margin, page.PageSize.Width - (2 * Margin), LineHeight);
            page.DrawString(_out.Footer, _small, Grey, box, XStringFormats.TopLeft);
            page.DrawString($"{at + 1} / {_document.PageCount}", _small, Grey, box, XStringFormats.TopRight);
        }
    }

    private int WidthOf(int column) => Width * _out.Columns[column].Share / 100;

    private List<string> Wrap(string text, XFont font, int width)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
            if (lines[^1].Length == 0)
                lines[^1] = word;
            else if (Page.MeasureString($"{lines[^1]} {word}", font).Width <= width)
                lines[^1] += $" {word}";
            else if (lines.Count < MostLines)
                lines.Add(word);
            else
                lines[^1] += $" {word}";
        return lines.ConvertAll(line => Fit(line, font, width));
    }

    private string Fit(string text, XFont font, int width)
    {
        if (Page.MeasureString(text, font).Width <= width)
            return text;
        var (low, high) = (0, text.Length);
        while (low < high)
            if (Page.MeasureString($"{text[..((low + high + 1) / 2)]}…", font).Width <= width)
                low = (low + high + 1) / 2;
            else
                high = ((low + high + 1) / 2) - 1;
        return $"{text[..low]}…";
    }
}
