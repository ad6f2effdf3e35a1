using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>Turns everything that can go wrong into one error format, and keeps what the program got wrong to its log.</summary>
public sealed class Problems(RequestDelegate next, ILogger<Problems> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
                await Bare(http);
        }
        catch (Exception failed)
        {
            if (http.Response.HasStarted)
            {
                log.LogError(failed, "Failed after the answer had begun.");
                http.Abort();
                return;
            }
            if (http.RequestAborted.IsCancellationRequested && failed is OperationCanceledException or IOException)
                return;
            http.Response.Clear();
            http.Response.Headers["X-Request-Id"] = RequestId.Of(http);
            await Answer(http, failed);
        }
    }

    private Task Answer(HttpContext http, Exception failed) =>
        failed switch
        {
            Refused no => No(http, no),
            Invalid invalid => Problem.Write(http, 400, invalid.Code, invalid.Message, invalid.Errors),
            BadHttpRequestException { StatusCode: 413 } => TooLarge(http),
            BadHttpRequestException { StatusCode: 415 } => Unsupported(http),
            InvalidOperationException when IsUnknownCharset(failed) => Unsupported(http),
            BadHttpRequestException { InnerException: JsonException json } => Problem.Write(
                http,
                400,
                "json.malformed",
                "The body cannot be read as the JSON this endpoint expects.",
                ErrorsOf(json)
            ),
            BadHttpRequestException bad => Malformed(http, bad),
            PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } => Problem.Write(
                http,
                400,
                "input.invalid",
                "A text holds the character NUL, which no text may hold. Nothing was written."
            ),
            PostgresException { SqlState: PostgresErrorCodes.NumericValueOutOfRange } => Problem.Write(
                http,
                409,
                "number.too_large",
                "A total would become larger than can be kept. Nothing was written; use smaller figures."
            ),
            Busy busy => Problem.Write(http, 503, "busy", busy.Message),
            PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => Problem.Write(
                http,
                503,
                "busy.locked",
                "Somebody else is working on the same rows and did not finish in time. Nothing was written; try again."
            ),
            PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => Problem.Write(
                http,
                503,
                "busy.slow",
                "The database took too long. Nothing was written; try again."
            ),
            PostgresException { SqlState: "40P01" or "40001" or "57P01" or "57P02" or "57P03" or "53300" } or TimeoutException =>
                Problem.Write(http, 503, "busy", "The database is busy or restarting. Nothing was written; try again."),
            NpgsqlException and ((not PostgresException) or PostgresException { SqlState: Pooler.Gone }) => Problem.Write(
                http,
                503,
                "busy.unavailable",
                "The database cannot be reached. Try again; with the same key nothing is done twice."
            ),
            OperationCanceledException => Problem.Write(http, 504, "timeout", "The request took too long and was given up."),
            _ => Bug(http, failed),
        };

    internal static Task No(HttpContext http, Refused no)
    {
        Counters.Refused(no.Code);
        return Problem.Write(http, no.Status, no.Code, no.Message, facts: no.Facts);
    }

    private static Task TooLarge(HttpContext http) =>
        Problem.Write(http, 413, "body.too_large", "The body is larger than 1 MB. Send the work in smaller parts.");

    private static Task Unsupported(HttpContext http) =>
        Problem.Write(
            http,
            415,
            "media_type.unsupported",
            "This content type is not taken here. Send JSON as application/json in UTF-8; only tokens take a form."
        );

    // The framework takes a charset it cannot decode for a fault of the program and has no type for it.
    private static bool IsUnknownCharset(Exception failed) =>
        failed.Message.StartsWith("Unable to read the request as JSON", StringComparison.Ordinal);

    // The framework's sentence names .NET types; what a caller needs is the name as they wrote it.
    private static Task Malformed(HttpContext http, BadHttpRequestException bad)
    {
        if (bad.StatusCode != 400 || bad.Message.Split('"') is not [_, var parameter, ..])
            return Problem.Write(http, bad.StatusCode, "request.malformed", bad.Message);
        if (bad.Message.Contains("body", StringComparison.Ordinal))
            return Problem.Write(http, 400, "json.malformed", "The body is missing. Send the JSON this endpoint expects.");
        var name = parameter.Split(' ')[^1];
        var sentence = bad.Message.StartsWith("Required", StringComparison.Ordinal)
            ? $"{name} is required."
            : $"{name} does not have the form of such a value.";
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [name] = [sentence] };
        return Problem.Write(http, 400, "input.invalid", sentence, errors);
    }

    private Task Bug(HttpContext http, Exception failed)
    {
        Counters.Fault();
        log.LogError(failed, "A fault of the program in {Method} {Path}.", http.Request.Method, http.Request.Path);
        return Problem.Write(
            http,
            500,
            "internal",
            "Something went wrong that should not have. Nothing was written. "
                + $"Give the request id {RequestId.Of(http)} to your administrator."
        );
    }

    private static Task Bare(HttpContext http) =>
        http.Response.StatusCode switch
        {
            404 => Problem.Write(http, 404, "not_found", "There is nothing at this address."),
            405 => Problem.Write(http, 405, "method.not_allowed", $"{http.Request.Method} is not possible at this address."),
            413 => TooLarge(http),
            415 => Unsupported(http),
            504 => Problem.Write(http, 504, "timeout", "The request took too long and was given up."),
            var status => Problem.Write(http, status, "request.refused", "The request was not accepted."),
        };

    private static Dictionary<string, string[]> ErrorsOf(JsonException json)
    {
        const string missing = "missing required properties including: ";
        var at = json.Message.IndexOf(missing, StringComparison.Ordinal);
        if (at < 0)
            return new(StringComparer.Ordinal) { [Where(json)] = [Sentence(json)] };
        var names = json.Message[(at + missing.Length)..].Split('\'').Where((_, part) => part % 2 == 1);
        return names.ToDictionary(name => name, _ => (string[])["This field is required."], StringComparer.Ordinal);
    }

    // lines[0].quantity as in every other error, not $.lines[0].quantity; the body as a whole is $.
    private static string Where(JsonException json) =>
        json.Path is { } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "$";

    // The framework's sentence names .NET types; the part a caller needs is what and where.
    private static string Sentence(JsonException json) =>
        json.Message.StartsWith("A quantity", StringComparison.Ordinal) ? json.Message.Split(" Path:")[0]
        : json.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "This field is not known here."
        : json.Message.Contains("Duplicate", StringComparison.Ordinal) ? "This field is given twice."
        : json.Message.Contains("could not be converted", StringComparison.Ordinal) ? "The value has the wrong type."
        : "This is not well-formed JSON.";
}

/// <summary>The request itself is wrong; every error at once.</summary>
public sealed class Invalid(string code, string sentence, IReadOnlyDictionary<string, string[]>? errors = null)
    : Exception(sentence)
{
    public string Code { get; } = code;
    public IReadOnlyDictionary<string, string[]>? Errors { get; } = errors;

    public static Invalid Field(string field, string sentence) =>
        new("input.invalid", sentence, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [sentence] });
}
