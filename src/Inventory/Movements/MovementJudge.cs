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

        var lines = new List<MovementLine>(request.Lines.Count);
        foreach (var line in request.Lines)
        {
            if (!stock.Items.TryGetValue((company.Id, line.ItemId), out var item))
                return Refused.Missing("item", line.ItemId);
            var key = DetailKey.Of(request.WarehouseId, line);
            if (!stock.Bins.Contains((key.WarehouseId, key.Bin)))
                return new Refused("bin.unknown", $"The warehouse {warehouse.Code} has no bin {key.Bin}.", status: 404);
            if (request.Kind == MovementKind.Receipt && item.Retired)
                return new Refused(
                    "item.retired",
                    $"The item {item.Code} is retired. Bring it back before you receive it.",
                    new { item.Code }
                );
            if (item.UnitCost is not { } cost)
                return new Refused(
                    "inventory.cost_missing",
                    $"The item {item.Code} has no cost in {company.Code}. Set it on the item first.",
                    new { item.Code }
                );
            lines.Add(
                new MovementLine(key, item.Kind, line.Quantity, cost, Money.Round(line.Quantity * cost, company.MinorDigits))
            );
        }
        if (lines.Sum(line => line.Amount) is > LargestTotal and var total)
            return TooLarge(total);
        if (request.Kind == MovementKind.Issue && ShortagesOf(lines, company, warehouse, stock) is [_, ..] shortages)
            return new Refused("inventory.short", Sentence(shortages), new { Shortages = shortages });
        foreach (var line in lines)
            stock.Move(company.Id, line.Key, request.Kind.Sign * line.Quantity);
        return new Movement(request, company, lines);
    }

    private static List<Shortage> ShortagesOf(
        List<MovementLine> lines,
        ListCompanies.Row company,
        StockAtHand.Warehouse warehouse,
        StockAtHand stock
    ) =>
        [
            .. from line in lines
            group line.Quantity by line.Key into wanted
            let asked = wanted.Sum()
            // Lines of one item in several bins draw on the same unpromised sum.
            let askedOfItem = lines.Where(line => line.Key.ItemId == wanted.Key.ItemId).Sum(line => line.Quantity)
            let free = stock.Available(company.Id, wanted.Key.ItemId, wanted.Key.WarehouseId) - (askedOfItem - asked)
            let available = Math.Max(0, Math.Min(stock.OnHand(company.Id, wanted.Key), free))
            where available < asked
            select new Shortage(
                wanted.Key.ItemId,
                stock.Items[(company.Id, wanted.Key.ItemId)].Code,
                warehouse.Id,
                warehouse.Code,
                asked,
                available,
                asked - available
            ),
        ];

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
