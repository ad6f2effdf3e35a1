using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Reads supplies for a batch: those that are named, that its promises wait for, or that it may promise.</summary>
internal sealed class SupplyReads
{
    /// <summary>As many of a place as are looked at, the last to come before the day.</summary>
    private const int Most = 200;

    private readonly List<Later<Supply>> _supplies = [];
    private Later<Peg>? _pegs;

    internal static readonly Sql Row = $"""
        e.expected_id as id, e.company_id, e.item_id, e.warehouse_id, e.source, e.due, e.quantity, e.arrived, e.promised,
        e.closed_at is not null as closed, e.version
        """;

    /// <summary>Nothing is asked for where nobody names a supply, a reservation or a day.</summary>
    internal static SupplyReads Queue(Db db, StockWanted wanted)
    {
        var reads = new SupplyReads();
        var (named, promises) = (wanted.Supplies.ToArray(), wanted.Reservations.ToArray());
        if (named.Length > 0 || promises.Length > 0)
        {
            reads._supplies.Add(
                db.Later<Supply>(
                    $"""
                    select {Row} from inventory.expected e
                    where e.expected_id = any (array (
                        select unnest({named}::uuid[])
                        union select p.expected_id from inventory.promised_supply p
                            where p.reservation_id = any ({promises}) and p.quantity > 0))
                    """
                )
            );
            reads._pegs = db.Later<Peg>(
                $"""
                select p.expected_id as supply_id, p.reservation_id, l.priority::int as priority, p.quantity
                from inventory.promised_supply p
                join inventory.expected e on e.expected_id = p.expected_id
                join inventory.reservation_line l on l.reservation_id = p.reservation_id and l.item_id = e.item_id
                    and l.warehouse_id = e.warehouse_id
                where p.quantity > 0 and (p.expected_id = any ({named}) or p.reservation_id = any ({promises}))
                """
            );
        }
        if (wanted.Sources.Count > 0)
            reads._supplies.Add(BySource(db, [.. wanted.Sources]));
        if (wanted.Days.Count > 0)
            reads._supplies.Add(ByDay(db, [.. wanted.Days.GroupBy(one => one.Place)]));
        return reads;
    }

    internal void Tell(Supplies supplies)
    {
        foreach (var one in _supplies.SelectMany(one => one.Rows))
            supplies.Found(one);
        foreach (var one in _pegs?.Rows ?? [])
            supplies.Found(one);
    }

    private static Later<Supply> BySource(Db db, ExpectSupply.Request[] asked) =>
        db.Later<Supply>(
            $"""
            select {Row} from unnest({Array.ConvertAll(asked, one => one.CompanyId)},
                {Array.ConvertAll(asked, one => one.ItemId)}, {Array.ConvertAll(asked, one => one.WarehouseId)},
                {Array.ConvertAll(asked, one => one.Source)}) as p (company_id, item_id, warehouse_id, source)
            cross join lateral (
                select * from inventory.expected e
                where e.company_id = p.company_id and e.source = p.source and e.item_id = p.item_id
                    and e.warehouse_id = p.warehouse_id and e.closed_at is null limit 1) e
            """
        );

    private static Later<Supply> ByDay(
        Db db,
        IGrouping<
            (Guid CompanyId, Guid ItemId, Guid WarehouseId),
            ((Guid CompanyId, Guid ItemId, Guid WarehouseId) Place, DateOnly Day)
        >[] places
    ) =>
        db.Later<Supply>(
            $"""
            select {Row} from unnest({Array.ConvertAll(places, one => one.Key.CompanyId)},
                {Array.ConvertAll(places, one => one.Key.ItemId)}, {Array.ConvertAll(places, one => one.Key.WarehouseId)},
                {Array.ConvertAll(places, one => one.Max(asked => asked.Day))}) as p (company_id, item_id, warehouse_id, day)
            cross join lateral (
                select * from inventory.expected e
                where e.company_id = p.company_id and e.item_id = p.item_id and e.warehouse_id = p.warehouse_id
                    and e.closed_at is null and e.arrived < e.quantity and e.due <= p.day
                order by e.due desc, e.expected_id desc limit {Most}) e
            """
        );
}
