using System.Globalization;
using Millrace.Catalog;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>A line for which there is not enough.</summary>
public sealed record Shortage(
    Guid ItemId,
    string ItemCode,
    Guid WarehouseId,
    string WarehouseCode,
    decimal Wanted,
    decimal Available,
    decimal Missing
);

/// <summary>
/// Decides about each movement in the order of arrival, without a database: what one is given, the next no longer finds.
/// </summary>
internal static class MovementJudge
{
    // What numeric(19,4) keeps; a voucher carries the whole document.
    internal const decimal LargestTotal = 999_999_999_999_999.9999m;

    internal static Verdict<Movement> Judge(MoveStock.Request request, StockAtHand stock)
    {
        if (!stock.Warehouses.TryGetValue(request.WarehouseId, out var warehouse))
            return Refused.Missing("warehouse", request.WarehouseId);
        var company = stock.Companies[warehouse.CompanyId];
        if (Periods.RefusalOf(stock.Periods, company.Id, request.Date) is { } closed)
            return closed;
        var promise = ServedBy(request, company, stock);
        if (promise.Refusal is { } notHeld)
            return notHeld;

        var lines = new List<MovementLine>(request.Lines.Count);
        foreach (var asked in request.Lines)
        {
            var own = UnitJudge.InOwn(asked.Quantity, asked.Unit, asked.ItemId, company.Id, stock);
            if (own.Refusal is { } unit)
                return unit;
            var line = asked with { Quantity = own.Result };
            if (UnfitFor(request, line, company, stock) is { } unfit)
                return unfit;
            var from = RemovalJudge.Of(request, line, company.Id, stock, lines);
            if (from.Refusal is { } missing)
                return missing;
            foreach (var (key, quantity) in from.Result)
            {
                var priced = Price(key, quantity, company, stock);
                if (priced.Refusal is { } refusal)
                    return refusal;
                lines.Add(priced.Result with { Expires = line.Expires, SupplyId = line.ExpectedId });
            }
        }
        if (lines.Sum(line => line.Amount) is > LargestTotal and var total)
            return TooLarge(total);
        var movement = new Movement(request, company, lines);
        if (promise.Result is { } given)
            movement = movement with { Serves = ReservationJudge.Take(given, lines.Select(line => (line.Key, line.Quantity))) };
        return Take(movement, stock);
    }

    /// <summary>A line of any movement at the cost in force.</summary>
    internal static Verdict<MovementLine> Price(DetailKey key, decimal quantity, ListCompanies.Row company, StockAtHand stock)
    {
        if (!stock.Items.TryGetValue((company.Id, key.ItemId), out var item))
            return Refused.Missing("item", key.ItemId);
        if (!stock.Bins.ContainsKey((key.WarehouseId, key.Bin)))
            return UnknownBin(stock.Warehouses[key.WarehouseId].Code, key.Bin);
        if (!key.IsOwn && !stock.Owners.Contains(key.Owner))
            return Refused.Missing("partner", key.Owner);
        // What is not ours has no value in our books.
        if ((key.IsOwn ? item.UnitCost : 0) is not { } cost)
            return new Refused(
                "inventory.cost_missing",
                $"The item {item.Code} has no cost in {company.Code}. Set it on the item first.",
                new { item.Code }
            );
        return new MovementLine(key, item.Kind, quantity, cost, Money.Round(quantity * cost, company.MinorDigits))
        {
            IsPiece = LotJudge.IsPiece(item, key),
        };
    }

    /// <summary>Moves it when there is enough of everything that it takes.</summary>
    internal static Verdict<Movement> Take(Movement movement, StockAtHand stock)
    {
        var sign = movement.Request.Kind.Sign;
        if (ClosedFor(movement, stock) is { } closed)
            return closed;
        if (LotJudge.Pieces(movement.Lines, sign, movement.Company.Id, stock) is { } twice)
            return twice;
        if (ShortagesOf(movement, sign, stock) is [_, ..] shortages)
            return new Refused("inventory.short", Sentence(shortages), new { Shortages = shortages });
        foreach (var line in movement.Lines)
            stock.Move(movement.Company.Id, line.Key, sign * line.Quantity);
        if (movement.Serves is { } change)
            stock.Change(change);
        stock.Lots.Move(movement);
        return movement with { Supplies = Arrive(movement, sign, stock) };
    }

    // What comes in withheld has come too, but nobody can have it yet.
    private static List<SupplyChange> Arrive(Movement movement, int sign, StockAtHand stock)
    {
        var changes = new List<SupplyChange>();
        foreach (var line in movement.Lines)
            if (line.SupplyId is { } id && stock.Supplies.Of(id) is { } supply)
                changes.Add(
                    stock.Become(
                        supply with
                        {
                            Arrived = supply.Arrived + (sign * line.Quantity),
                        },
                        free: line.Key.IsFree ? sign * line.Quantity : 0
                    )
                );
        return changes;
    }

    private static Verdict<Promise?> ServedBy(MoveStock.Request request, ListCompanies.Row company, StockAtHand stock)
    {
        if (request.Reservation is not { } id)
            return (Promise?)null;
        if (stock.Promised(id) is not { } found || found.Promise.CompanyId != company.Id)
            return Refused.Missing("reservation", id);
        return found.IsOpen ? found.Promise : ReservationJudge.Closed(found.Promise);
    }

