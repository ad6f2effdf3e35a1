using Npgsql;

namespace Millrace.Bench;

/// <summary>The posting of movements by the published program: from a backlog, and as it goes.</summary>
internal static class PostBench
{
    private const int Tenants = 8;

    internal static async Task Run(Benchmark bench)
    {
        await using var ground = await Ground.Make(bench);
        var (databases, dbs) = Child.Open(ground.Connection);
        await using var _ = databases;
        var mills = await Mill.Make(dbs, Tenants);
        var memory = new List<double>();

        var documents = bench.Quick ? 6_000 : 40_000;
        var rates = new List<double>();
        for (var round = 1; round <= (bench.Quick ? 2 : 4); round++)
            rates.Add(await Drain($"round {round}", documents, lines: 1));
        var wide = await Drain("ten lines each", documents / 10, lines: 10);
        bench.AtLeast("backlog_posted", rates.Median(), "movements/s", 3000);
        bench.Figure("backlog_posted_noise", rates[^1] / rates[^2], "ratio");
        bench.Figure("backlog_posted_ten_lines", wide * 10, "lines/s");

        await Steady(bench, ground, mills, memory);
        bench.AtMost("program_memory", memory.Max(), "MB", 300);
        await ground.Verify(bench);

        async Task<double> Drain(string what, int documents, int lines)
        {
            var received = TimeProvider.System.GetTimestamp();
            await Receive(dbs, mills, documents, lines);
            var receivedIn = TimeProvider.System.GetElapsedTime(received).TotalSeconds;
            var began = TimeProvider.System.GetTimestamp();
            await using var program = Running.Millrace(ground.Connection, "serve");
            program.Ignore();
            await Wait.For(() => Posted(ground.Connection), "every movement is posted");
            var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            memory.Add(program.MemoryMost);
            await program.Stop();
            bench.Say(
                $"backlog, {what}: received at {documents / receivedIn:0} documents/s, "
                    + $"posted at {documents / seconds:0} a second, {memory[^1]:0} MB"
            );
            return documents / seconds;
        }
    }

    private static async Task Receive(Kernel.Dbs dbs, IReadOnlyList<Mill> mills, int documents, int lines)
    {
        const int batch = 100;
        for (var done = 0; done < documents; done += batch)
            await mills[done / batch % mills.Count].Receive(dbs, done, batch, lines);
    }

    // The series' row is written in the commit of its vouchers, and is quicker to read than they are to count.
    private static Task<bool> Posted(string connection) =>
        Ground.Ask<bool>(
            connection,
            """
            select (select coalesce(sum(next - 1), 0) from company.series where kind = 'GR')
                = (select coalesce(sum(next - 1), 0) from company.series where kind = 'V')
            """
        );

    private static async Task Steady(Benchmark bench, Ground ground, IReadOnlyList<Mill> mills, List<double> memory)
    {
        const int rate = 500;
        var seconds = bench.Quick ? 5 : 30;
        var (seeds, file) = (ground.File("mills"), ground.File("receipts"));
        await Mill.Save(mills, seeds);
        await using var program = Running.Millrace(ground.Connection, "serve");
        await program.Says("Millrace serves at ");
        program.Ignore();
        var lags = new List<double[]>();
        for (var round = 0; round <= (bench.Quick ? 1 : 2); round++)
        {
            var watch = new VoucherWatch(ground.Connection, mills);
            using var stop = new CancellationTokenSource();
            var watching = Task.Run(() => watch.Run(stop.Token));
            // The first round warms up and is not counted.
            var lasts = round == 0 ? Math.Min(5, seconds) : seconds;
            await using var load = Running.Child("receive", ground.Connection, seeds, $"{rate}", $"{lasts}", file);
            var achieved = await load.Says("rate ", 120);
            await Wait.For(() => Posted(ground.Connection), "every movement is posted");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            await stop.CancelAsync();
            try
            {
                await watching;
            }
            catch (Exception ended) when (ended is OperationCanceledException or PostgresException)
            {
                // It watches until it is told to stop.
            }
            var found = await watch.Lags(await PacedReceipts.Read(file));
            bench.Say(
                $"steady, round {round}: {achieved:0} movements/s, "
                    + $"p50 {found.Percentile(50):0} ms, p99 {found.Percentile(99):0} ms"
            );
            if (round > 0)
                lags.Add(found);
        }
        var late = lags.Select(one => one.Percentile(99)).Median();
        bench.Figure("visible_p50", lags.Select(one => one.Percentile(50)).Median(), "ms");
        bench.AtMost("visible_p99", late, "ms", 1000);
        if (lags.Count > 1)
            bench.Figure("visible_noise", lags[^1].Percentile(99) / lags[0].Percentile(99), "ratio");
        memory.Add(program.MemoryMost);
        bench.Figure("program_memory_after_steady", program.MemoryNow, "MB");
        await program.Stop();
    }
}
