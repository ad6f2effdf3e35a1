using Millrace.Catalog;
using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Host.Demo;

/// <summary>Goods of the pump maker that are told apart, and the bins in which they lie.</summary>
internal sealed class DemoLots(Dbs dbs, int tenant, Guid companyId, Guid raw, Guid finished, DateOnly today)
{
    private static readonly (CreateItem.Request Item, decimal Cost)[] Items =
    [
        (new("RM-PNT-7016", "Epoxy paint RAL 7016", ItemKind.Raw, "kg", ItemTracking.Lot), 192m),
        (new("RM-GRS-EP2", "Bearing grease EP2", ItemKind.Raw, "kg", ItemTracking.Lot), 264m),
        (new("TG-INV-22", "Frequency inverter, 2.2 kW", ItemKind.Goods, "pcs", ItemTracking.Serial), 9_350m),
    ];

    private readonly DbScope _scope = DbScope.ForTenant(tenant, request: "demo");

    internal async Task Run()
    {
        var items = new List<Guid>();
        await using (var db = dbs.Open(_scope))
        {
            foreach (var (item, cost) in Items)
            {
                items.Add((await CreateItem.Run(db, item)).Id);
                await ChangeCost.Run(db, items[^1], companyId, cost);
            }
            for (var at = 1; at <= 6; at++)
                await Bins.Add(db, raw, new Bins.NewBin($"A-{at:00}", at <= 3 ? "A low" : "A high", at * 10, at * 10));
            await db.Commit();
        }
        var (paint, grease, inverter) = (items[0], items[1], items[2]);
        await using var stock = dbs.Open(_scope);
        var consignor = await stock.One<Guid>($"select partner_id from catalog.v_partner where code = 'T-5007'");
        await Receive(stock, raw, 75, Of(paint, 60, "A-01", "P-2607", 125), Of(grease, 40, "A-04", "G-118", -5));
        await Receive(stock, raw, 30, Of(paint, 60, "A-02", "P-2633", 325), Of(grease, 40, "A-05", "G-131", 255));
        await Receive(stock, raw, 6, Of(paint, 30, "A-03", "P-2641", 25));
        await Receive(stock, finished, 20, [.. "ABCDE".Select(letter => Of(inverter, 1, null, $"INV22-26{letter}", null))]);
        await Receive(stock, raw, 2, new MoveStock.Line(grease, 25, "A-06", "G-140", OwnerId: consignor));
        await Issue(stock, raw, "consumption", new(paint, 45, Take: "fefo"), new(grease, 12, Take: "fifo"));
        await Issue(stock, finished, "sale", new MoveStock.Line(inverter, 1, Lot: "INV22-26B"));
        // A customer who wants his paint from one lot, and one who was promised the very piece he tested.
        await Reserve(stock, "SO-1207", new ReserveStock.Line(paint, raw, 20, Lot: "P-2633"));
        await Reserve(stock, "SO-1211", new ReserveStock.Line(inverter, finished, 1, Lot: "INV22-26D"));
        await Pallets(stock, paint, grease);
        await stock.Commit();
    }

    // One stands in the rack, one came with its supplier's number, one is on its way to the other warehouse.
    private async Task Pallets(Db db, Guid paint, Guid grease)
    {
        await SsccPrefix.Say(db, companyId, new("8690526"));
        var rack = (await MakeHandlingUnit.Run(db, new(raw, "A-03"))).Sscc;
        var theirs = (await MakeHandlingUnit.Run(db, new(raw, Warehouses.MainBin, "340123450000000017"))).Sscc;
        var away = (await MakeHandlingUnit.Run(db, new(raw, Warehouses.MainBin))).Sscc;
        await Receive(db, raw, 2, Of(paint, 48, rack, "P-2650", 355), Of(grease, 18, rack, "G-144", 300));
        await Receive(db, raw, 1, Of(paint, 96, theirs, "P-2651", 360));
        await Receive(db, raw, 1, Of(grease, 36, away, "G-145", 310));
        await MoveHandlingUnit.Run(db, away, new(finished, Warehouses.MainBin, today, UnderWay: true));
    }

    private async Task Reserve(Db db, string demand, ReserveStock.Line line) =>
        _ = (await ReserveStock.Run(db, [new(companyId, demand, [line])]))[0].Result;

    private MoveStock.Line Of(Guid item, decimal quantity, string? bin, string lot, int? days) =>
        new(item, quantity, bin, lot, Expires: days is { } more ? today.AddDays(more) : null);

    private async Task Receive(Db db, Guid warehouse, int daysAgo, params IReadOnlyList<MoveStock.Line> lines)
    {
        var date = today.AddDays(-daysAgo);
        foreach (var verdict in await ReceiveStock.Run(db, [new(warehouse, date, lines, $"WB-{date:yyMMdd}-LOT")]))
            _ = verdict.Result;
    }

    private async Task Issue(Db db, Guid warehouse, string reason, params IReadOnlyList<MoveStock.Line> lines)
    {
        foreach (var verdict in await IssueStock.Run(db, [new(warehouse, today.AddDays(-3), reason, lines)]))
            _ = verdict.Result;
    }
}
