using Millrace.Inventory;

namespace Millrace.Tests;

/// <summary>What is promised, waited for, served, given back and issued.</summary>
internal sealed partial class StockModel
{
    private string? Reserve(ReserveStock.Request request, out Given? given)
    {
        given = _given.Find(one => one.IsOpen && one.Demand == request.Demand);
        if (given is not null)
            return null;
        var lines = request
            .Lines.GroupBy(line => (line.ItemId, line.WarehouseId))
            .ToDictionary(one => one.Key, one => one.Sum(line => line.Quantity));
        if (PinsOf(request) is not { } pins)
            return "inventory.short";
        var made = lines.ToDictionary(
            line => line.Key,
            line => LineOf(line.Key, line.Value, line.Value - PinnedAt(pins, line.Key), request.NeededOn)
        );
        if (made.Any(line => request.WhenShort == "wait" ? PinnedAt(pins, line.Key) > line.Value.Held : line.Value.Waiting > 0))
            return "inventory.short";
        given = new Given(request.Demand, request.Priority ?? 5, made) { Pins = pins };
        _given.Add(given);
        foreach (var (place, line) in made)
            Peg(_given.Count - 1, place, request.NeededOn, line.Expected);
        Events.Add("StockReserved");
        return null;
    }

    private string? Release(Given? found, ReleaseStock.Command request)
    {
        if (found is null)
            return "not_found";
        if (!found.IsOpen)
            return request.Lines is null ? null : "reservation.closed";
        var lines = found.Lines.ToDictionary();
        foreach (var part in request.Lines ?? [])
        {
            var place = (part.ItemId, part.WarehouseId);
            var line = lines.GetValueOrDefault(place);
            if (line.Held + line.Waiting + line.Expected < part.Quantity)
                return "reservation.less";
            lines[place] = line with
            {
                Waiting = Math.Max(0, line.Waiting - part.Quantity),
                Expected = Math.Min(line.Expected, Math.Max(0, line.Expected - part.Quantity + line.Waiting)),
                Released = line.Released + part.Quantity,
            };
        }
        foreach (var (place, line) in lines)
        {
            var left = request.Lines is null
                ? line with
                {
                    Waiting = 0,
                    Expected = 0,
                    Released = line.Released + line.Waiting + line.Expected,
                }
                : line;
            Unpeg(_given.IndexOf(found), place, found.Lines[place].Expected - left.Expected);
            found.Lines[place] = left;
        }
        Trim(found);
        found.IsOpen = request.Lines is not null && !IsDone(found);
        Events.Add("StockReleased");
        return null;
    }

    private static bool IsDone(Given given) => given.Lines.Values.All(line => line is { Held: 0, Waiting: 0, Expected: 0 });

    /// <summary>At the end of a batch those who wait get what came free: the urgent ones first, then the older ones.</summary>
    internal void Serve()
    {
        foreach (var place in _given.SelectMany(one => one.Lines.Keys).ToHashSet())
        foreach (var one in _given.Where(one => one.IsOpen && one.Lines.ContainsKey(place)).OrderBy(Rank))
        {
            var line = one.Lines[place];
            var given = Math.Min(line.Waiting, OnHand(place, free: true) - Reserved(place));
            if (given == 0)
                continue;
            one.Lines[place] = line with { Waiting = line.Waiting - given };
            _served.Add(one);
        }
        Events.AddRange(_served.Select(_ => "StockServed"));
        _served.Clear();
    }

    private static Given Taken(Given serves, Dictionary<(Guid Item, Guid Warehouse, string Lot, string Status), decimal> sums)
    {
        var after = serves.Copy();
        foreach (var (key, quantity) in sums)
        {
            var line = after.Lines.GetValueOrDefault((key.Item, key.Warehouse));
            var taken = Math.Min(line.Held, -quantity);
            if (taken == 0 || key.Status != "available")
                continue;
            after.Lines[(key.Item, key.Warehouse)] = line with { Taken = line.Taken + taken };
            var pin = (key.Item, key.Warehouse, key.Lot);
            if (after.Pins.TryGetValue(pin, out var pinned))
                after.Pins[pin] = Math.Max(0, pinned + quantity);
            Trim(after);
        }
        return after;
    }

    private void Take(Given serves, Given after)
    {
        if (serves.Lines.Any(one => after.Lines[one.Key] != one.Value))
            Events.Add("StockTaken");
        foreach (var (place, line) in after.Lines)
            serves.Lines[place] = line;
        serves.Pins = after.Pins;
        serves.IsOpen = !IsDone(serves);
    }

    private static void AssertPromised(Given given, Promised promised)
    {
        var state =
            !given.IsOpen ? "released"
            : given.Lines.Values.Any(line => line.Waiting > 0) ? "waiting"
            : given.Lines.Values.Any(line => line.Expected > 0) ? "expected"
            : "open";
        if (given.Id == Guid.Empty)
            given.Id = promised.Id;
        Assert.Equal((given.Id, given.Demand, state), (promised.Id, promised.Demand, promised.State));
        Assert.Equal(
            given.Lines.OrderBy(one => one.Key.Item).ThenBy(one => one.Key.Warehouse).Select(one => (one.Key, one.Value)),
            promised
                .Lines.OrderBy(one => one.ItemId)
                .ThenBy(one => one.WarehouseId)
                .Select(one =>
                    ((one.ItemId, one.WarehouseId), new Line(one.Quantity, one.Waiting, one.Taken, one.Released, one.Expected))
                )
        );
        Assert.Equal(
            given.Pins.Where(one => one.Value > 0).OrderBy(one => one.Key).Select(one => (one.Key, one.Value)),
            promised
                .Lines.SelectMany(line => line.Pins.Select(pin => ((line.ItemId, line.WarehouseId, pin.Lot), pin.Quantity)))
                .Where(one => one.Quantity > 0)
                .OrderBy(one => one.Item1)
        );
    }
}