    private static Refused? UnfitFor(MoveStock.Request request, MoveStock.Line line, ListCompanies.Row company, StockAtHand stock)
    {
        if (!stock.Items.TryGetValue((company.Id, line.ItemId), out var item))
            return null;
        if (request.Kind == MovementKind.Receipt && item.Retired)
            return new Refused(
                "item.retired",
                $"The item {item.Code} is retired. Bring it back before you receive it.",
                new { item.Code }
            );
        if (line.ExpectedId is { } id && SupplyJudge.Arrives(id, request, line, stock) is { } other)
            return other;
        if (request.Kind == MovementKind.Receipt)
            return LotJudge.Arrives(item, line, request, stock.Lots);
        if (request.Reason is "scrap" or "return")
            return null;
        if (line.Status is not (null or StockStatus.Available))
            return new Refused(
                "inventory.withheld",
                $"Stock of {item.Code} that is in quality control or blocked can only be scrapped or returned. Free it first.",
                new { item.Code, line.Status }
            );
        return LotJudge.Leaves(item, line, request.Date, stock.Lots);
    }

    private static Refused? ClosedFor(Movement movement, StockAtHand stock)
    {
        foreach (var line in movement.Lines.Where(line => movement.Request.Kind.Sign * line.Quantity > 0))
        {
            var bin = stock.Bins[(line.Key.WarehouseId, line.Key.Bin)];
            if (bin.IsClosed)
                return ClosedBin(stock.Warehouses[line.Key.WarehouseId].Code, bin.Bin);
            if (bin.IsUnit && movement.Carries?.Sscc != bin.Bin && MoveHandlingUnit.TakesNothing(bin, stock) is { } refusal)
                return refusal;
        }
        return null;
    }

    // What is free of an item in a warehouse is one sum, on which its bins and lots draw together.
    private static List<Shortage> ShortagesOf(Movement movement, int sign, StockAtHand stock)
    {
        var company = movement.Company.Id;
        // What its own promise holds is there for it.
        var held = movement.Serves?.Freed.ToDictionary(one => (one.ItemId, one.WarehouseId), one => one.Quantity);
        var pins = movement.Serves?.Unpinned.ToDictionary(one => one.Key, one => one.Quantity);
        var taken = movement
            .Lines.GroupBy(line => line.Key)
            .Select(line => (line.Key, Quantity: -sign * line.Sum(one => one.Quantity)))
            .ToList();
        var takenOfItem = taken
            .Where(one => one.Key.IsFree)
            .GroupBy(one => (one.Key.ItemId, one.Key.WarehouseId))
            .ToDictionary(one => one.Key, one => one.Sum(line => line.Quantity));
        return
        [
            .. from one in taken
            let key = one.Key
            let there = stock.OnHand(company, key) - stock.Pinned(company, key) + (pins?.GetValueOrDefault(key) ?? 0)
            let available = key.IsFree ? Math.Min(there, LeftFor(one)) : there
            where one.Quantity > 0 && available < one.Quantity
            select new Shortage(
                key.ItemId,
                stock.Items[(company, key.ItemId)].Code,
                key.WarehouseId,
                stock.Warehouses[key.WarehouseId].Code,
                one.Quantity,
                Math.Max(0, available),
                one.Quantity - Math.Max(0, available)
            ),
        ];

        decimal LeftFor((DetailKey Key, decimal Quantity) one) =>
            stock.Available(company, one.Key.ItemId, one.Key.WarehouseId)
            + (held?.GetValueOrDefault((one.Key.ItemId, one.Key.WarehouseId)) ?? 0)
            - (takenOfItem[(one.Key.ItemId, one.Key.WarehouseId)] - one.Quantity);
    }

    /// <summary>Of one line that finds too little.</summary>
    internal static Refused Short(ItemFacts.Row item, StockAtHand.Warehouse warehouse, decimal wanted, decimal missing)
    {
        Shortage shortage = new(item.Id, item.Code, warehouse.Id, warehouse.Code, wanted, wanted - missing, missing);
        return new Refused("inventory.short", Sentence([shortage]), new { Shortages = new[] { shortage } });
    }

    internal static Refused UnknownBin(string warehouse, string bin) =>
        new("bin.unknown", $"The warehouse {warehouse} has no bin {bin}.", status: 404);

    internal static Refused ClosedBin(string warehouse, string bin) =>
        new(
            "bin.closed",
            $"The bin {bin} of {warehouse} is closed and takes nothing in. Choose another bin, or open it.",
            new { Bin = bin }
        );

    internal static Refused TooLarge(decimal total) =>
        new(
            "inventory.amount_too_large",
            string.Create(
                CultureInfo.InvariantCulture,
                $"This document would be worth {total:0.####}, more than one can hold. "
                    + $"Check quantities and costs, or split it."
            ),
            new { Total = total }
        );

    internal static string Sentence(IReadOnlyList<Shortage> shortages) =>
        shortages is [var one]
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Not enough {one.ItemCode} in {one.WarehouseCode}: "
                    + $"{one.Wanted:0.######} wanted, {one.Available:0.######} available."
            )
            : FormattableString.Invariant($"Not enough stock for {shortages.Count} lines. The list says what is missing.");
}
