using System.Globalization;
using Millrace.Kernel;

namespace Millrace.Inventory;

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
        if (request.HeldUntil is { } until && until < stock.Companies[request.CompanyId].Today)
            return new Refused(
                "reservation.past",
                $"It cannot be held until {until:yyyy-MM-dd}, which has passed. Choose today or a later day.",
                new { HeldUntil = until }
            );
        var lines = LinesOf(request, stock);
        if (!request.Waits && ShortagesOf(lines) is [_, ..] shortages)
            return new Refused("inventory.short", MovementJudge.Sentence(shortages), new { Shortages = shortages });
        var promise = new Promise(Guid.CreateVersion7(), request.CompanyId, request.Demand, lines, IsNew: true)
        {
            Priority = request.Priority ?? ReserveStock.UsualPriority,
            HeldUntil = request.HeldUntil,
        };
        stock.Give(promise);
        return promise;
    }

    /// <summary>Taking back what is taken back already changes nothing.</summary>
    internal static Verdict<Promise> Judge(ReleaseStock.Command request, StockAtHand stock, out PromiseChange? change)
    {
        change = null;
        if (stock.Promised(request.Id) is not { } found)
            return Refused.Missing("reservation", request.Id);
        if (!found.IsOpen)
            return request.Lines is null ? found.Promise : Closed(found.Promise);
        var after = found.Promise;
        foreach (var part in request.Lines ?? WaitingIn(found.Promise))
        {
            if (after.At(part.ItemId, part.WarehouseId) is not { } line || line.Held + line.Waiting < part.Quantity)
                return NotSoMuch(found.Promise, part);
            // What has not come yet is given up first.
            after = after.With(
                line with
                {
                    Waiting = line.Waiting - Math.Min(line.Waiting, part.Quantity),
                    Released = line.Released + part.Quantity,
                }
            );
        }
        change = new PromiseChange(found.Promise, after, Closes: request.Lines is null || after.IsDone);
        stock.Change(change);
        return after;
    }

    internal static Refused Closed(Promise promise) =>
        new(
            "reservation.closed",
            $"The reservation for {promise.Demand} is closed and holds nothing. Go on without it, or reserve anew.",
            new { promise.Demand }
        );

    /// <summary>What an issue takes of the promise that it serves; the rest of it comes from what is free.</summary>
    internal static PromiseChange Take(Promise promise, IEnumerable<(DetailKey Key, decimal Quantity)> issued)
    {
        var after = promise;
        foreach (var (key, quantity) in issued)
            if (key.IsFree && after.At(key.ItemId, key.WarehouseId) is { Held: > 0 } line)
                after = after.With(line with { Taken = line.Taken + Math.Min(line.Held, quantity) });
        return new PromiseChange(promise, after, Closes: after.IsDone);
    }

    // A promise that is closed waits for nothing; what it held at the end stays on its lines.
    private static IReadOnlyList<ReservationLine> WaitingIn(Promise promise) =>
        [
            .. promise
                .Lines.Where(line => line.Waiting > 0)
                .Select(line => new ReservationLine(line.ItemId, line.WarehouseId, line.Waiting)),
        ];

    private static Refused NotSoMuch(Promise promise, ReservationLine part)
    {
        var line = promise.At(part.ItemId, part.WarehouseId);
        var (held, waiting) = (line?.Held ?? 0, line?.Waiting ?? 0);
        return new Refused(
            "reservation.less",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{promise.Demand} holds {held:0.######} of {line?.ItemCode ?? "this item"} there "
                    + $"and waits for {waiting:0.######}; {part.Quantity:0.######} cannot be given back."
            ),
            new
            {
                promise.Demand,
                Held = held,
                Waiting = waiting,
                Asked = part.Quantity,
            }
        );
    }

    private static List<Shortage> ShortagesOf(IReadOnlyList<PromisedLine> lines) =>
        [
            .. lines
                .Where(line => line.Waiting > 0)
                .Select(line => new Shortage(
                    line.ItemId,
                    line.ItemCode,
                    line.WarehouseId,
                    line.WarehouseCode,
                    line.Quantity,
                    line.Held,
                    line.Waiting
                )),
        ];

    // Lines of one place are one promise. What is not there is waited for, if one may.
    private static List<PromisedLine> LinesOf(ReserveStock.Request request, StockAtHand stock) =>
        [
            .. request
                .Lines.GroupBy(line => (line.ItemId, line.WarehouseId))
                .Select(line =>
                {
                    var (item, warehouse) = line.Key;
                    var wanted = line.Sum(one => one.Quantity);
                    return new PromisedLine(
                        item,
                        stock.Items[(request.CompanyId, item)].Code,
                        warehouse,
                        stock.Warehouses[warehouse].Code,
                        wanted
                    )
                    {
                        Waiting = Math.Max(0, wanted - stock.Available(request.CompanyId, item, warehouse)),
                    };
                }),
        ];
}
