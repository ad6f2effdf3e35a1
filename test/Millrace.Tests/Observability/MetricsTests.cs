using System.Net;
using System.Text.Json;
using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class MetricsTests(Server server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_tell_of_business_requests_log_and_database_in_a_form_that_promtool_finds_right()
    {
        await using var at = await AtWork.Start(server);
        await at.Work();

        var text = await at.Metrics(metrics => metrics.Contains("millrace_log_lag_seconds{", StringComparison.Ordinal));

        foreach (
            var wanted in (string[])
                [
                    "millrace_events_published_total{type=\"StockReceived\"} 1",
                    "millrace_refusals_total{code=\"inventory.short\"} 1",
                    "http_server_request_duration_seconds_count{",
                    "http_route=\"/api/v1/receipts\"",
                    "millrace_log_sequenced 1",
                    "millrace_log_parked 0",
                    "millrace_log_lag_positions{consumer=\"",
                    "millrace_db_connections ",
                    "millrace_db_size_bytes ",
                    "millrace_disk_free_bytes ",
                    "millrace_partitions_ahead{table=\"kernel.event\"} 7",
                    "db_client_",
                ]
        )
            Assert.Contains(wanted, text, StringComparison.Ordinal);
        var (exit, said) = await Daemon.Run("promtool", ["check", "metrics"], text);
        Assert.True(exit == 0, said);
        // Those of one process do not grow with what callers send.
        Assert.InRange(text.Split('\n').Length, 100, 3000);
    }

    [Fact]
    public async Task Prometheus_scrapes_the_program_and_loads_its_rules()
    {
        await using var at = await AtWork.Start(server);
        await using var prometheus = await Daemon.Prometheus(
            $$"""
            global: {scrape_interval: 500ms, evaluation_interval: 500ms}
            rule_files: ["{{Repository.Root}}/deploy/prometheus/alerts.yml"]
            scrape_configs:
              - job_name: millrace
                static_configs: [{targets: ["127.0.0.1:{{at.Program.Url.Port}}"]}]
            """
        );
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{prometheus.Port}") };

        var scraped = new Uri("/api/v1/query?query=millrace_log_sequenced", UriKind.Relative);
        // It listens before it is ready, and says 503 in between.
        await Eventually.Get(
            async () =>
            {
                using var answer = await http.GetAsync(
                    new Uri("/api/v1/query?query=millrace_log_sequenced", UriKind.Relative),
                    Stop
                );
                return await answer.Content.ReadAsStringAsync(Stop);
            },
            text => text.Contains(",\"1\"]", StringComparison.Ordinal),
            "the scraped figure can be asked for"
        );
        var rules = await http.GetStringAsync(new Uri("/api/v1/rules", UriKind.Relative), Stop);
        using var read = JsonDocument.Parse(rules);
        Assert.Equal(
            AlertRules.All.Count + 2,
            read.RootElement.GetProperty("data").GetProperty("groups")[0].GetProperty("rules").GetArrayLength()
        );
    }

    [Fact]
    public async Task Metrics_are_not_shown_to_whom_a_proxy_brings()
    {
        await using var open = await OpenFactory.Start(server);
        using var brought = open.App.Anonymous();
        brought.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");

        var answer = await brought.Get("/metrics");

        Assert.Equal((HttpStatusCode.Forbidden, "metrics.elsewhere"), (answer.Status, answer.Code));
        using var here = open.App.Anonymous();
        Assert.Equal(HttpStatusCode.OK, (await here.Get("/metrics")).Status);
    }

    [Fact]
    public async Task A_collector_gets_the_spans_of_a_request_under_its_trace_and_the_metrics()
    {
        await using var collector = await Collector.Start();
        await using var at = await AtWork.Start(
            server,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url.ToString()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500")
        );
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        const string parent = "b7ad6b7169203331";
        at.Api.Http.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-{parent}-01");
        Assert.Equal(HttpStatusCode.OK, (await at.Api.Get("/api/v1/items")).Status);

        var spans = await Eventually.Get(
            () => Task.FromResult(collector.Spans.Where(one => one.Trace == trace).ToList()),
            found => found.Any(one => one.Parent == parent) && found.Count > 1,
            "the request and its statement have arrived"
        );

        Assert.Equal("GET /api/v1/items", spans.Single(one => one.Parent == parent).Name);
        await Eventually.True(
            () => Task.FromResult(collector.Metrics.ContainsKey("http.server.request.duration")),
            "metrics have arrived"
        );
    }

    /// <summary>The program as a process that measures every second, and a machine that may do everything.</summary>
    private sealed class AtWork(TestDatabase database, Factory factory, ProgramProcess program, ApiClient api) : IAsyncDisposable
    {
        internal ProgramProcess Program => program;

        internal ApiClient Api => api;

        internal static async Task<AtWork> Start(Server server, params (string Name, string Value)[] environment)
        {
            var database = await server.NewDatabase();
            var factory = await Factory.Make(database.Dbs);
            var program = await ProgramProcess.Serve(
                database.ConnectionString,
                environment: [.. environment, ("MILLRACE_SAMPLE_SECONDS", "1")]
            );
            return new AtWork(
                database,
                factory,
                program,
                await ApiClient.Authorize(program.Url, await factory.AddClient("machine"))
            );
        }

        internal async Task Work()
        {
            object Goods(decimal quantity) =>
                new
                {
                    WarehouseId = factory.Warehouse,
                    Date = Factory.Today,
                    Reason = quantity > 1 ? "sale" : null,
                    Lines = new[] { new { ItemId = factory.Item, Quantity = quantity } },
                };
            var receipt = new
            {
                WarehouseId = factory.Warehouse,
                Date = Factory.Today,
                Lines = new[] { new { ItemId = factory.Item, Quantity = 1m } },
            };
            Assert.Equal(HttpStatusCode.Created, (await api.Post("/api/v1/receipts", receipt)).Status);
            Assert.Equal("inventory.short", (await api.Post("/api/v1/issues", Goods(9))).Code);
        }

        internal async Task<string> Metrics(Func<string, bool> isRight)
        {
            using var http = new HttpClient { BaseAddress = program.Url };
            return await Eventually.Get(
                () => http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Stop),
                isRight,
                "the metrics are complete"
            );
        }

        public async ValueTask DisposeAsync()
        {
            api.Dispose();
            await program.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
