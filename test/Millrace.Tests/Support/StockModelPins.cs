using Millrace.Inventory;

namespace Millrace.Tests;

/// <summary>What is held of certain lots; all of it lies in the main bins.</summary>
internal sealed partial class StockModel
{
    internal IEnumerable<(Guid Id, Guid Item, Guid Warehouse, string Lot, decimal Quantity)> Pins =>
        from given in _given
        where given.IsOpen
        from pin in given.Pins
        where pin.Value > 0
        select (given.Id, pin.Key.Item, pin.Key.Warehouse, pin.Key.Lot, pin.Value);

    // Nothing when a lot has less than is asked of it.
    private Dictionary<(Guid Item, Guid Warehouse, string Lot), decimal>? PinsOf(ReserveStock.Request request)
    {
        var pins = new Dictionary<(Guid Item, Guid Warehouse, string Lot), decimal>();
        foreach (var line in request.Lines.Where(line => line.Lot is not null))
        {
            var key = (line.ItemId, line.WarehouseId, line.Lot!);
            pins[key] = pins.GetValueOrDefault(key) + line.Quantity;
            if (pins[key] > NotPinned((line.ItemId, line.WarehouseId, line.Lot!, "available")))
                return null;
        }
        return pins;
    }

    // What one that is issued for holds there, is there for it.
    private decimal NotPinned(
        (Guid Item, Guid Warehouse, string Lot, string Status) key,
        Given? serves = null,
        Given? after = null
    )
    {
        var there = _onHand.GetValueOrDefault(key);
        if (key.Status != "available")
            return there;
        var pin = (key.Item, key.Warehouse, key.Lot);
        var mine = serves?.Pins.GetValueOrDefault(pin) ?? 0;
        var still = after is null || IsDone(after) ? 0 : after.Pins.GetValueOrDefault(pin);
        return there - _given.Where(one => one.IsOpen).Sum(one => one.Pins.GetValueOrDefault(pin)) + mine - still;
    }

    // What is held in certain places is never more than what is held.
    private static void Trim(Given given)
    {
        foreach (var (place, line) in given.Lines)
        foreach (var pin in given.Pins.Keys.Where(one => (one.Item, one.Warehouse) == place).OrderDescending().ToList())
            given.Pins[pin] -= Math.Clamp(PinnedAt(given.Pins, place) - line.Held, 0, given.Pins[pin]);
    }

    private static decimal PinnedAt(
        Dictionary<(Guid Item, Guid Warehouse, string Lot), decimal> pins,
        (Guid Item, Guid Warehouse) place
    ) => pins.Where(one => (one.Key.Item, one.Key.Warehouse) == place).Sum(one => one.Value);
}
