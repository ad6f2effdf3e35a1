using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace Millrace.Kernel;

/// <summary>The fonts that travel with the program, so that print looks the same on every machine and has every Turkish letter.</summary>
internal static class Fonts
{
    private const string Family = "DejaVu Sans";

    static Fonts() => GlobalFontSettings.FontResolver = new Embedded();

    internal static XFont Sans(int size, bool bold) =>
        new(Family, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular, new XPdfFontOptions(PdfFontEncoding.Unicode));

    private sealed class Embedded : IFontResolver
    {
        public FontResolverInfo? ResolveTypeface(string familyName, bool bold, bool italic) =>
            familyName == Family ? new FontResolverInfo(bold ? "DejaVuSans-Bold" : "DejaVuSans") : null;

        public byte[]? GetFont(string faceName)
        {
            using var stream = typeof(Fonts).Assembly.GetManifestResourceStream($"Kernel/Fonts/{faceName}.ttf");
            if (stream is null)
                return null;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
    }
}
