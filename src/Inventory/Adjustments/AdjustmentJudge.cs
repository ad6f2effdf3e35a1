using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Prices and judges adjustments in the order of arrival, without a database: never below what is there, nor below what is
/// promised; what one takes away, the next no longer finds.
/// </summary>
internal static class AdjustmentJudge
{
    internal static IReadOnlyList<Verdict<Movement>> Judge(IReadOnlyList<Adjustments.Request> requests, StockAtHand stock) =>
        [
            .. requests.Select(request =>
            {
                var priced = Price(request, stock);
                if (priced.Refusal is not null)
                    return priced;
                var movement = priced.Result;
                if (ShortagesOf(movement, stock) is [_, ..] shortages)
                    return new Refused("inventory.short", MovementJudge.Sentence(shortages), new { Shortages = shortages });
                foreach (var line in movement.Lines)
                    stock.Move(movement.Company.Id, line.Key, line.Quantity);
                return priced;
            }),
        ];

    /// <summary>What an adjustment would write, at the costs in force, whether or not the stock is there.</summary>
    internal static Verdict<Movement> Price(Adjustments.Request request, StockAtHand stock)
    {
        var lines = new List<MovementLine>(request.Lines.Count);
        ListCompanies.Row? company = null;
        foreach (var line in request.Lines)
        {
            if (!stock.Warehouses.TryGetValue(line.WarehouseId, out var warehouse) || warehouse.CompanyId != request.CompanyId)
                return Refused.Missing("warehouse", line.WarehouseId);
            company ??= stock.Companies[request.CompanyId];
            if (Periods.RefusalOf(stock.Periods, company.Id, request.Date) is { } closed)
                return closed;
            if (!stock.Items.TryGetValue((company.Id, line.ItemId), out var item))
                return Refused.Missing("item", line.ItemId);
            var key = DetailKey.Of(line);
            if (!stock.Bins.Contains((key.WarehouseId, key.Bin)))
                return new Refused("bin.unknown", $"The warehouse {warehouse.Code} has no bin {key.Bin}.", status: 404);
            if (item.UnitCost is not { } cost)
                return new Refused(
                    "inventory.cost_missing",
                    $"The item {item.Code} has no cost in {company.Code}. Set it on the item first.",
                    new { item.Code }
                );
            var amount = Money.Round(line.Difference * cost, company.MinorDigits);
            lines.Add(new MovementLine(key, item.Kind, line.Difference, cost, amount) { Reason = line.Reason });
        }
        if (lines.Sum(line => Math.Abs(line.Amount)) is > MovementJudge.LargestTotal and var total)
            return MovementJudge.TooLarge(total);
        // Lines are never empty: the request was validated.
        MoveStock.Request head = new(MovementKind.Adjustment, lines[0].Key.WarehouseId, request.Date, "", request.Note ?? "", []);
        return new Movement(head, company!, lines);
    }

    // An item's lines in one warehouse draw on the same unpromised sum; each place must have what is taken from it.
    private static List<Shortage> ShortagesOf(Movement movement, StockAtHand stock)
    {
        var company = movement.Company.Id;
        var places =
            from line in movement.Lines
            group line.Quantity by line.Key into change
            let taken = -change.Sum()
            where taken > stock.OnHand(company, change.Key)
            select Short(change.Key.ItemId, change.Key.WarehouseId, taken, stock.OnHand(company, change.Key));
        var sums =
            from line in movement.Lines
            group line.Quantity by (line.Key.ItemId, line.Key.WarehouseId) into change
            let taken = -change.Sum()
            let free = stock.Available(company, change.Key.ItemId, change.Key.WarehouseId)
            where taken > free
            select Short(change.Key.ItemId, change.Key.WarehouseId, taken, free);
        return [.. places.Concat(sums).DistinctBy(one => (one.ItemId, one.WarehouseId))];

        Shortage Short(Guid item, Guid warehouse, decimal wanted, decimal available) =>
            new(
                item,
                stock.Items[(company, item)].Code,
                warehouse,
                stock.Warehouses[warehouse].Code,
                wanted,
                Math.Max(0, available),
                wanted - Math.Max(0, available)
            );
    }
}
