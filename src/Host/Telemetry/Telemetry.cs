using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Millrace.Host;

/// <summary>
/// Gathers the metrics of the program, of ASP.NET, of Npgsql and of the runtime; and, when there is a collector, traces of
/// every request down to its statements.
/// </summary>
internal sealed class Telemetry : IHostedService, IDisposable
{
    private const int MostSeries = 5000;
    private readonly PrometheusText _text = new();
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _metrics;
    private readonly TracerProvider? _traces;

    public Telemetry(TelemetrySettings settings)
    {
        var resource = ResourceBuilder
            .CreateDefault()
            .AddService("millrace", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3));
        _reader = new BaseExportingMetricReader(_text);
        var metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("Millrace.*")
            .AddMeter(
                "Microsoft.AspNetCore.Hosting",
                "Microsoft.AspNetCore.Server.Kestrel",
                "Microsoft.AspNetCore.Http.Connections"
            )
            .AddMeter("Npgsql", "System.Runtime")
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = MostSeries })
            .AddReader(_reader);
        if (settings.Exports)
        {
            metrics.AddOtlpExporter();
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource("Microsoft.AspNetCore", "Npgsql")
                .AddOtlpExporter()
                .Build();
        }
        _metrics = metrics.Build();
    }

    internal string Scrape() => _text.Scrape();

    // Only so that it is made with the program, not with the first request.
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics.Dispose();
        _reader.Dispose();
        _text.Dispose();
    }
}

internal static class TelemetryHost
{
    internal static void AddTelemetry(this IServiceCollection services)
    {
        services.TryAddSingleton(new TelemetrySettings());
        services.AddSingleton<Telemetry>();
        services.AddHostedService(all => all.GetRequiredService<Telemetry>());
    }
}
