using QRCoder;

namespace Millrace.Kernel;

/// <summary>
/// A label that is stuck on goods or on a place: what a person reads, what a hand scanner types from the bars, and what the
/// square carries beside it.
/// </summary>
public sealed record Label(string Code, string Title, IReadOnlyList<string> Lines, string Bars, string Square);

/// <summary>Labels of 100 × 50 mm as PDF, one on a page, as label printers take them.</summary>
public static class LabelSheet
{
    /// <summary>More are not printed at once.</summary>
    public const int Most = 500;

    // Tenths of a point.
    private const int Width = 2835;
    private const int Height = 1417;
    private const int Margin = 85;
    private const int Square = 850;
    private const int BarsHeight = 280;

    public static byte[] Print(string title, IReadOnlyList<Label> labels)
    {
        var file = new PdfFile(Width, Height);
        var (plain, bold) = (file.AddFont("DejaVuSans"), file.AddFont("DejaVuSans-Bold"));
        foreach (var label in labels)
        {
            file.AddPage();
            DrawSquare(file, label.Square);
            const int left = Margin + Square + 60;
            const int room = Width - left - Margin;
            file.Text(bold, 13, 0, left, Margin + 130, bold.Fit(label.Code, 13, room));
            file.Text(plain, 8, 0, left, Margin + 260, plain.Fit(label.Title, 8, room));
            foreach (var (at, line) in label.Lines.Index())
                file.Text(bold, 10, 0, left, Margin + 410 + (at * 140), bold.Fit(line, 10, room));
            DrawBars(file, plain, label.Bars);
        }
        return file.Save(title);
    }

    private static void DrawSquare(PdfFile file, string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        // The four modules of quiet around it are the label's own white.
        var modules = data
            .ModuleMatrix.Skip(4)
            .SkipLast(4)
            .Select(row => row.Cast<bool>().Skip(4).SkipLast(4).ToArray())
            .ToArray();
        var size = Square / modules.Length;
        foreach (var (down, row) in modules.Index())
        foreach (var (across, dark) in row.Index())
            if (dark)
                file.Bar(Margin + (across * size), Margin + (down * size), size, size);
    }

    private static void DrawBars(PdfFile file, PdfFont font, string text)
    {
        var shown = font.Fit(text, 8, Width - (2 * Margin));
        file.Text(font, 8, 0, (Width - font.Measure(shown, 8)) / 2, Height - 60, shown);
        if (!Code128.Holds(text))
            return;
        Bars.Draw(file, Code128.Widths(text), Width, widest: 14, Height - 150 - BarsHeight, BarsHeight);
    }
}
