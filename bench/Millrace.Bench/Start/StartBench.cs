using System.Net;
using System.Net.Sockets;

namespace Millrace.Bench;

/// <summary>
/// From start to ready: the program on a migrated database with the demo, and bin/up on a clone where it ran before.
/// </summary>
internal static class StartBench
{
    internal static async Task Run(Benchmark bench)
    {
        await Program(bench);
        await Up(bench);
    }

    private static async Task Program(Benchmark bench)
    {
        await using var ground = await Ground.Make(bench);
        bench.Say("loading the demo");
        await using (var demo = Running.Millrace(ground.Connection, "demo"))
        {
            demo.Ignore();
            if (await demo.Exit() != 0)
                throw new InvalidOperationException("The demo was not loaded.");
        }
        var (times, again, memory) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= (bench.Quick ? 2 : 5); round++)
            foreach (var list in (List<double>[])[times, again])
            {
                var began = TimeProvider.System.GetTimestamp();
                await using var program = Running.Millrace(ground.Connection, "serve");
                var url = await program.Says("Millrace serves at ");
                program.Ignore();
                await Ready(new Uri(url));
                list.Add(TimeProvider.System.GetElapsedTime(began).TotalSeconds);
                memory.Add(program.MemoryNow);
                bench.Say($"ready, round {round}: {list[^1]:0.00} s");
                await program.Stop();
            }
        bench.AtMost("ready", times.Median(), "s", 2);
        bench.Figure("ready_noise", again.Median() / times.Median(), "ratio");
        bench.AtMost("ready_memory", memory.Max(), "MB", 300);
    }

    private static async Task Up(Benchmark bench)
    {
        var data = Ground.NewDirectory();
        try
        {
            // The first run makes the cluster and loads the demo; it is not measured.
            var seconds = new List<double>();
            for (var run = 1; run <= (bench.Quick ? 2 : 4); run++)
            {
                var port = FreePort();
                var began = TimeProvider.System.GetTimestamp();
                await using var up = Running.Start(
                    Path.Combine(Running.Root, "bin/up"),
                    [],
                    ("MILLRACE_DATA", data),
                    ("MILLRACE_DATABASE", ""),
                    ("MILLRACE_URL", ""),
                    ("PORT", $"{port}")
                );
                up.Ignore();
                await Ready(new Uri($"http://127.0.0.1:{port}"));
                seconds.Add(TimeProvider.System.GetElapsedTime(began).TotalSeconds);
                bench.Say($"bin/up, run {run}: {seconds[^1]:0.00} s");
                await up.Stop();
            }
            bench.AtMost("second_up", seconds.Skip(1).Median(), "s", 15);
            bench.Figure("first_up", seconds[0], "s");
        }
        finally
        {
            if (Directory.Exists(data))
                Directory.Delete(data, recursive: true);
        }
    }

    private static async Task Ready(Uri url)
    {
        using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(5) };
        await Wait.For(
            async () =>
            {
                try
                {
                    using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                    return answer.StatusCode == HttpStatusCode.OK;
                }
                catch (Exception early) when (early is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            },
            $"{url} is ready",
            everyMilliseconds: 10
        );
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
