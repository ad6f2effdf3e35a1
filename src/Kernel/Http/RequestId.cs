using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Millrace.Kernel;

/// <summary>One id through log, events, answers and problems; the caller's own is kept when it is a plain word.</summary>
public sealed class RequestId(RequestDelegate next, ILogger<RequestId> log)
{
    private const string Header = "X-Request-Id";
    private const int Longest = 64;

    public static string Of(HttpContext http) => http.TraceIdentifier;

    public async Task InvokeAsync(HttpContext http)
    {
        var given = http.Request.Headers[Header];
        http.TraceIdentifier =
            given is [{ Length: > 0 and <= Longest } id]
            && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
                ? id
                : Guid.CreateVersion7().ToString("N");
        http.Response.Headers[Header] = http.TraceIdentifier;
        using (log.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["requestId"] = http.TraceIdentifier }))
            await next(http);
    }
}
