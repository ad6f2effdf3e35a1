using System.Buffers.Binary;
using System.IO.Compression;

namespace Millrace.Kernel;

/// <summary>A picture as a PDF takes it: a JPEG as it is, a PNG as plain points on white paper.</summary>
internal sealed record Picture(int Width, int Height, int Colours, bool IsJpeg, byte[] Bytes)
{
    private const int LargestSide = 2000;

    /// <summary>Its size is known, and bounded, before anything is unpacked; nothing when it cannot be printed.</summary>
    internal static Picture? Read(byte[] file)
    {
        try
        {
            return file is [0x89, ..] ? Png(file) : Jpeg(file);
        }
        catch (Exception broken) when (broken is InvalidDataException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    // A JPEG is a row of segments; the frame's (C0 to CF, without C4, C8 and CC) tells the size and the colours.
    private static Picture? Jpeg(byte[] file)
    {
        for (var at = 2; at + 9 < file.Length && file[at] == 0xFF; at += 2 + U16(file, at + 2))
            if (file[at + 1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                var (width, height, colours) = (U16(file, at + 7), U16(file, at + 5), file[at + 9]);
                return Fits(width, height) && colours is 1 or 3 ? new Picture(width, height, colours, true, file) : null;
            }
        return null;
    }

    // Eight bits, not interlaced: grey, colours or a palette, with or without transparency.
    private static Picture? Png(byte[] file)
    {
        var (width, height) = (I32(file, 16), I32(file, 20));
        if (!Fits(width, height) || file[24] != 8 || file[28] != 0 || file[25] is not (0 or 2 or 3 or 4 or 6))
            return null;
        var (packed, palette) = (new MemoryStream(), Array.Empty<byte>());
        for (var at = 8; at + 8 < file.Length; at += 12 + I32(file, at))
            if (file.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
                packed.Write(file, at + 8, I32(file, at));
            else if (file.AsSpan(at + 4, 4).SequenceEqual("PLTE"u8))
                palette = file[(at + 8)..(at + 8 + I32(file, at))];
        var each = file[25] switch
        {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };
        packed.Position = 0;
        using var points = new ZLibStream(packed, CompressionMode.Decompress);
        var lines = new byte[height][];
        for (var y = 0; y < height; y++)
            lines[y] = Line(points, y == 0 ? new byte[width * each] : lines[y - 1], each);
        return new Picture(width, height, 3, false, [.. lines.SelectMany(line => OnWhite(line, each, file[25], palette))]);
    }

    // Each line says by which of five rules its bytes differ from their neighbours.
    private static byte[] Line(ZLibStream points, byte[] above, int each)
    {
        var rule = points.ReadByte();
        var line = new byte[above.Length];
        points.ReadExactly(line);
        for (var x = 0; x < line.Length; x++)
        {
            var (left, corner) = x >= each ? (line[x - each], above[x - each]) : ((byte)0, (byte)0);
            line[x] += (byte)(
                rule switch
                {
                    1 => left,
                    2 => above[x],
                    3 => (left + above[x]) / 2,
                    4 => Paeth(left, above[x], corner),
                    _ => 0,
                }
            );
        }
        return line;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var (toLeft, toAbove, toCorner) = (
            Math.Abs(above - corner),
            Math.Abs(left - corner),
            Math.Abs(left + above - (2 * corner))
        );
        return toLeft <= toAbove && toLeft <= toCorner ? left
            : toAbove <= toCorner ? above
            : corner;
    }

    private static IEnumerable<byte> OnWhite(byte[] line, int each, byte kind, byte[] palette)
    {
        for (var x = 0; x < line.Length; x += each)
        {
            var alpha = each is 2 or 4 ? line[x + each - 1] : 255;
            for (var colour = 0; colour < 3; colour++)
            {
                var value = kind == 3 ? palette[(line[x] * 3) + colour] : line[x + (each >= 3 ? colour : 0)];
                yield return (byte)(((value * alpha) + (255 * (255 - alpha))) / 255);
            }
        }
    }

    private static bool Fits(int width, int height) => width is > 0 and <= LargestSide && height is > 0 and <= LargestSide;

    private static int U16(byte[] file, int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    private static int I32(byte[] file, int at) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
}
