namespace Millrace.Bench;

/// <summary>Receipts and issues through HTTP, one line each and a hundred.</summary>
internal static class MoveBench
{
    private const int Clients = 64;
    private const int Wide = 100;

    internal static async Task Run(Benchmark bench)
    {
        await using var stock = await StockGround.Make(bench, bench.Quick ? 2_000 : 100_000);
        var seconds = bench.Quick ? 2 : 8;
        bench.Say("warming up");
        await stock.Ask("receipts", 1, Clients, seconds, hot: false);
        await stock.Ask("issues", 1, Clients, seconds, hot: false);

        await Measure("single", lines: 1, bar: 5_000, "movements/s");
        await Measure("wide", Wide, bar: 15_000, "lines/s");
        await stock.Ground.Verify(bench);

        async Task Measure(string name, int lines, int bar, string unit)
        {
            var (rates, again, late, load) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            for (var round = 1; round <= (bench.Quick ? 1 : 5); round++)
                foreach (var list in (List<double>[])[rates, again])
                {
                    var (brought, taken) = (
                        await stock.Ask("receipts", lines, Clients, seconds, hot: false),
                        await stock.Ask("issues", lines, Clients, seconds, hot: false)
                    );
                    list.Add((brought.PerSecond + taken.PerSecond) / 2 * lines);
                    late.Add(Math.Max(brought.P99, taken.P99));
                    load.Add(brought.LoadProcessor);
                    bench.Say(
                        $"{name}, round {round}: in {brought.PerSecond * lines:0}, out {taken.PerSecond * lines:0} {unit}, "
                            + $"p99 {late[^1]:0.0} ms, load {load[^1]:0.00} processors"
                    );
                }
            bench.AtLeast($"{name}_rate", rates.Median(), unit, bar);
            bench.Figure($"{name}_p99", late.Median(), "ms");
            bench.Figure($"{name}_noise", again.Median() / rates.Median(), "ratio");
            bench.Figure($"{name}_load_processor", load.Median(), "processors");
        }
    }
}
