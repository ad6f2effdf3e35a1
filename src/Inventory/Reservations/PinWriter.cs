using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Writes what of promises is held where exactly. One that is closed keeps saying what was held at the end.</summary>
internal static class PinWriter
{
    internal static void Write(Db db, IReadOnlyList<Promise> given, IReadOnlyList<PromiseChange> changes)
    {
        Add(db, [.. given.SelectMany(promise => promise.Pins.Select(pin => (promise.Id, pin.Key, pin.Quantity)))]);
        Take(
            db,
            [
                .. changes
                    .Where(one => !one.Closes)
                    .SelectMany(one => one.Unpinned.Select(pin => (one.After.Id, pin.Key, pin.Quantity)))
                    .GroupBy(one => (one.Id, one.Key), one => one.Quantity)
                    .Select(one => (one.Key.Id, one.Key.Key, one.Sum())),
            ]
        );
    }

    private static void Add(Db db, (Guid Id, DetailKey Key, decimal Quantity)[] pins)
    {
        if (pins.Length > 0)
            db.Later(
                $"""
                insert into inventory.reservation_pin (tenant_id, reservation_id, item_id, warehouse_id, bin, lot, quantity)
                select {db.Scope.Tenant}, p.* from unnest({ValuesOf(pins)}) as p
                """
            );
    }

    private static void Take(Db db, (Guid Id, DetailKey Key, decimal Quantity)[] taken)
    {
        if (taken.Length > 0)
            db.Later(
                $"""
                update inventory.reservation_pin r set quantity = r.quantity - p.quantity
                from (select r.ctid as at, p.quantity
                    from {Sql.Few(
                    $"unnest({ValuesOf(taken)})",
                    taken.Length
                )} as p (id, item_id, warehouse_id, bin, lot, quantity)
                    cross join lateral (
                        select r.ctid from inventory.reservation_pin r
                        where r.reservation_id = p.id and r.item_id = p.item_id and r.warehouse_id = p.warehouse_id
                            and r.bin = p.bin and r.lot = p.lot
                        limit 1) r) p
                where r.ctid = p.at
                """
            );
    }

    private static Sql ValuesOf((Guid Id, DetailKey Key, decimal Quantity)[] pins) =>
        $"""
            {Array.ConvertAll(pins, one => one.Id)}, {Array.ConvertAll(pins, one => one.Key.ItemId)},
                {Array.ConvertAll(pins, one => one.Key.WarehouseId)}, {Array.ConvertAll(pins, one => one.Key.Bin)},
                {Array.ConvertAll(pins, one => one.Key.Lot)}, {Array.ConvertAll(pins, one => one.Quantity)}
            """;
}
