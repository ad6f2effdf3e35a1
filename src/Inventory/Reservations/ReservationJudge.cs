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
        var wanted = new List<ReservationLine>(request.Lines.Count);
        var pins = new List<(Guid ItemId, Guid WarehouseId, Pin Pin)>();
        foreach (var line in request.Lines)
        {
            if (!stock.Warehouses.TryGetValue(line.WarehouseId, out var warehouse) || warehouse.CompanyId != request.CompanyId)
                return Refused.Missing("warehouse", line.WarehouseId);
            if (!stock.Items.ContainsKey((request.CompanyId, line.ItemId)))
                return Refused.Missing("item", line.ItemId);
            var own = UnitJudge.InOwn(line.Quantity, line.Unit, line.ItemId, request.CompanyId, stock);
            if (own.Refusal is { } unit)
                return unit;
            wanted.Add(new(line.ItemId, line.WarehouseId, own.Result));
            if (!PinJudge.Pins(line))
                continue;
            var held = PinJudge.Of(line, own.Result, request.CompanyId, stock, pins);
            if (held.Refusal is { } missing)
                return missing;
            pins.AddRange(held.Result.Select(pin => (line.ItemId, line.WarehouseId, pin)));
        }
        if (request.HeldUntil is { } until && until < stock.Companies[request.CompanyId].Today)
            return new Refused(
                "reservation.past",
                $"It cannot be held until {until:yyyy-MM-dd}, which has passed. Choose today or a later day.",
                new { HeldUntil = until }
            );
        if (request.NeededOn is { } day && day < stock.Companies[request.CompanyId].Today)
            return new Refused(
                "reservation.needed_past",
                $"It cannot be had on {day:yyyy-MM-dd}, which has passed. Choose today or a later day.",
                new { NeededOn = day }
            );
        var lines = LinesOf(request, wanted, pins, stock, out var pegs);
        if (ShortagesOf(lines, request.Waits) is [_, ..] shortages)
            return new Refused("inventory.short", MovementJudge.Sentence(shortages), new { Shortages = shortages });
        var promise = new Promise(Guid.CreateVersion7(), request.CompanyId, request.Demand, lines, IsNew: true)
        {
            Priority = request.Priority ?? ReserveStock.UsualPriority,
            HeldUntil = request.HeldUntil,
            NeededOn = request.NeededOn,
            Pegs = pegs,
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
            if (
                after.At(part.ItemId, part.WarehouseId) is not { } line
                || line.Held + line.Waiting + line.Expected < part.Quantity
            )
                return NotSoMuch(found.Promise, part);
            // What has not come yet is given up first, and of that what nobody knows when it comes.
            var waiting = Math.Min(line.Waiting, part.Quantity);
            after = after.With(
                PinJudge.Trim(
                    line with
                    {
                        Waiting = line.Waiting - waiting,
                        Expected = line.Expected - Math.Min(line.Expected, part.Quantity - waiting),
                        Released = line.Released + part.Quantity,
                    }
                )
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
                after = after.With(
                    PinJudge.Trim(PinJudge.Take(line with { Taken = line.Taken + Math.Min(line.Held, quantity) }, key, quantity))
                );
        return new PromiseChange(promise, after, Closes: after.IsDone);
    }

    // A promise that is closed waits for nothing and expects nothing; what it held at the end stays on its lines.
    private static IReadOnlyList<ReservationLine> WaitingIn(Promise promise) =>
        [
            .. promise
                .Lines.Where(line => line.Waiting + line.Expected > 0)
                .Select(line => new ReservationLine(line.ItemId, line.WarehouseId, line.Waiting + line.Expected)),
        ];

    private static Refused NotSoMuch(Promise promise, ReservationLine part)
    {
        var line = promise.At(part.ItemId, part.WarehouseId);
        var (held, waiting) = (line?.Held ?? 0, (line?.Waiting ?? 0) + (line?.Expected ?? 0));
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

    // Who names goods does not wait for them.
    private static List<Shortage> ShortagesOf(IReadOnlyList<PromisedLine> lines, bool waits) =>
        [
            .. lines
                .Where(line => waits ? line.Pinned > line.Held : line.Waiting > 0)
                .Select(line => new Shortage(
                    line.ItemId,
                    line.ItemCode,
                    line.WarehouseId,
                    line.WarehouseCode,
                    line.Quantity,
                    line.Held + line.Expected,
                    line.Waiting
                )),
        ];

    // Lines of one place are one promise. What is not there and does not come in time is waited for, if one may.
    private static List<PromisedLine> LinesOf(
        ReserveStock.Request request,
        IReadOnlyList<ReservationLine> asked,
        List<(Guid ItemId, Guid WarehouseId, Pin Pin)> pinned,
        StockAtHand stock,
        out IReadOnlyList<(Supply Supply, decimal Quantity)> pegs
    )
    {
        var (lines, all) = (new List<PromisedLine>(), new List<(Supply Supply, decimal Quantity)>());
        foreach (var line in asked.GroupBy(line => (line.ItemId, line.WarehouseId)))
        {
            var (item, warehouse) = line.Key;
            var place = (request.CompanyId, item, warehouse);
            var wanted = line.Sum(one => one.Quantity);
            Pin[] pins =
            [
                .. pinned
                    .Where(one => (one.ItemId, one.WarehouseId) == line.Key)
                    .GroupBy(one => (one.Pin.Bin, one.Pin.Lot), one => one.Pin.Quantity)
                    .Select(one => new Pin(one.Key.Bin, one.Key.Lot, one.Sum()))
                    .OrderBy(one => one.Bin, StringComparer.Ordinal)
                    .ThenBy(one => one.Lot, StringComparer.Ordinal),
            ];
            if (request.NeededOn is { } day)
                all.AddRange(stock.Supplies.For(place, day, wanted - pins.Sum(pin => pin.Quantity), stock.Waiting(place)));
            var comes = all.Where(one => one.Supply.Place == place).Sum(one => one.Quantity);
            lines.Add(
                new PromisedLine(
                    item,
                    stock.Items[(request.CompanyId, item)].Code,
                    warehouse,
                    stock.Warehouses[warehouse].Code,
                    wanted
                )
                {
                    Pins = pins,
                    Expected = comes,
                    Waiting = Math.Max(0, wanted - comes - stock.Available(request.CompanyId, item, warehouse)),
                }
            );
        }
        pegs = all;
        return lines;
    }
}
