using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Millrace.Kernel;

/// <summary>A TrueType font of the program's own: which glyph a letter has, how wide it is, and a subset to embed.</summary>
internal sealed class TrueType
{
    private static readonly ConcurrentDictionary<string, TrueType> Loaded = new();

    private readonly byte[] _file;
    private readonly Dictionary<string, (int At, int Length)> _tables = [];
    private readonly Dictionary<int, int> _glyphs = [];
    private readonly int _count;
    private readonly int _widths;

    private TrueType(byte[] file)
    {
        _file = file;
        for (var at = 0; at < U16(4); at++)
        {
            var entry = 12 + (at * 16);
            _tables[System.Text.Encoding.ASCII.GetString(_file, entry, 4)] = (I32(entry + 8), I32(entry + 12));
        }
        UnitsPerEm = U16(_tables["head"].At + 18);
        Box = [.. Enumerable.Range(0, 4).Select(n => Scaled(I16(_tables["head"].At + 36 + (n * 2))))];
        Ascent = Scaled(I16(_tables["hhea"].At + 4));
        Descent = Scaled(I16(_tables["hhea"].At + 6));
        _widths = U16(_tables["hhea"].At + 34);
        _count = U16(_tables["maxp"].At + 4);
        ReadLetters();
    }

    internal int UnitsPerEm { get; }
    internal int[] Box { get; }
    internal int Ascent { get; }
    internal int Descent { get; }

    internal static TrueType Load(string face) =>
        Loaded.GetOrAdd(
            face,
            static name =>
            {
                using var stream = typeof(TrueType).Assembly.GetManifestResourceStream($"Kernel/Fonts/{name}.ttf")!;
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                return new TrueType(bytes.ToArray());
            }
        );

    /// <summary>The glyph of a letter; 0 is the empty box of letters the font does not have.</summary>
    internal int Glyph(int letter) => _glyphs.GetValueOrDefault(letter);

    /// <summary>In thousandths of the font's size.</summary>
    internal int Width(int glyph) => Scaled(U16(_tables["hmtx"].At + (Math.Min(glyph, _widths - 1) * 4)));

    /// <summary>The font with the outlines of these glyphs only; every glyph keeps its number.</summary>
    internal byte[] Subset(IEnumerable<int> used)
    {
        var keep = new SortedSet<int> { 0 };
        foreach (var glyph in used)
            Add(keep, glyph);
        var (outlines, places) = (new MemoryStream(), new byte[(_count + 1) * 4]);
        for (var glyph = 0; glyph <= _count; glyph++)
        {
            BinaryPrimitives.WriteInt32BigEndian(places.AsSpan(glyph * 4), (int)outlines.Length);
            if (glyph < _count && keep.Contains(glyph))
            {
                var (at, length) = Outline(glyph);
                outlines.Write(_file, at, length);
                outlines.Write(new byte[(4 - (length % 4)) % 4]);
            }
        }
        var head = Table("head");
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1); // long places
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["glyf"] = outlines.ToArray(),
            ["loca"] = places,
            ["head"] = head,
        };
        foreach (var name in (string[])["cvt ", "fpgm", "hhea", "hmtx", "maxp", "prep"])
            if (_tables.ContainsKey(name))
                tables[name] = Table(name);
        return Assemble(tables);
    }

    // A glyph may be put together from others: ğ from g and its breve.
    private void Add(SortedSet<int> keep, int glyph)
    {
        if (!keep.Add(glyph))
            return;
        var (at, length) = Outline(glyph);
        if (length == 0 || I16(at) >= 0)
            return;
        for (int part = at + 10, flags = 0x20; (flags & 0x20) != 0; )
        {
            flags = U16(part);
            Add(keep, U16(part + 2));
            var scale =
                (flags & 0x08) != 0 ? 2
                : (flags & 0x40) != 0 ? 4
                : (flags & 0x80) != 0 ? 8
                : 0;
            part += 4 + ((flags & 0x01) != 0 ? 4 : 2) + scale;
        }
    }

    private (int At, int Length) Outline(int glyph)
    {
        var (loca, glyf) = (_tables["loca"].At, _tables["glyf"].At);
        var isLong = I16(_tables["head"].At + 50) == 1;
        int Place(int n) => isLong ? I32(loca + (n * 4)) : U16(loca + (n * 2)) * 2;
        return (glyf + Place(glyph), Place(glyph + 1) - Place(glyph));
    }

    private static byte[] Assemble(SortedDictionary<string, byte[]> tables)
    {
        using var file = new MemoryStream();
        void Write32(int value) => file.Write([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
        void Write16(int value) => file.Write([(byte)(value >> 8), (byte)value]);
        var power = 1 << System.Numerics.BitOperations.Log2((uint)tables.Count);
        Write32(0x00010000);
        Write16(tables.Count);
        Write16(power * 16);
        Write16(System.Numerics.BitOperations.Log2((uint)tables.Count));
        Write16((tables.Count - power) * 16);
        var at = 12 + (tables.Count * 16);
        foreach (var (name, bytes) in tables)
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(name));
            Write32(Sum(bytes));
            Write32(at);
            Write32(bytes.Length);
            at += (bytes.Length + 3) / 4 * 4;
        }
        foreach (var bytes in tables.Values)
        {
            file.Write(bytes);
            file.Write(new byte[(4 - (bytes.Length % 4)) % 4]);
        }
        return file.ToArray();
    }

    private static int Sum(byte[] bytes)
    {
        var sum = 0;
        for (var at = 0; at < bytes.Length; at++)
            sum = unchecked(sum + (bytes[at] << (24 - (at % 4 * 8))));
        return sum;
    }

    // The table of letters of the basic plane (format 4), which holds every letter of the languages here.
    private void ReadLetters()
    {
        var cmap = _tables["cmap"].At;
        var at = Enumerable
            .Range(0, U16(cmap + 2))
            .Select(n => cmap + I32(cmap + 4 + (n * 8) + 4))
            .First(table => U16(table) == 4);
        var twice = U16(at + 6);
        for (var segment = 0; segment < twice; segment += 2)
        {
            var (last, first) = (U16(at + 14 + segment), U16(at + 16 + twice + segment));
            var (delta, place) = (U16(at + 16 + (twice * 2) + segment), at + 16 + (twice * 3) + segment);
            for (var letter = first; letter <= last && letter < 0xFFFF; letter++)
            {
                var glyph = U16(place) == 0 ? letter : U16(place + U16(place) + ((letter - first) * 2));
                if (glyph != 0 || U16(place) == 0)
                    _glyphs[letter] = (glyph + delta) & 0xFFFF;
            }
        }
    }

    private byte[] Table(string name) => _file[_tables[name].At..(_tables[name].At + _tables[name].Length)];

    private int Scaled(int units) => units * 1000 / UnitsPerEm;

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    private int I16(int at) => BinaryPrimitives.ReadInt16BigEndian(_file.AsSpan(at));

    private int I32(int at) => BinaryPrimitives.ReadInt32BigEndian(_file.AsSpan(at));
}
