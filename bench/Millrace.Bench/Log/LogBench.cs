namespace Millrace.Bench;

/// <summary>The event log: how soon it delivers, what it costs its writers, how fast a backlog is worked off.</summary>
internal static class LogBench
{
    private const int Rate = 10_000;

    internal static async Task Run(Benchmark bench)
    {
        await using var ground = await Ground.Make(bench);
        await Deliver(bench, ground);
        await Cost(bench, ground);
        await Backlog.Run(bench, ground);
    }

    private sealed record Lag(double Middle, double Late, double FromBegin)
    {
        internal static Lag Of(IReadOnlyList<(double AfterCommit, double AfterBegin)> lags)
        {
            var afterCommit = lags.Select(one => one.AfterCommit).Order().ToArray();
            return new Lag(
                afterCommit.Percentile(50),
                afterCommit.Percentile(99),
                lags.Select(one => one.AfterBegin).Order().ToArray().Percentile(99)
            );
        }
    }

    private static async Task Deliver(Benchmark bench, Ground ground)
    {
        var seconds = bench.Quick ? 2 : 10;
        var stamps = ground.File("stamps");
        await using var follower = Running.Child("follow", ground.Connection, "stamp", stamps);
        await follower.Says("following");
        long sent = 0;
        await Round("warming up", held: false, bench.Quick ? 2 : 6);
        var (free, again, held) = (new List<Lag>(), new List<Lag>(), new List<Lag>());
        for (var round = 1; round <= (bench.Quick ? 1 : 3); round++)
        {
            free.Add(await Round($"delivery, round {round}", held: false, seconds));
            held.Add(await Round($"delivery with a transaction held open, round {round}", held: true, seconds));
            again.Add(await Round($"delivery again, round {round}", held: false, seconds));
        }
        var (middle, late) = (free.Select(one => one.Middle).Median(), free.Select(one => one.Late).Median());
        bench.AtMost("delivered_p50", middle, "ms", 30);
        bench.AtMost("delivered_p99", late, "ms", 100);
        bench.Figure("delivered_from_begin_p99", free.Select(one => one.FromBegin).Median(), "ms");
        var (heldMiddle, heldLate) = (held.Select(one => one.Middle).Median(), held.Select(one => one.Late).Median());
        bench.AtMost("delivered_held_p50", heldMiddle, "ms", 30, middle, heldMiddle / middle);
        bench.AtMost("delivered_held_p99", heldLate, "ms", 100, late, heldLate / late);
        bench.Figure("delivered_noise", again.Select(one => one.Middle).Median() / middle, "ratio");
        bench.Figure("follower_memory", follower.MemoryMost, "MB");
        await follower.Stop();

        async Task<Lag> Round(string what, bool held, int lasts)
        {
            var from = sent;
            var file = ground.File("sent");
            await using (var holder = held ? await Ground.Open(ground.Connection) : null)
            {
                if (holder is not null)
                {
                    await using var hold = new Npgsql.NpgsqlCommand(
                        "set idle_in_transaction_session_timeout = 0; begin; select pg_current_xact_id()",
                        holder
                    );
                    await hold.ExecuteNonQueryAsync();
                }
                await using var load = Running.Child("paced", ground.Connection, $"{from}", $"{Rate}", $"{lasts}", file);
                if (await load.Exit() != 0)
                    throw new InvalidOperationException("The load broke.");
                sent += Rate * lasts;
                await Wait.For(
                    () => Task.FromResult(new FileInfo(stamps).Length / Followers.StampBytes >= sent),
                    $"all {sent} events are delivered"
                );
            }
            var lag = Lag.Of(await Lags(file, stamps, from));
            bench.Say($"{what}: p50 {lag.Middle:0.0} ms, p99 {lag.Late:0.0} ms");
            return lag;
        }
    }

    private static async Task<List<(double AfterCommit, double AfterBegin)>> Lags(string sent, string stamps, long from)
    {
        var delivered = new Dictionary<long, long>();
        var bytes = await File.ReadAllBytesAsync(stamps);
        for (var at = 0; at < bytes.Length; at += Followers.StampBytes)
            if (BitConverter.ToInt64(bytes, at) is var number && number >= from)
                delivered.TryAdd(number, BitConverter.ToInt64(bytes, at + 8));
        var commits = await File.ReadAllBytesAsync(sent);
        var lags = new List<(double, double)>();
        for (var at = 0; at < commits.Length; at += PacedLoad.RecordBytes)
        {
            var first = BitConverter.ToInt64(commits, at);
            var (began, committed) = (BitConverter.ToInt64(commits, at + 8), BitConverter.ToInt64(commits, at + 16));
            for (var number = first; number < first + PacedLoad.CommitSize; number++)
                lags.Add((Samples.Milliseconds(committed, delivered[number]), Samples.Milliseconds(began, delivered[number])));
        }
        return lags;
    }

    private static async Task Cost(Benchmark bench, Ground ground)
    {
        var seconds = bench.Quick ? 2 : 8;
        var plainDatabase = await ground.Another("plain");
        var (ratios, noise) = (new List<double>(), new List<double>());
        var (plains, rates) = (new List<double>(), new List<double>());
        for (var round = 1; round <= (bench.Quick ? 1 : 5); round++)
        {
            var before = await Flat(plainDatabase);
            double with;
            var started = Running.Child("follow", ground.Connection, "count", "bench.flat");
            await using (started)
            {
                if (round == 1)
                    await Followers.MakeTotals(ground.Connection);
                await started.Says("following");
                await Drained();
                with = await Flat(ground.Connection);
                await Drained();
                await started.Stop();
            }
            var after = await Flat(plainDatabase);
            var plain = (before + after) / 2;
            bench.Say(
                $"flat out, round {round}: {with:0} commits/s beside {before:0} and {after:0} without sequencer and consumer"
            );
            ratios.Add(with / plain);
            noise.Add(after / before);
            plains.Add(plain);
            rates.Add(with);
        }
        var ratio = ratios.Median();
        bench.Figure("flat_out", rates.Median(), "commits/s", plains.Median(), ratio);
        bench.AtLeast("flat_out_kept", ratio * 100, "%", 50);
        bench.Figure("flat_out_noise", noise.Median(), "ratio");

        async Task<double> Flat(string connection)
        {
            await using var load = Running.Child("flat", connection, $"{seconds}");
            return double.Parse(await load.Says("rate "), System.Globalization.CultureInfo.InvariantCulture);
        }

        Task Drained() =>
            Wait.For(
                async () =>
                    await Ground.Ask<bool>(
                        ground.Connection,
                        """
                        select (select count(*) from kernel.event)
                            = (select coalesce(sum(events), 0) from bench.total where consumer = 'bench.flat')
                        """
                    ),
                "every event is counted",
                everyMilliseconds: 250
            );
    }
}
