using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Millrace.Tests;

/// <summary>
/// A collector of OTLP over HTTP that reads just enough of the protocol buffers to know spans and names of metrics.
/// </summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    public sealed record Span(string Trace, string Parent, string Name);

    public Uri Url => new(_app.Urls.First());

    public ConcurrentQueue<Span> Spans { get; } = new();

    public ConcurrentDictionary<string, bool> Metrics { get; } = new(StringComparer.Ordinal);

    public static async Task<Collector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var collector = new Collector(app);
        app.MapPost("/v1/traces", http => Take(http, collector.TakeTraces));
        app.MapPost("/v1/metrics", http => Take(http, collector.TakeMetrics));
        await app.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task Take(HttpContext http, Action<byte[]> take)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        take(body.ToArray());
        http.Response.ContentType = "application/x-protobuf";
    }

    // resource_spans (1) / scope_spans (2) / spans (2): trace_id (1), parent_span_id (4), name (5)
    private void TakeTraces(byte[] body)
    {
        foreach (var span in Fields(body, 1).SelectMany(one => Fields(one, 2)).SelectMany(one => Fields(one, 2)))
            Spans.Enqueue(
                new Span(
                    Convert.ToHexStringLower(Fields(span, 1).Single()),
                    Convert.ToHexStringLower(Fields(span, 4).SingleOrDefault() ?? []),
                    Encoding.UTF8.GetString(Fields(span, 5).Single())
                )
            );
    }

    // resource_metrics (1) / scope_metrics (2) / metrics (2): name (1)
    private void TakeMetrics(byte[] body)
    {
        foreach (var metric in Fields(body, 1).SelectMany(one => Fields(one, 2)).SelectMany(one => Fields(one, 2)))
            Metrics[Encoding.UTF8.GetString(Fields(metric, 1).Single())] = true;
    }

    /// <summary>The contents of every field of a number that has a length.</summary>
    private static IEnumerable<byte[]> Fields(byte[] message, int number)
    {
        for (var at = 0; at < message.Length; )
        {
            var key = Number(message, ref at);
            switch (key & 7)
            {
                case 0:
                    Number(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    var length = (int)Number(message, ref at);
                    if (key >> 3 == number)
                        yield return message[at..(at + length)];
                    at += length;
                    break;
            }
        }
    }

    private static long Number(byte[] message, ref int at)
    {
        for (var (value, shift) = (0L, 0); ; shift += 7)
        {
            value |= (long)(message[at] & 0x7f) << shift;
            if (message[at++] < 0x80)
                return value;
        }
    }
}
