namespace Millrace.Kernel;

/// <summary>Prints to PDF, A4 upright, with the letterhead on the first page and "1 / 3" at the foot of each.</summary>
public sealed class Pdf
{
    // Tenths of a point.
    private const int Margin = 420;
    private const int Padding = 40;
    private const int LineHeight = 120;
    private const int Bottom = PdfFile.Height - Margin - (2 * LineHeight);
    private const int Inner = PdfFile.Width - (2 * Margin);
    private const int MostLines = 3;
    private const int Grey = 35;

    private readonly PdfFile _file = new();
    private readonly PdfFont _plain;
    private readonly PdfFont _bold;
    private readonly Printout _out;
    private int _at;

    private Pdf(Printout printout)
    {
        _out = printout;
        (_plain, _bold) = (_file.AddFont("DejaVuSans"), _file.AddFont("DejaVuSans-Bold"));
    }

    public static byte[] Print(Printout printout)
    {
        if (printout.Rows.Count > Printout.MostRows)
            throw new Refused(
                "print.too_long",
                $"This has more than {Printout.MostRows} lines, which is the most that is printed. Narrow it with a filter."
            );
        return new Pdf(printout).Run();
    }

    private byte[] Run()
    {
        NewPage();
        Head();
        TableHead();
        foreach (var row in _out.Rows)
            Row(row, _plain);
        if (_out.Totals is not null)
            Row(_out.Totals, _bold);
        // Known only when all pages are there.
        for (var page = 0; page < _file.PageCount; page++)
        {
            var number = FormattableString.Invariant($"{page + 1} / {_file.PageCount}");
            var footer = _plain.Fit(_out.Footer, 8, Inner - 800);
            _file.Text(_plain, 8, Grey, Margin, PdfFile.Height - Margin + 80, footer, page);
            var left = PdfFile.Width - Margin - _plain.Measure(number, 8);
            _file.Text(_plain, 8, Grey, left, PdfFile.Height - Margin + 80, number, page);
        }
        return _file.Save($"{_out.Title} {_out.Letterhead.Name}");
    }

    private void NewPage()
    {
        _file.AddPage();
        _at = Margin;
    }

    private void Head()
    {
        if (_out.Letterhead.Logo is { } bytes && Picture.Read(bytes) is { } logo)
        {
            _file.SetPicture(logo);
            // At most 160 × 60 points, in its own proportions.
            var height = Math.Min(600, 1600 * logo.Height / logo.Width);
            var width = height * logo.Width / logo.Height;
            _file.Picture(PdfFile.Width - Margin - width, Margin, width, height);
        }
        Line(_out.Letterhead.Name, _bold, 9, 0, 140);
        foreach (var line in _out.Letterhead.Lines.Take(8))
            Line(line, _plain, 8, Grey, 110);
        _at = Math.Max(_at, Margin + 660);
        Line(_out.Title, _bold, 15, 0, 280);
        foreach (var (label, text) in _out.Facts)
        {
            _file.Text(_plain, 9, Grey, Margin, _at + 90, label);
            _file.Text(_plain, 9, 0, Margin + 1200, _at + 90, _plain.Fit(text, 9, Inner - 1200));
            _at += 140;
        }
        _at += 100;
    }

    private void Line(string text, PdfFont font, int size, int grey, int height)
    {
        _file.Text(font, size, grey, Margin, _at + height - 40, font.Fit(text, size, Inner - 1800));
        _at += height;
    }

    private void TableHead()
    {
        _file.Box(Margin, _at, Inner, LineHeight + (2 * Padding));
        Row([.. _out.Columns.Select(column => column.Title)], _bold);
    }

    private void Row(IReadOnlyList<string> cells, PdfFont font)
    {
        var lines = cells.Select((cell, at) => Wrap(cell, font, WidthOf(at) - (2 * Padding))).ToList();
        var height = (lines.Max(cell => cell.Count) * LineHeight) + (2 * Padding);
        if (_at + height > Bottom)
        {
            NewPage();
            TableHead();
        }
        var left = Margin;
        for (var column = 0; column < cells.Count; column++)
        {
            foreach (var (at, text) in lines[column].Index())
            {
                var right = left + WidthOf(column) - Padding - font.Measure(text, 9);
                var place = _out.Columns[column].IsNumber ? right : left + Padding;
                _file.Text(font, 9, 0, place, _at + Padding + (at * LineHeight) + 90, text);
            }
            left += WidthOf(column);
        }
        _at += height;
        _file.Line(Margin, Margin + Inner, _at);
    }

    private int WidthOf(int column) => Inner * _out.Columns[column].Share / 100;

    private static List<string> Wrap(string text, PdfFont font, int width)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
            if (lines[^1].Length == 0)
                lines[^1] = word;
            else if (lines.Count == MostLines || font.Measure($"{lines[^1]} {word}", 9) <= width)
                lines[^1] += $" {word}";
            else
                lines.Add(word);
        return lines.ConvertAll(line => font.Fit(line, 9, width));
    }
}
