using System.Globalization;
using System.Text.Json;
using Millrace.Catalog;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// The stock a company begins with, from a file: each place once, known again by item, warehouse, bin and lot. What a row says is
/// what was there on its day; a second file posts only the difference. It is posted as stock adjustments, without approval.
/// </summary>
internal static class ImportOpening
{
    internal static readonly ImportKind Kind = new(
        "openingStock",
        new Words("Opening stock", "Açılış stoğu"),
        InventoryPermissions.Open,
        [
            new("item", new("Item", "Malzeme"), ColumnKind.Text, "PMP-100")
            {
                Key = true,
                Needed = true,
                Rules = [new TextAttribute(40)],
            },
            new("warehouse", new("Warehouse", "Depo"), ColumnKind.Text, "MAIN")
            {
                Key = true,
                Needed = true,
                Rules = [new TextAttribute(20)],
            },
            new("bin", new("Bin", "Göz"), ColumnKind.Text, Warehouses.MainBin)
            {
                Key = true,
                Otherwise = Warehouses.MainBin,
                Rules = [new TextAttribute(40)],
            },
            new("lot", new("Lot", "Parti"), ColumnKind.Text, "L-2026-01") { Key = true, Rules = [new TextAttribute(40)] },
            new("quantity", new("Quantity", "Miktar"), ColumnKind.Number, "120")
            {
                Needed = true,
                Rules = [new OpeningQuantityAttribute()],
            },
            new("date", new("Date", "Tarih"), ColumnKind.Date, "2026-01-01") { Needed = true },
            new("cost", new("Unit cost", "Birim maliyet"), ColumnKind.Number, "42.50") { Rules = [new UnitCostAttribute()] },
        ],
        new ImportWork(Write, Undo)
    );

    private sealed record ItemCode(Guid Id, string Code);

    private sealed record WarehouseCode(Guid Id, string Code, Guid CompanyId);

    private sealed record Before(decimal Quantity, DateOnly Date);

    /// <summary>A row whose item and warehouse are known.</summary>
    private sealed record Wanted(
        int No,
        OpeningPlace Place,
        decimal Quantity,
        DateOnly Date,
        decimal? Cost,
        string Item,
        OpeningStock.Row? Known
    )
    {
        internal decimal Difference => Quantity - (Known?.Quantity ?? 0);
    }

    private static async Task<ImportOutcome> Write(Db db, IReadOnlyList<ImportRow> rows, bool mayUpdate)
    {
        var faults = new List<ImportFault>();
        var found = await Find(db, rows, faults);
        var known = await OpeningStock.Lock(db, [.. found.Select(one => one.Place)]);
        var wanted = found.ConvertAll(one => one with { Known = known.GetValueOrDefault(one.Place) });
        foreach (var there in wanted.Where(one => one is { Known: not null, Difference: not 0 } && !mayUpdate))
            faults.Add(
                Fault(there, "item", there.Item, "exists", "This place has its opening stock, and this import only adds.")
            );
        wanted.RemoveAll(one => one.Known is not null && (one.Difference == 0 || !mayUpdate));
        await SetCosts(db, wanted, faults);
        wanted.RemoveAll(one => faults.Exists(fault => fault.No == one.No));
        var refused = await OpeningStock.Post(
            db,
            [.. wanted.Select(one => new OpeningChange(one.Place, one.Date, one.Difference))],
            "Opening stock"
        );
        foreach (var (at, refusal) in refused)
            faults.Add(Fault(wanted[at], "quantity", Shown(wanted[at].Quantity), refusal.Code, refusal.Message));
        var done = wanted.Where((_, at) => !refused.ContainsKey(at)).ToList();
        var kept = done.ConvertAll(one => new OpeningStock.Row(
            one.Known?.Id ?? Guid.CreateVersion7(),
            one.Place,
            one.Date,
            one.Quantity,
            (one.Known?.Version ?? 0) + 1
        ));
        await OpeningStock.Keep(db, kept);
        return new ImportOutcome([.. done.Zip(kept, Effect)], faults);
    }

    private static ImportEffect Effect(Wanted wanted, OpeningStock.Row kept) =>
        new(
            wanted.No,
            wanted.Known is null ? "created" : "updated",
            kept.Id,
            kept.Version,
            wanted.Known is null
                ? null
                : JsonSerializer.Serialize(new Before(wanted.Known.Quantity, wanted.Known.Date), JsonSerializerOptions.Web)
        );

