using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>RFC 9457, with a stable code for programs and a sentence for people.</summary>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string RequestId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Facts = null
)
{
    /// <summary>Why a request was refused, for the log.</summary>
    public static string? CodeOf(HttpContext http) => http.Features.Get<Refusal>()?.Code;

    /// <summary>The code of an answer that has another form than a problem, for the log.</summary>
    public static void Note(HttpContext http, string code) => http.Features.Set(new Refusal(code));

    private sealed record Refusal(string Code);

    public static async Task Write(
        HttpContext http,
        int status,
        string code,
        string detail,
        IReadOnlyDictionary<string, string[]>? errors = null,
        object? facts = null
    )
    {
        var problem = new Problem(
            $"/problems/{code}",
            TitleOf(status),
            status,
            detail,
            code,
            Kernel.RequestId.Of(http),
            errors,
            facts
        );
        Note(http, code);
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status503ServiceUnavailable || code == "idempotency.running")
            http.Response.Headers.RetryAfter = "1";
        http.Response.ContentType = "application/problem+json";
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem, Wire.Options));
    }

    private static string TitleOf(int status) =>
        status switch
        {
            400 => "The request is not valid",
            401 => "Sign in first",
            403 => "Not permitted",
            404 => "Not found",
            405 => "Not possible here",
            409 => "Refused",
            412 => "Changed by somebody else",
            413 => "Too large",
            415 => "Unknown content type",
            422 => "The key belongs to another request",
            428 => "Say which version you change",
            429 => "Too many requests",
            503 => "Busy, try again",
            504 => "Took too long",
            _ when status < 500 => "The request cannot be answered",
            _ => "A fault of the program",
        };
}
