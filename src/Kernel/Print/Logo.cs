namespace Millrace.Kernel;

/// <summary>A company's picture on its paper: small, and of a kind that can be printed.</summary>
public static class Logo
{
    private const int LargestBytes = 1024 * 1024;

    /// <summary>The picture, or why it cannot be a logo.</summary>
    public static async Task<byte[]> Of(Db db, Guid attachment, DocumentRef owner)
    {
        var file = await Attachments.One(db, attachment);
        if ((file.DocumentType, file.DocumentId) != (owner.Type, owner.Id))
            throw Refused.Missing("file", attachment);
        if (file.Size > LargestBytes)
            throw new Refused("logo.unsuitable", $"{file.Name} has {file.Size / 1024} kB. A logo has at most 1024 kB.");
        var bytes = await AttachmentContent.Whole(db, attachment);
        return file.MediaType is "image/png" or "image/jpeg" && Picture.Read(bytes) is not null
            ? bytes
            : throw new Refused(
                "logo.unsuitable",
                $"{file.Name} cannot be printed. A logo is a JPEG or a PNG (8 bits, not interlaced) of at most 2000 × 2000."
            );
    }
}
