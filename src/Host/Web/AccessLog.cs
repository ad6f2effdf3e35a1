using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>
/// One line per request of the API under its request id: what was asked, by whom and from where, and what came of it. A refusal
/// has its code, so that guessed passwords, replayed codes and forbidden doors are found by it.
/// </summary>
internal sealed class AccessLog(RequestDelegate next, TimeProvider clock, ILogger<AccessLog> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var began = clock.GetTimestamp();
        await next(http);
        if (log.IsEnabled(LogLevel.Information) && !http.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal))
            log.LogInformation(
                "{Method} {Path} {Status} {Milliseconds} {Code} {Address} {Tenant} {Actor}",
                http.Request.Method,
                http.Request.Path.Value,
                http.Response.StatusCode,
                (long)clock.GetElapsedTime(began).TotalMilliseconds,
                Problem.CodeOf(http) ?? "-",
                http.Connection.RemoteIpAddress,
                Caller.Of(http)?.Tenant,
                Caller.Of(http)?.Actor
            );
    }
}