    /// <summary>The rows with what their codes mean; a code that means nothing is a fault of its row.</summary>
    private static async Task<List<Wanted>> Find(Db db, IReadOnlyList<ImportRow> rows, List<ImportFault> faults)
    {
        var items = (
            await db.Query<ItemCode>(
                $"""
                select item_id as id, code from catalog.v_item
                where code = any ({rows.Select(row => row.Text("item")).Distinct().ToArray()})
                """
            )
        ).ToDictionary(one => one.Code, one => one.Id, StringComparer.Ordinal);
        var warehouses = (
            await db.Query<WarehouseCode>(
                $"""
                select warehouse_id as id, code, company_id from inventory.warehouse
                where code = any ({rows.Select(row => row.Text("warehouse")).Distinct().ToArray()}) and retired_at is null
                """
            )
        ).ToDictionary(one => one.Code, StringComparer.Ordinal);
        var found = new List<Wanted>();
        foreach (var row in rows)
        {
            var (item, warehouse) = (row.Text("item"), row.Text("warehouse"));
            if (!items.TryGetValue(item, out var itemId))
                faults.Add(new ImportFault(row.No, "item", item, "unknown", $"There is no item {item}. Import the items first."));
            else if (!warehouses.TryGetValue(warehouse, out var at))
                faults.Add(new ImportFault(row.No, "warehouse", warehouse, "unknown", $"There is no warehouse {warehouse}."));
            else
                found.Add(
                    new Wanted(
                        row.No,
                        new OpeningPlace(at.CompanyId, itemId, at.Id, row.Text("bin", Warehouses.MainBin), row.Text("lot")),
                        row.Number("quantity") ?? 0,
                        row.Date("date") ?? default,
                        row.Number("cost"),
                        item,
                        null
                    )
                );
        }
        return found;
    }

    /// <summary>A first cost may come with the stock; one that is there already is not changed by the way.</summary>
    private static async Task SetCosts(Db db, List<Wanted> wanted, List<ImportFault> faults)
    {
        foreach (var company in wanted.Where(one => one.Cost is not null).GroupBy(one => one.Place.CompanyId))
        {
            var facts = await ItemFacts.Read(db, company.Key, company.Select(one => one.Place.ItemId));
            var first = new Dictionary<Guid, decimal>();
            foreach (var one in company)
            {
                var cost = one.Cost ?? 0;
                var there = facts[one.Place.ItemId].UnitCost ?? first.GetValueOrDefault(one.Place.ItemId, cost);
                if (there != cost)
                    faults.Add(
                        Fault(
                            one,
                            "cost",
                            Shown(cost),
                            "cost_differs",
                            $"{one.Item} costs {Shown(there)} already. Change it on the item first, or leave this cell empty."
                        )
                    );
                else
                    first[one.Place.ItemId] = cost;
            }
            await ChangeCost.SetFirst(db, company.Key, first);
        }
    }

    private static async Task<IReadOnlyList<ImportFault>> Undo(Db db, IReadOnlyList<ImportEffect> effects)
    {
        var known = (await OpeningStock.Lock(db, [.. effects.Select(one => one.Target)])).ToDictionary(one => one.Id);
        var faults = new List<ImportFault>();
        var back = new List<(ImportEffect Effect, OpeningStock.Row Now, Before Then)>();
        foreach (var effect in effects)
            if (known.TryGetValue(effect.Target, out var now) && now.Version == effect.Version)
                back.Add((effect, now, Then(effect, now)));
            else
                faults.Add(Depends(effect, "This opening stock was changed since. Take that back first."));
        var refused = await OpeningStock.Post(
            db,
            [.. back.Select(one => new OpeningChange(one.Now.Place, one.Now.Date, one.Then.Quantity - one.Now.Quantity))],
            "Opening stock taken back"
        );
        faults.AddRange(refused.Select(one => Depends(back[one.Key].Effect, one.Value.Message)));
        var done = back.Where((_, at) => !refused.ContainsKey(at)).ToList();
        await OpeningStock.Remove(db, [.. done.Where(one => one.Effect.Change == "created").Select(one => one.Now.Id)]);
        await OpeningStock.Keep(
            db,
            [
                .. done.Where(one => one.Effect.Change == "updated")
                    .Select(one =>
                        one.Now with
                        {
                            Quantity = one.Then.Quantity,
                            Date = one.Then.Date,
                            Version = one.Now.Version + 1,
                        }
                    ),
            ]
        );
        return faults;
    }

    private static Before Then(ImportEffect effect, OpeningStock.Row now) =>
        effect.Before is null
            ? new Before(0, now.Date)
            : JsonSerializer.Deserialize<Before>(effect.Before, JsonSerializerOptions.Web)!;

    private static ImportFault Depends(ImportEffect effect, string why) => new(effect.No, "item", "", "depends", why);

    private static ImportFault Fault(Wanted row, string field, string value, string code, string message) =>
        new(row.No, field, value, code, message);

    private static string Shown(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}

/// <summary>What was there when a company began: nothing, or something.</summary>
internal sealed class OpeningQuantityAttribute() : ExactAttribute("0", "999999999", 6);
