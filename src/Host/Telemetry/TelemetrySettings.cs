using System.Net;
using Millrace.Kernel;

namespace Millrace.Host;

/// <summary>Who may read the metrics, and where else metrics and traces go.</summary>
public sealed record TelemetrySettings
{
    /// <summary>Beside this machine itself.</summary>
    public IReadOnlyList<IPNetwork> MetricsFrom { get; init; } = [];

    /// <summary>An OTLP collector; the SDK reads address, protocol and headers from the OTEL_ variables itself.</summary>
    public bool Exports { get; init; }

    public static TelemetrySettings FromEnvironment() =>
        new()
        {
            MetricsFrom = LimitSettings.Networks("MILLRACE_METRICS_FROM"),
            Exports = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 },
        };
}
