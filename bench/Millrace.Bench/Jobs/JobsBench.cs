using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>A job of the benchmark: it says when it was asked for, and does nothing but note when it began.</summary>
[JobType("bench.small")]
public sealed record SmallJob(long AskedAt);

/// <summary>
/// Small jobs through enqueue, run and done on two processes, flat out and paced; beside the plain way, a row at a time.
/// </summary>
internal static class JobsBench
{
    private const int Tenants = 4;
    private const int Callers = 8;

    internal static async Task Run(Benchmark bench)
    {
        await using var ground = await Ground.Make(bench);
        await PlainQueue.Make(ground.Connection);
        var (rates, plain) = (new List<double>(), new List<double>());
        for (var round = 1; round <= (bench.Quick ? 1 : 3); round++)
        {
            plain.Add(await PlainQueue.Run(ground.Connection, bench.Quick ? 4_000 : 20_000, Callers));
            rates.Add(await FlatOut(ground, bench.Quick ? 8_000 : 40_000));
            bench.Say(FormattableString.Invariant($"round {round}: {rates[^1]:0} jobs a second, the plain way {plain[^1]:0}"));
        }
        bench.AtLeast("throughput", rates.Median(), "1/s", 2000, plain.Median(), rates.Median() / plain.Median());
        var (p50, p99) = await Paced(ground, 1000, bench.Quick ? 5 : 20);
        bench.Figure("start_p50", p50, "ms");
        bench.AtMost("start_p99", p99, "ms", 200);
    }

    /// <summary>In the measured process: the program's work, and one kind of job more.</summary>
    internal static void Declare(IServiceCollection services, string file)
    {
        var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read);
        services.AddJob<SmallJob>(
            (_, _, job) =>
            {
                var bytes = BitConverter.GetBytes(Samples.Milliseconds(job.AskedAt, TimeProvider.System.GetTimestamp()));
                lock (stream)
                {
                    stream.Write(bytes);
                    stream.Flush();
                }
                return Task.CompletedTask;
            }
        );
    }

    private static async Task<double> FlatOut(Ground ground, int jobs)
    {
        await using var workers = await Workers.Start(ground, "flat");
        var (databases, dbs) = Child.Open(ground.Connection);
        await using var open = databases;
        await Enqueue(dbs, 100, 0, ground.Connection); // pools and plans are warm
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(async caller =>
                {
                    for (var at = 0; at < jobs / Callers / 10; at++)
                        await Ask(dbs, 1 + (caller % Tenants), 10);
                })
        );
        await AllDone(ground.Connection);
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        await Ground.Execute(ground.Connection, "truncate kernel.job");
        return jobs / seconds;
    }

    private static async Task<(double P50, double P99)> Paced(Ground ground, int rate, int seconds)
    {
        await using var workers = await Workers.Start(ground, "paced");
        var (databases, dbs) = Child.Open(ground.Connection);
        await using var open = databases;
        await Enqueue(dbs, 500, 0, ground.Connection);
        workers.Forget();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var asked = new List<Task>();
        for (var at = 0; at < seconds * 100 && await tick.WaitForNextTickAsync(); at++)
        for (var one = 0; one < rate / 100; one++)
            asked.Add(Ask(dbs, 1 + (one % Tenants), 1));
        await Task.WhenAll(asked);
        await AllDone(ground.Connection);
        var latencies = workers.Latencies();
        return (latencies.Percentile(50), latencies.Percentile(99));
    }

    private static async Task Enqueue(Dbs dbs, int jobs, int from, string connection)
    {
        for (var at = from; at < jobs; at++)
            await Ask(dbs, 1 + (at % Tenants), 1);
        await AllDone(connection);
    }

    private static async Task Ask(Dbs dbs, int tenant, int jobs)
    {
        await using var db = dbs.Open(DbScope.ForTenant(tenant));
        var now = TimeProvider.System.GetTimestamp();
        await db.EnqueueAll(Enumerable.Range(0, jobs).Select(_ => new SmallJob(now)).ToList());
        await db.Commit();
    }

    private static Task AllDone(string connection) =>
        Wait.For(
            () =>
                Ground.Ask<bool>(
                    connection,
                    "select not exists (select from kernel.job where type = 'bench.small' and ended_at is null)"
                ),
            "every job is done",
            everyMilliseconds: 20
        );

    /// <summary>Two processes that do the jobs.</summary>
    private sealed class Workers(Running one, Running two, string[] files) : IAsyncDisposable
    {
        private readonly long[] _skip = new long[2];

        internal static async Task<Workers> Start(Ground ground, string name)
        {
            string[] files =
            [
                ground.File($"{name}-{Guid.CreateVersion7():N}-1"),
                ground.File($"{name}-{Guid.CreateVersion7():N}-2"),
            ];
            var all = files.Select(file => Running.Child("follow", ground.Connection, "jobs", file)).ToList();
            foreach (var worker in all)
            {
                await worker.Says("following");
                worker.Ignore();
            }
            return new Workers(all[0], all[1], files);
        }

        /// <summary>What was done so far is not counted.</summary>
        internal void Forget()
        {
            for (var at = 0; at < files.Length; at++)
                _skip[at] = new FileInfo(files[at]).Length;
        }

        internal double[] Latencies() =>
            [
                .. files
                    .SelectMany(
                        (file, at) =>
                            File.ReadAllBytes(file)
                                .Skip((int)_skip[at])
                                .Chunk(sizeof(double))
                                .Select(bytes => BitConverter.ToDouble(bytes))
                    )
                    .Order(),
            ];

        public async ValueTask DisposeAsync()
        {
            await one.Stop();
            await two.Stop();
            await one.DisposeAsync();
            await two.DisposeAsync();
        }
    }
}
