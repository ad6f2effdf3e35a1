using System.Diagnostics;

namespace Millrace.Host;

/// <summary>Names the span of a request by its route, and ties it to the request id of logs and events.</summary>
internal sealed class RequestSpan(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (Activity.Current is { IsAllDataRequested: true } span)
        {
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            span.DisplayName = route is null ? http.Request.Method : $"{http.Request.Method} {route}";
            span.SetTag("millrace.request_id", http.TraceIdentifier);
        }
        return next(http);
    }
}
