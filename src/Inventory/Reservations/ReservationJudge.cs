using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>A promise that is given now, or one that its demand has already.</summary>
internal sealed record Promise(Guid Id, ReserveStock.Request Request, bool IsNew);

/// <summary>Decides about each demand in the order of arrival, without a database.</summary>
internal static class ReservationJudge
{
    internal static IReadOnlyList<Verdict<Promise>> Judge(
        IReadOnlyList<ReserveStock.Request> requests,
        StockAtHand stock,
        Dictionary<(Guid Company, string Demand), Guid> open
    ) => [.. requests.Select(request => Judge(request, stock, open))];

    private static Verdict<Promise> Judge(
        ReserveStock.Request request,
        StockAtHand stock,
        Dictionary<(Guid Company, string Demand), Guid> open
    )
    {
        if (open.TryGetValue((request.CompanyId, request.Demand), out var found))
            return new Promise(found, request, IsNew: false);
        var lines = ReservationLine.Of(request);
        foreach (var line in lines)
        {
            if (!stock.Warehouses.TryGetValue(line.WarehouseId, out var warehouse) || warehouse.CompanyId != request.CompanyId)
                return Refused.Missing("warehouse", line.WarehouseId);
            if (!stock.Items.ContainsKey((request.CompanyId, line.ItemId)))
                return Refused.Missing("item", line.ItemId);
        }
        var shortages = lines
            .Select(line => (line, Available: stock.Available(request.CompanyId, line.ItemId, line.WarehouseId)))
            .Where(one => one.Available < one.line.Quantity)
            .Select(one => new Shortage(
                one.line.ItemId,
                stock.Items[(request.CompanyId, one.line.ItemId)].Code,
                one.line.WarehouseId,
                stock.Warehouses[one.line.WarehouseId].Code,
                one.line.Quantity,
                one.Available,
                one.line.Quantity - one.Available
            ))
            .ToList();
        if (shortages.Count > 0)
            return new Refused("inventory.short", MovementJudge.Sentence(shortages), new { Shortages = shortages });
        foreach (var line in lines)
            stock.Reserve(request.CompanyId, line.ItemId, line.WarehouseId, line.Quantity);
        var promise = new Promise(Guid.CreateVersion7(), request, IsNew: true);
        open[(request.CompanyId, request.Demand)] = promise.Id;
        return promise;
    }
}
