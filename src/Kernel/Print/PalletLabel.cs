namespace Millrace.Kernel;

/// <summary>
/// The label of a pallet as GS1 has it, 105 × 148 mm: whose it is and what is on it for people, its number for scanners.
/// </summary>
public sealed record PalletLabel(string From, string At, IReadOnlyList<string> Lines, string Sscc)
{
    /// <summary>As many lines as there is room for.</summary>
    public const int MostLines = 12;

    // Tenths of a point.
    private const int Width = 2976;
    private const int Height = 4195;
    private const int Margin = 140;
    private const int Room = Width - (2 * Margin);

    // 32 mm, so that a fork lift's scanner finds them.
    private const int BarsHeight = 907;

    // Bars that say of what kind the number is; it comes behind that.
    private string Scanned => "00" + Sscc;

    public byte[] Print()
    {
        var file = new PdfFile(Width, Height);
        var (plain, bold) = (file.AddFont("DejaVuSans"), file.AddFont("DejaVuSans-Bold"));
        file.AddPage();
        file.Text(bold, 14, 0, Margin, Margin + 140, bold.Fit(From, 14, Room));
        file.Text(plain, 10, 0, Margin, Margin + 290, plain.Fit(At, 10, Room));
        file.Bar(Margin, Margin + 360, Room, 10);
        foreach (var (at, line) in Lines.Take(MostLines).Index())
            file.Text(plain, 10, 0, Margin, Margin + 530 + (at * 150), plain.Fit(line, 10, Room));
        file.Bar(Margin, Height - BarsHeight - 780, Room, 10);
        file.Text(plain, 9, 0, Margin, Height - BarsHeight - 620, "SSCC");
        file.Text(bold, 17, 0, Margin, Height - BarsHeight - 420, Sscc);
        Bars.Draw(file, Code128.Widths(Scanned, ofGs1: true), Width, widest: 16, Height - BarsHeight - 280, BarsHeight);
        var shown = $"(00) {Sscc}";
        file.Text(plain, 10, 0, (Width - plain.Measure(shown, 10)) / 2, Height - 140, shown);
        return file.Save(Sscc);
    }
}
