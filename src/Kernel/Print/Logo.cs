using System.Buffers.Binary;

namespace Millrace.Kernel;

/// <summary>A picture small enough to stand on every page: what it unpacks to is known before it is unpacked.</summary>
public static class Logo
{
    private const int LargestBytes = 1024 * 1024;
    private const int LargestSide = 2000;

    /// <summary>The picture, or why it cannot be a logo.</summary>
    public static async Task<byte[]> Of(Db db, Guid attachment, DocumentRef owner)
    {
        var file = await Attachments.One(db, attachment);
        if ((file.DocumentType, file.DocumentId) != (owner.Type, owner.Id))
            throw Refused.Missing("file", attachment);
        if (file.MediaType is not ("image/png" or "image/jpeg"))
            throw new Refused("logo.unsuitable", $"{file.Name} is {file.MediaType}. A logo is a PNG or a JPEG.");
        if (file.Size > LargestBytes)
            throw new Refused("logo.unsuitable", $"{file.Name} has {file.Size / 1024} kB. A logo has at most 1,024 kB.");
        var bytes = await AttachmentContent.Whole(db, attachment);
        var (width, height) = Size(bytes);
        return width is > 0 and <= LargestSide && height is > 0 and <= LargestSide
            ? bytes
            : throw new Refused(
                "logo.unsuitable",
                $"{file.Name} is {width} × {height} points. A logo has at most {LargestSide} × {LargestSide}."
            );
    }

    internal static (int Width, int Height) Size(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 24 && bytes[0] == 0x89)
            return (BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]));
        // A JPEG is a row of segments; the frame's (C0 to CF, without C4, C8 and CC) tells the size.
        for (var at = 2; at + 9 < bytes.Length && bytes[at] == 0xFF; )
        {
            var marker = bytes[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (
                    BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..])
                );
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }
        return (0, 0);
    }
}
