using System.Globalization;
using Millrace.Catalog;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Decides what may be expected, and what may arrive of it, without a database.</summary>
internal static class SupplyJudge
{
    internal static Verdict<SupplyChange> Judge(ExpectSupply.Request request, StockAtHand stock)
    {
        var place = (request.CompanyId, request.ItemId, request.WarehouseId);
        if (!stock.Warehouses.TryGetValue(request.WarehouseId, out var warehouse) || warehouse.CompanyId != request.CompanyId)
            return Refused.Missing("warehouse", request.WarehouseId);
        if (!stock.Items.TryGetValue((request.CompanyId, request.ItemId), out var item))
            return Refused.Missing("item", request.ItemId);
        if (item.Retired)
            return new Refused(
                "item.retired",
                $"The item {item.Code} is retired. Bring it back before you expect it.",
                new { item.Code }
            );
        if (stock.Supplies.Of(place, request.Source) is { } twin)
            return new Refused(
                "expected.twice",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{request.Source} brings {twin.Quantity:0.######} of {item.Code} to {warehouse.Code} "
                        + $"on {twin.Due:yyyy-MM-dd} already. Change that, or name the line of the order, "
                        + $"such as {request.Source}/2."
                ),
                new { request.Source, twin.Id }
            );
        Supply supply = new(
            Guid.CreateVersion7(),
            request.CompanyId,
            request.ItemId,
            request.WarehouseId,
            request.Source,
            request.Due,
            request.Quantity,
            Arrived: 0,
            Promised: 0,
            Closed: false,
            Version: 1
        );
        return stock.Become(supply);
    }

    /// <summary>What is promised beyond what still comes waits like everything else that is missing.</summary>
    internal static Verdict<SupplyChange> Judge(ExpectSupply.ChangeCommand command, StockAtHand stock)
    {
        if (stock.Supplies.Of(command.Id) is not { } supply)
            return Refused.Missing("supply", command.Id);
        if (supply.Version != command.Version)
            return Versions.Changed("supply");
        if (supply.Closed)
            return Closed(supply);
        var (due, quantity, closed) = command.To;
        return stock.Become(supply with { Due = due, Quantity = quantity, Closed = closed, Version = supply.Version + 1 });
    }

    /// <summary>Of a line that names what it brings.</summary>
    internal static Refused? Arrives(Guid id, MoveStock.Request request, MoveStock.Line line, StockAtHand stock)
    {
        if (request.Kind != MovementKind.Receipt)
            return new Refused("expected.issued", "What is on its way comes in with a receipt. Issue this line without it.");
        if (stock.Supplies.Of(id) is not { } supply)
            return Refused.Missing("supply", id);
        if (supply.Closed)
            return Closed(supply);
        return supply.ItemId == line.ItemId && supply.WarehouseId == request.WarehouseId
            ? null
            : new Refused(
                "expected.other",
                $"{supply.Source} was to bring another item, or to another warehouse. Choose what this line brings anew.",
                new { supply.Source }
            );
    }

    internal static IEvent EventOf(Supply supply) =>
        new SupplyExpected(
            supply.CompanyId,
            supply.Id,
            supply.ItemId,
            supply.WarehouseId,
            supply.Source,
            supply.Due,
            supply.Quantity,
            supply.Closed
        );

    private static Refused Closed(Supply supply) =>
        new(
            "expected.closed",
            $"{supply.Source} is closed: nothing more was to come of it. Receive without it, or expect it anew.",
            new { supply.Source }
        );
}
