namespace Millrace.Kernel;

/// <summary>Bars in the middle of a label, as wide as fits.</summary>
internal static class Bars
{
    // Tenths of a point: what is thinner no scanner reads.
    private const int Thinnest = 5;

    // Ten modules on either side stay white. A text too long for bars that can be read has none.
    internal static void Draw(PdfFile file, int[] widths, int sheet, int widest, int top, int height)
    {
        var module = Math.Min(widest, (sheet - 100) / (widths.Sum() + 20));
        if (module < Thinnest)
            return;
        var left = (sheet - (widths.Sum() * module)) / 2;
        foreach (var (at, width) in widths.Index())
        {
            if (at % 2 == 0)
                file.Bar(left, top, width * module, height);
            left += width * module;
        }
    }
}
