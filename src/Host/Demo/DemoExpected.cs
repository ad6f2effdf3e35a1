using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Host.Demo;

/// <summary>Goods of the pump maker that are on their way, one of them late, and the demands that count on them.</summary>
internal sealed class DemoExpected(
    Dbs dbs,
    int tenant,
    Guid companyId,
    Guid warehouse,
    IReadOnlyDictionary<string, Guid> items,
    DateOnly today
)
{
    internal async Task Run()
    {
        await using var db = dbs.Open(DbScope.ForTenant(tenant, request: "demo"));
        await Expect(db, 2041, "RM-MOT-7.5", 24, days: 4);
        await Expect(db, 2041, "RM-MOT-4", 12, days: 4);
        var castings = await Expect(db, 2037, "RM-CAST-VOL-50-200", 60, days: -2);
        await Expect(db, 2049, "RM-CAST-VOL-50-200", 60, days: 19);
        await Expect(db, 2052, "RM-BLT-M16x50", 5000, days: 11);
        await Promise(db, 311, [("RM-MOT-7.5", 10), ("RM-CAST-VOL-50-200", 20)], days: 12);
        await Promise(db, 314, [("RM-CAST-VOL-50-200", 35)], days: 25);
        ReceiveStock.Request first = new(
            warehouse,
            today.AddDays(-1),
            [new(castings.ItemId, 12, ExpectedId: castings.Id)],
            castings.Source
        );
        _ = (await ReceiveStock.Run(db, [first]))[0].Result;
        await db.Commit();
    }

    private Task<Supply> Expect(Db db, int order, string item, decimal quantity, int days) =>
        ExpectSupply.Run(db, new(companyId, items[item], warehouse, $"PO-{today:yy}{order}", today.AddDays(days), quantity));

    private async Task Promise(Db db, int order, IEnumerable<(string Item, decimal Quantity)> lines, int days)
    {
        ReserveStock.Request request = new(
            companyId,
            $"SO-{today:yy}{order:0000}",
            [.. lines.Select(one => new ReserveStock.Line(items[one.Item], warehouse, one.Quantity))],
            NeededOn: today.AddDays(days)
        );
        _ = (await ReserveStock.Run(db, [request]))[0].Result;
    }
}
