namespace Millrace.Bench;

/// <summary>Reservations through HTTP against the classic transaction: one hot item, three of many, one client.</summary>
internal static class ReserveBench
{
    private const int Clients = 64;

    internal static async Task Run(Benchmark bench)
    {
        await using var stock = await StockGround.Make(bench, bench.Quick ? 2_000 : 100_000);
        var classic = await Classic.Make(stock.Ground);
        var seconds = bench.Quick ? 2 : 8;
        bench.Say("warming up");
        await stock.Ask("reservations", 1, Clients, bench.Quick ? 2 : 6, hot: true);
        await stock.Ask("reservations", 3, Clients, bench.Quick ? 1 : 6, hot: false);

        if (bench.Wants("hot"))
            await Compare("hot", "seed_hot", lines: 1, Clients, hot: true, rate: 12, late: 0.1);
        if (bench.Wants("uniform"))
            await Compare("uniform", "seed_uniform", lines: 3, Clients, hot: false, rate: 2, late: 1.0 / 3);
        if (bench.Wants("one"))
            await One();
        if (bench.Wants("blocked"))
            await Blocked();
        await stock.Ground.Verify(bench);

        async Task Compare(string name, string script, int lines, int clients, bool hot, double rate, double late)
        {
            var (ours, theirs, again) = (new List<StockAnswers>(), new List<Classic.Result>(), new List<double>());
            for (var round = 1; round <= (bench.Quick ? 1 : 5); round++)
            {
                theirs.Add(await classic.Run(script, clients, seconds));
                ours.Add(await stock.Ask("reservations", lines, clients, seconds, hot));
                again.Add((await stock.Ask("reservations", lines, clients, seconds, hot)).PerSecond / ours[^1].PerSecond);
                bench.Say(
                    $"{name}, round {round}: {ours[^1].PerSecond:0} a second, p50 {ours[^1].P50:0.0} p99 {ours[^1].P99:0.0} ms, "
                        + $"load {ours[^1].LoadProcessor:0.00} processors; classic {theirs[^1].PerSecond:0}, "
                        + $"p50 {theirs[^1].P50:0.0} p99 {theirs[^1].P99:0.0} ms"
                );
            }
            var (mine, other) = (ours.Select(one => one.PerSecond).Median(), theirs.Select(one => one.PerSecond).Median());
            var ratio = ours.Zip(theirs, (one, two) => one.PerSecond / two.PerSecond).Median();
            var tail = ours.Zip(theirs, (one, two) => one.P99 / two.P99).Median();
            bench.Figure($"{name}_rate", mine, "reservations/s", other, ratio);
            bench.AtLeast($"{name}_to_classic", ratio, "ratio", rate);
            bench.Figure($"{name}_p99", ours.Select(one => one.P99).Median(), "ms", theirs.Select(one => one.P99).Median(), tail);
            bench.AtMost($"{name}_p99_to_classic", tail, "ratio", late);
            bench.Figure($"{name}_noise", again.Median(), "ratio");
            bench.Figure($"{name}_load_processor", ours.Select(one => one.LoadProcessor).Median(), "processors");
        }

        // Somebody outside holds what ten want. Meanwhile others want something else, one after the other.
        async Task Blocked()
        {
            using var api = stock.Open();
            var others = new List<double>();
            for (var round = 1; round <= (bench.Quick ? 1 : 5); round++)
            {
                await using var held = await stock.Hold(0);
                var waiting = Enumerable.Range(0, 10).Select(_ => stock.Reserve(api, 0)).ToList();
                for (var other = 1; other <= 100; other++)
                    others.Add(await stock.Reserve(api, other));
                await held.DisposeAsync();
                await Task.WhenAll(waiting);
            }
            bench.AtMost("blocked_others_p99", others.Order().ToArray().Percentile(99), "ms", 100);
        }

        async Task One()
        {
            var (ours, theirs) = (new List<double>(), new List<double>());
            for (var round = 1; round <= (bench.Quick ? 1 : 5); round++)
            {
                theirs.Add((await classic.Run("seed_hot", 1, seconds)).P50);
                ours.Add((await stock.Ask("reservations", 1, 1, seconds, hot: true)).P50);
                bench.Say($"one client, round {round}: p50 {ours[^1]:0.00} ms, classic {theirs[^1]:0.00} ms");
            }
            bench.Figure("one_p50", ours.Median(), "ms", theirs.Median(), ours.Median() / theirs.Median());
            bench.AtMost("one_p50_over_classic", ours.Zip(theirs, (one, two) => one - two).Median(), "ms", 0.5);
        }
    }
}
