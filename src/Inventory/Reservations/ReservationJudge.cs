using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>A promise that is given now, or one that its demand has already.</summary>
internal sealed record Promise(Guid Id, Guid CompanyId, string Demand, IReadOnlyList<PromisedLine> Lines, bool IsNew)
{
    internal Promised Show(bool isOpen) => new(Id, CompanyId, Demand, isOpen ? "open" : "released", Lines);

    internal IReadOnlyList<ReservationLine> Stock() =>
        [.. Lines.Select(line => new ReservationLine(line.ItemId, line.WarehouseId, line.Quantity))];
}

/// <summary>Decides about each demand in the order of arrival, without a database.</summary>
internal static class ReservationJudge
{
    internal static Verdict<Promise> Judge(ReserveStock.Request request, StockAtHand stock)
    {
        if (stock.Promised(request.CompanyId, request.Demand) is { } given)
            return given;
        foreach (var line in request.Lines)
        {
            if (!stock.Warehouses.TryGetValue(line.WarehouseId, out var warehouse) || warehouse.CompanyId != request.CompanyId)
                return Refused.Missing("warehouse", line.WarehouseId);
            if (!stock.Items.ContainsKey((request.CompanyId, line.ItemId)))
                return Refused.Missing("item", line.ItemId);
        }
        var lines = LinesOf(request, stock);
        var shortages = lines
            .Select(line => (line, Available: stock.Available(request.CompanyId, line.ItemId, line.WarehouseId)))
            .Where(one => one.Available < one.line.Quantity)
            .Select(one => new Shortage(
                one.line.ItemId,
                one.line.ItemCode,
                one.line.WarehouseId,
                one.line.WarehouseCode,
                one.line.Quantity,
                one.Available,
                one.line.Quantity - one.Available
            ))
            .ToList();
        if (shortages.Count > 0)
            return new Refused("inventory.short", MovementJudge.Sentence(shortages), new { Shortages = shortages });
        var promise = new Promise(Guid.CreateVersion7(), request.CompanyId, request.Demand, lines, IsNew: true);
        stock.Give(promise);
        return promise;
    }

    /// <summary>Taking back what is taken back already changes nothing.</summary>
    internal static Verdict<Promise> Judge(ReleaseStock.Request request, StockAtHand stock, out bool changes)
    {
        changes = false;
        if (stock.Promised(request.Id) is not { } found)
            return Refused.Missing("reservation", request.Id);
        if (!found.IsOpen)
            return found.Promise;
        changes = true;
        stock.TakeBack(found.Promise);
        return found.Promise;
    }

    // Lines of one place are one promise.
    private static List<PromisedLine> LinesOf(ReserveStock.Request request, StockAtHand stock) =>
        [
            .. request
                .Lines.GroupBy(line => (line.ItemId, line.WarehouseId))
                .Select(line => new PromisedLine(
                    line.Key.ItemId,
                    stock.Items[(request.CompanyId, line.Key.ItemId)].Code,
                    line.Key.WarehouseId,
                    stock.Warehouses[line.Key.WarehouseId].Code,
                    line.Sum(one => one.Quantity)
                )),
        ];
}
