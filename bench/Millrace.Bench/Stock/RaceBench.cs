using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>
/// Nothing is promised twice and nothing is lost: many sales people, more wishes than units, items asked for in opposite orders,
/// three processes of the program over one database, each killed again and again, everything through HTTP with keys.
/// </summary>
internal static class RaceBench
{
    private const int Processes = 3;
    private const int People = 48;

    internal static async Task Run(Benchmark bench)
    {
        await using var ground = await Ground.Make(bench);
        var (databases, dbs) = Child.Open(ground.Connection);
        await using var _ = databases;
        var mill = (await Mill.Make(dbs, 1))[0];
        var units = bench.Quick ? 40 : 1000;
        for (var at = 0; at < RaceItems; at++)
            await mill.Stock(dbs, at, units);
        await using var farm = await RaceFarm.Start(ground, dbs, mill, Processes);

        await Orders(bench, farm, ground, mill, units);
        await LastUnits(bench, farm, dbs, mill);

        bench.AtMost("faults", farm.Faults, "answers", 0);
        await ground.Verify(bench);
    }

    private const int RaceItems = 10;

    /// <summary>Everybody orders until nothing is left, while processes die.</summary>
    private static async Task Orders(Benchmark bench, RaceFarm farm, Ground ground, Mill mill, int units)
    {
        using var over = new CancellationTokenSource();
        var killing = farm.KillNowAndThen(TimeSpan.FromSeconds(bench.Quick ? 4 : 5), over.Token);
        var pairs = RaceItems * units / 2;
        bench.Say($"{People} people order {pairs + (RaceItems * units)} times, {RaceItems} items of {units} units");
        // First two items each, in either order; then one by one what the pairs have left over.
        var orders = Enumerable
            .Range(0, pairs)
            .Select(at => (Demand: $"PAIR-{at}", Items: Pair(mill, at)))
            .Concat(
                Enumerable
                    .Range(0, RaceItems * units)
                    .Select(at => (Demand: $"ONE-{at}", Items: (Guid[])[mill.Items[at % RaceItems]]))
            )
            .ToList();
        var accepted = new List<string>[People];
        var next = -1;
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, People)
                .Select(async person =>
                {
                    var mine = accepted[person] = [];
                    while (Interlocked.Increment(ref next) is var at && at < orders.Count)
                        if (await farm.Reserve(orders[at].Demand, orders[at].Items, person + at))
                            mine.Add(orders[at].Demand);
                })
        );
        var took = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        await over.CancelAsync();
        var kills = await killing;

        var heard = accepted.SelectMany(one => one).ToHashSet(StringComparer.Ordinal);
        var stored = (
            await Ground.Ask<string[]>(ground.Connection, "select array_agg(demand) from inventory.reservation")
        ).ToList();
        bench.Say($"{heard.Count} promises in {took:0} s, {kills} processes killed, {farm.Repeats} requests asked again");
        bench.Figure("orders", orders.Count, "orders");
        bench.Figure("kills", kills, "processes");
        bench.Figure("asked_again", farm.Repeats, "requests");
        bench.AtMost("promised_twice", stored.Count - stored.Distinct(StringComparer.Ordinal).Count(), "demands", 0);
        bench.AtMost("lost", heard.Except(stored).Count(), "promises", 0);
        bench.AtMost("unheard", stored.Except(heard).Count(), "promises", 0);
        bench.AtMost("units_beside_the_stock", (double)await Difference(ground, units), "units", 0);
    }

    /// <summary>Several buyers, one unit, at the same instant; again and again.</summary>
    private static async Task LastUnits(Benchmark bench, RaceFarm farm, Dbs dbs, Mill mill)
    {
        const int buyers = 8;
        var races = bench.Quick ? 100 : 3000;
        var (twice, none) = (0, 0);
        var began = TimeProvider.System.GetTimestamp();
        for (var race = 0; race < races; race++)
        {
            var item = mill.Items[RaceItems + (race % 20)];
            await mill.Stock(dbs, RaceItems + (race % 20), 1);
            var won = await Task.WhenAll(
                Enumerable.Range(0, buyers).Select(buyer => farm.Reserve($"LAST-{race}-{buyer}", [item], buyer))
            );
            var winners = won.Count(one => one);
            twice += winners > 1 ? 1 : 0;
            none += winners == 0 ? 1 : 0;
        }
        bench.Say(
            $"{races} races of {buyers} buyers for one unit in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s"
        );
        bench.Figure("last_unit_races", races, "races");
        bench.AtMost("last_unit_promised_twice", twice, "races", 0);
        bench.AtMost("last_unit_promised_to_nobody", none, "races", 0);
    }

    private static Guid[] Pair(Mill mill, int at)
    {
        var (one, other) = (mill.Items[at % RaceItems], mill.Items[((at * 7) + 3) % RaceItems]);
        if (one == other)
            other = mill.Items[(at + 1) % RaceItems];
        return at % 2 == 0 ? [one, other] : [other, one];
    }

    // By how much what is promised differs from what there is, over all items.
    private static Task<decimal> Difference(Ground ground, int units) =>
        Ground.Ask<decimal>(
            ground.Connection,
            $"select coalesce(sum(abs(reserved - {units})), 0) from inventory.balance where on_hand = {units}"
        );
}
