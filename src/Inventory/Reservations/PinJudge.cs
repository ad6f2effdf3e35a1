using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>How much of a promise is held in one bin and of one lot.</summary>
public sealed record Pin(string Bin, string Lot, decimal Quantity);

/// <summary>
/// Which goods exactly a line gets that names a bin, a lot or a piece: what lies nearest of it, and nobody else holds.
/// </summary>
internal static class PinJudge
{
    internal static bool Pins(ReserveStock.Line line) => line.Bin is not null || line.Lot is not null;

    /// <summary>Goods that are to come cannot be named, so who names some does not wait for them.</summary>
    internal static Verdict<IReadOnlyList<Pin>> Of(
        ReserveStock.Line line,
        decimal quantity,
        Guid company,
        StockAtHand stock,
        IReadOnlyCollection<(Guid ItemId, Guid WarehouseId, Pin Pin)> before
    )
    {
        if (line.Bin is { } bin && !stock.Bins.ContainsKey((line.WarehouseId, bin)))
            return MovementJudge.UnknownBin(stock.Warehouses[line.WarehouseId].Code, bin);
        var item = stock.Items[(company, line.ItemId)];
        var today = stock.Companies[company].Today;
        if (LotJudge.Leaves(item, new MoveStock.Line(line.ItemId, quantity, Lot: line.Lot), today, stock.Lots) is { } expired)
            return expired;
        var (pins, missing) = (new List<Pin>(), quantity);
        foreach (var (key, left) in Lying(line, company, stock, today))
        {
            var free = left - before.Where(one => IsAt(one, key)).Sum(one => one.Pin.Quantity);
            if (missing == 0 || free <= 0)
                continue;
            pins.Add(new Pin(key.Bin, key.Lot, Math.Min(missing, free)));
            missing -= Math.Min(missing, free);
        }
        return missing == 0 ? pins : MovementJudge.Short(item, stock.Warehouses[line.WarehouseId], quantity, missing);
    }

    private static IEnumerable<(DetailKey Key, decimal Left)> Lying(
        ReserveStock.Line line,
        Guid company,
        StockAtHand stock,
        DateOnly today
    ) =>
        stock
            .Free(company, line.ItemId, line.WarehouseId)
            .Where(one => (line.Bin is null || one.Key.Bin == line.Bin) && (line.Lot is null || one.Key.Lot == line.Lot))
            .Select(one => (one.Key, one.OnHand, stock.Lots.Of(line.ItemId, one.Key.Lot)?.ExpiresOn))
            .Where(one => !(one.ExpiresOn < today))
            .OrderBy(one => stock.Bins[(line.WarehouseId, one.Key.Bin)].RemovalOrder)
            .ThenBy(one => one.Key.Bin, StringComparer.Ordinal)
            .ThenBy(one => one.ExpiresOn ?? DateOnly.MaxValue)
            .ThenBy(one => one.Key.Lot, StringComparer.Ordinal)
            .Select(one => (one.Key, one.OnHand - stock.Pinned(company, one.Key)));

    private static bool IsAt((Guid ItemId, Guid WarehouseId, Pin Pin) one, DetailKey key) =>
        one.ItemId == key.ItemId && one.WarehouseId == key.WarehouseId && one.Pin.Bin == key.Bin && one.Pin.Lot == key.Lot;

    /// <summary>No more is held in certain places than is held at all; what lies last is let go first.</summary>
    internal static PromisedLine Trim(PromisedLine line)
    {
        var over = line.Pinned - line.Held;
        if (over <= 0)
            return line;
        var pins = line.Pins.ToList();
        for (var at = pins.Count - 1; at >= 0 && over > 0; at--)
        {
            var less = Math.Min(over, pins[at].Quantity);
            pins[at] = pins[at] with { Quantity = pins[at].Quantity - less };
            over -= less;
        }
        return line with { Pins = pins };
    }

    /// <summary>What an issue takes from a place that is held for it.</summary>
    internal static PromisedLine Take(PromisedLine line, DetailKey from, decimal quantity) =>
        line with
        {
            Pins =
            [
                .. line.Pins.Select(pin =>
                    pin.Bin == from.Bin && pin.Lot == from.Lot
                        ? pin with
                        {
                            Quantity = Math.Max(0, pin.Quantity - quantity),
                        }
                        : pin
                ),
            ],
        };
}
