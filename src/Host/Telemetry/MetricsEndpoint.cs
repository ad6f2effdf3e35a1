using System.Net;
using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>
/// What Prometheus scrapes. Only this machine and the networks of MILLRACE_METRICS_FROM see it: a request that a proxy has
/// brought is not from this machine.
/// </summary>
internal static class MetricsEndpoint
{
    internal static void MapMetrics(this IEndpointRouteBuilder app) =>
        app.MapGet("/metrics", Show)
            .Open("Prometheus does not sign in; it is the network from which it asks that is checked.")
            .ExcludeFromDescription();

    private static async Task Show(HttpContext http, Telemetry telemetry, TelemetrySettings settings)
    {
        if (!MayFrom(http, settings))
        {
            await Problem.Write(
                http,
                StatusCodes.Status403Forbidden,
                "metrics.elsewhere",
                $"Metrics are not shown to {http.Connection.RemoteIpAddress}. Name its network in MILLRACE_METRICS_FROM."
            );
            return;
        }
        http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await http.Response.WriteAsync(telemetry.Scrape(), http.RequestAborted);
    }

    private static bool MayFrom(HttpContext http, TelemetrySettings settings)
    {
        if (http.Connection.RemoteIpAddress is not { } address)
            return false;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return (IPAddress.IsLoopback(address) && !http.Request.Headers.ContainsKey("X-Forwarded-For"))
            || settings.MetricsFrom.Any(network => network.Contains(address));
    }
}
