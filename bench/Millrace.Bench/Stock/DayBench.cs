namespace Millrace.Bench;

/// <summary>What a factory does in a day, as fast as it can be asked for: 45,000 movements and 10,000 reservations.</summary>
internal static class DayBench
{
    // Goods come in documents, go out piece by piece, and pass the inspector; a transfer is two movements.
    private static readonly (string What, int Lines, int Count, int Clients)[] Parts =
    [
        ("receipts", 3, 3_000, 8),
        ("issues", 1, 24_000, 32),
        ("transfers", 1, 6_000, 8),
        ("reservations", 1, 10_000, 16),
    ];

    internal static async Task Run(Benchmark bench)
    {
        var part = bench.Quick ? 20 : 1;
        await using var stock = await StockGround.Make(bench, bench.Quick ? 2_000 : 20_000);
        bench.Say("warming up");
        foreach (var one in Parts)
            await stock.Ask(one.What, one.Lines, one.Clients, 2, hot: false);
        var took = new List<double>();
        for (var round = 1; round <= (bench.Quick ? 1 : 3); round++)
        {
            var began = TimeProvider.System.GetTimestamp();
            var answers = await Task.WhenAll(
                Parts.Select(one => stock.Ask(one.What, one.Lines, one.Clients, 300, hot: false, one.Count / part))
            );
            took.Add(TimeProvider.System.GetElapsedTime(began).TotalSeconds);
            bench.Say(
                $"round {round}: {took[^1]:0.0} s; "
                    + string.Join(", ", Parts.Zip(answers, (one, got) => $"{one.What} p50 {got.P50:0.0} p99 {got.P99:0.0} ms"))
            );
            if (answers.Sum(one => one.Refused) is > 0 and var refused)
                throw new InvalidOperationException($"{refused} requests of the day were refused.");
        }
        bench.AtMost("day", took.Median(), "s", 20);
        bench.Figure("day_noise", took.Max() / took.Min(), "ratio");
        await stock.Ground.Verify(bench);
    }
}
