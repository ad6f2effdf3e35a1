namespace Millrace.Host;

/// <summary>One line per request of the API with its outcome and duration, under its request id.</summary>
internal sealed class AccessLog(RequestDelegate next, TimeProvider clock, ILogger<AccessLog> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var began = clock.GetTimestamp();
        await next(http);
        if (log.IsEnabled(LogLevel.Information) && !http.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal))
            log.LogInformation(
                "{Method} {Path} {Status} {Milliseconds}",
                http.Request.Method,
                http.Request.Path.Value,
                http.Response.StatusCode,
                (long)clock.GetElapsedTime(began).TotalMilliseconds
            );
    }
}
