using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>Keeps the raw body of keyed requests, so that "the same request" means the same bytes.</summary>
public sealed class Fingerprint(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<KeyRequired>() is not null)
        {
            // Bounded by Kestrel's body limit; malformed keys are refused before a byte of the body is read.
            _ = IdempotencyKey.Of(http);
            var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            body.Position = 0;
            http.Request.Body = body;
        }
        await next(http);
    }

    /// <summary>SHA-256 of method, path, query, content type and raw body.</summary>
    internal static byte[] Of(HttpContext http)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var request = http.Request;
        foreach (var part in (string?[])[request.Method, request.Path.Value, request.QueryString.Value, request.ContentType])
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part ?? ""));
            hash.AppendData([0]);
        }
        var body = (MemoryStream)request.Body;
        hash.AppendData(body.GetBuffer().AsSpan(0, (int)body.Length));
        return hash.GetHashAndReset();
    }
}
