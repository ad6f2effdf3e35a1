namespace Millrace.Bench;

/// <summary>Confirming orders for one hot item against reserving it: a larger verb joins the batches of stock.</summary>
internal static class ConfirmBench
{
    private const int Clients = 64;

    // More than can be confirmed in the time of one measurement.
    private const int PerSecond = 12_000;

    internal static async Task Run(Benchmark bench)
    {
        await using var stock = await StockGround.Make(bench, bench.Quick ? 2_000 : 100_000, withOrders: true);
        // The drafts are as if written long ago: what it costs to write and to audit them is not measured.
        await Ground.Execute(stock.Ground.Connection, $"{ConfirmOrder.Tables} drop trigger audit on orders.head");
        var seconds = bench.Quick ? 2 : 8;
        bench.Say("warming up");
        await stock.Ask("reservations", 1, Clients, seconds, hot: true);
        await Confirm();

        var (confirmed, reserved, late) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= (bench.Quick ? 1 : 5); round++)
        {
            reserved.Add((await stock.Ask("reservations", 1, Clients, seconds, hot: true)).PerSecond);
            var answers = await Confirm();
            confirmed.Add(answers.PerSecond);
            late.Add(answers.P99);
            bench.Say($"round {round}: confirmed {confirmed[^1]:0}, reserved {reserved[^1]:0} a second, p99 {late[^1]:0.0} ms");
        }
        var ratio = confirmed.Zip(reserved, (one, other) => one / other).Median();
        bench.Figure("rate", confirmed.Median(), "orders/s", reserved.Median(), ratio);
        bench.AtLeast("to_reserve", ratio, "ratio", 0.7);
        bench.Figure("p99", late.Median(), "ms");
        await stock.Ground.Verify(bench);

        async Task<StockAnswers> Confirm()
        {
            await stock.WriteOrders(PerSecond * seconds);
            return await stock.Ask("orders", 1, Clients, seconds, hot: true);
        }
    }
}
