using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Millrace.Kernel;

/// <summary>
/// A file as it was attached, streamed part by part. Each part is read in a transaction of its own, because content never
/// changes and a slow reader must not hold one open.
/// </summary>
internal sealed class AttachmentContent(Dbs dbs, DbScope scope, Attachments.Row file) : IResult
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/attachments/{id:guid}/content", Run)
            .Needs(Attachments.Read)
            .Reads()
            .ProducesProblem(404)
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .WithRequestTimeout(Longest)
            .WithSummary("A file, to be saved");

    private static async Task<IResult> Run(HttpContext http, Db db, Dbs dbs, DocumentTypes types, Guid id)
    {
        var file = await Attachments.One(db, id);
        types.MaySee(http, file.DocumentType);
        return new AttachmentContent(dbs, db.Scope, file);
    }

    /// <summary>A whole file, for what is small and known to be, such as a logo.</summary>
    internal static async Task<byte[]> Whole(Db db, Guid id)
    {
        var parts = await db.Query<byte[]>(
            $"select content from kernel.attachment_part where attachment_id = {id} order by part_no limit 20"
        );
        return [.. parts.SelectMany(part => part)];
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        SafeDownload.Say(httpContext, file.MediaType, file.Name, file.Size);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var last = (file.Size - 1) / Attachments.PartSize;
        for (var at = 0; at <= last; at++)
        {
            var part = await Part(at);
            hash.AppendData(part);
            // Before the last byte leaves: a reader never takes for whole what is not what was attached.
            if (at == last && Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Hash)
                throw new InvalidOperationException($"The content of the file {file.Id} is not what its hash says.");
            await httpContext.Response.Body.WriteAsync(part, httpContext.RequestAborted);
        }
    }

    private async Task<byte[]> Part(int at)
    {
        await using var db = dbs.Open(scope);
        var part = await db.One<byte[]>(
            $"select content from kernel.attachment_part where attachment_id = {file.Id} and part_no = {at}"
        );
        await db.Commit();
        return part;
    }
}

/// <summary>Headers with which a browser saves a file and never shows or runs it as a page of ours.</summary>
internal static class SafeDownload
{
    internal static void Say(HttpContext http, string mediaType, string name, long? size)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        var headers = http.Response.Headers;
        headers.ContentType = mediaType;
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "private, no-store";
        headers.ContentLength = size;
    }
}
