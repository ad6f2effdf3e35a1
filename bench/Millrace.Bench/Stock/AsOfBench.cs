using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>What lay where at a past moment, with a year of ten million movements over 20,000 places.</summary>
internal static class AsOfBench
{
    internal static async Task Run(Benchmark bench)
    {
        var places = bench.Quick ? 500 : 20_000;
        var each = bench.Quick ? 40 : 500;
        await using var ground = await Ground.Make(bench);
        var (databases, dbs) = Child.Open(ground.Connection);
        await using var _ = databases;
        bench.Say($"receiving {places} items");
        var mill = await StockGround.Fill(dbs, ground.Connection, places);
        bench.Say($"writing {places * each} movements of a year");
        await Ground.Execute(ground.Connection, PastMonths);
        await Ground.Execute(ground.Connection, MovementsOf(each));
        await Ground.Execute(ground.Connection, "vacuum (analyze)");
        var began = TimeProvider.System.GetTimestamp();
        await CloseStockDays.Run(dbs, CancellationToken.None);
        bench.Figure("closing_a_year", TimeProvider.System.GetElapsedTime(began).TotalSeconds, "s");
        await Ground.Execute(ground.Connection, "vacuum (analyze)");

        var items = new List<double>();
        var all = new List<double>();
        for (var round = 0; round < 60; round++)
        {
            var moment = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-(round * 7919 % (60 * 24 * 360)));
            var item = mill.Items[round * 7919 % places];
            items.Add(await Timed(() => At(item)));
            if (round % 6 == 0)
                all.Add(await Timed(() => At(null)));

            async Task At(Guid? one)
            {
                await using var db = dbs.Open(DbScope.ForTenant(mill.Tenant));
                await StockAtMoment.Run(db, mill.Company, moment, mill.Warehouse, one);
            }
        }
        // The first of each met cold caches and plans that were not made.
        bench.AtMost("item_p50", items.Skip(5).Median(), "ms", 5);
        bench.AtMost("warehouse_p50", all.Skip(1).Median(), "ms", 200);
    }

    private static async Task<double> Timed(Func<Task> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    }

    private const string PastMonths = """
        do $$
        begin
            for back in 1 .. 13 loop
                call kernel.make_partition('inventory.movement',
                    to_char(current_date - make_interval(months => back), 'YYYYMM'),
                    date_trunc('month', current_date - make_interval(months => back))::date::text,
                    date_trunc('month', current_date - make_interval(months => back - 1))::date::text);
            end loop;
        end $$
        """;

    // One in, one out, each place on its own days; what was received today stays what there is now.
    private static string MovementsOf(int each) =>
        $"""
            insert into inventory.movement (tenant_id, recorded_on, recorded_at, company_id, kind, document, line_no, date,
                item_id, warehouse_id, bin, lot, owner_id, status, quantity, unit_cost, amount, actor)
            select d.tenant_id, at::date, at, d.company_id, 'adjustment', 'PAST', 1, at::date, d.item_id, d.warehouse_id, d.bin,
                d.lot, d.owner_id, d.status, case when n % 2 = 0 then 1 else -1 end, 1, 1, '{DbScope.System}'
            from generate_series(0, {each - 1}) n
            cross join (select *, row_number() over () as place from inventory.balance_detail) d
            cross join lateral (
                select date_trunc('day', now()) - interval '365 days' + (n * 365.0 / {each}) * interval '1 day'
                    + (d.place % 1000) * interval '1 minute' as at) t;
            update inventory.stock_day_done set day = current_date - 400
            """;
}
