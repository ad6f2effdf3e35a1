using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>An answer as its bytes, which are kept under the key of the request and sent again when it is repeated.</summary>
internal sealed record StoredAnswer(int Status, byte[] Body, bool Replayed) : IResult
{
    internal bool IsSuccess => Status is >= 200 and <= 299;

    internal static StoredAnswer Of(object? result)
    {
        var status = (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        var value = result is IValueHttpResult holder ? holder.Value : result;
        return new StoredAnswer(status, JsonSerializer.SerializeToUtf8Bytes(value, Wire.Options), Replayed: false);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = Body.Length;
        if (Replayed)
            httpContext.Response.Headers["Idempotency-Replayed"] = "true";
        await httpContext.Response.Body.WriteAsync(Body);
    }
}

/// <summary>What is kept of a request under its key.</summary>
internal sealed record KeptAnswer(Guid ClientId, Guid Key, byte[] Fingerprint, short Status, byte[] Body)
{
    /// <summary>The same bytes again, or the refusal that the key was for another request.</summary>
    internal StoredAnswer For(byte[] fingerprint) =>
        Fingerprint.AsSpan().SequenceEqual(fingerprint)
            ? new StoredAnswer(Status, Body, Replayed: true)
            : throw new Refused(
                "idempotency.reused",
                "This Idempotency-Key was used for another request. Take a new key for a new request.",
                status: 422
            );
}
