namespace Millrace.Bench;

/// <summary>Whether promising and moving become slower as the stock grows.</summary>
internal static class GrowthBench
{
    private const int Clients = 64;

    private static readonly (string Name, string What, int Lines)[] Parts =
    [
        ("reserve", "reservations", 3),
        ("move", "receipts", 1),
    ];

    internal static async Task Run(Benchmark bench)
    {
        int[] sizes = bench.Quick ? [500, 1_000, 2_000] : [10_000, 100_000, 1_000_000];
        var seconds = bench.Quick ? 1 : 8;
        var stocks = new List<StockGround>();
        try
        {
            foreach (var size in sizes)
                stocks.Add(await StockGround.Make(bench, size));
            foreach (var stock in stocks)
            foreach (var (_, what, lines) in Parts)
                await stock.Ask(what, lines, Clients, seconds, hot: false);
            foreach (var part in Parts)
                await Compare(part.Name, part.What, part.Lines);
            foreach (var stock in stocks)
                await stock.Ground.Verify(bench);
        }
        finally
        {
            foreach (var stock in stocks)
                await stock.DisposeAsync();
        }

        async Task Compare(string name, string what, int lines)
        {
            var rates = sizes.Select(_ => new List<double>()).ToList();
            var again = new List<double>();
            for (var round = 1; round <= (bench.Quick ? 1 : 5); round++)
            {
                for (var at = 0; at < sizes.Length; at++)
                    rates[at].Add((await stocks[at].Ask(what, lines, Clients, seconds, hot: false)).PerSecond);
                again.Add((await stocks[0].Ask(what, lines, Clients, seconds, hot: false)).PerSecond);
                bench.Say($"{name}, round {round}: {string.Join(", ", rates.Select(one => $"{one[^1]:0}"))} a second");
            }
            // The same thing twice differs by so much.
            var noise = Math.Abs(1 - again.Zip(rates[0], (one, two) => one / two).Median());
            bench.Figure($"{name}_noise", noise, "ratio");
            for (var at = 1; at < sizes.Length; at++)
                bench.AtLeast(
                    $"{name}_{sizes[at]}_to_{sizes[0]}",
                    rates[at].Zip(rates[0], (one, two) => one / two).Median(),
                    "ratio",
                    Math.Round(0.9 - noise, 3)
                );
        }
    }
}
