using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Where free stock of an item lies in a warehouse, to choose among its bins and lots.</summary>
internal static class Choices
{
    /// <summary>As many as are looked at.</summary>
    private const int Most = 2000;

    internal sealed record Row(
        Guid CompanyId,
        Guid ItemId,
        Guid WarehouseId,
        string Bin,
        string Lot,
        decimal OnHand,
        decimal Pinned,
        int RemovalOrder,
        bool IsClosed,
        bool IsUnit,
        DateOnly? FirstOn,
        DateOnly? ExpiresOn,
        int? Pieces
    );

    internal static Later<Row> Read(
        Db db,
        IReadOnlyDictionary<Guid, Guid> company,
        HashSet<(Guid ItemId, Guid WarehouseId, string Lot)> places
    )
    {
        var known = places.Where(one => company.ContainsKey(one.WarehouseId)).ToArray();
        return db.Later<Row>(
            $"""
            select d.company_id, d.item_id, d.warehouse_id, d.bin, d.lot, d.on_hand, d.pinned,
                coalesce(u.removal_order, b.removal_order) as removal_order, b.closed_at is not null as is_closed, b.is_unit,
                l.first_on, l.expires_on, s.on_hand as pieces
            from unnest({Array.ConvertAll(known, one => company[one.WarehouseId])},
                {Array.ConvertAll(known, one => one.ItemId)}, {Array.ConvertAll(known, one => one.WarehouseId)},
                {Array.ConvertAll(known, one => one.Lot)}) as w (company_id, item_id, warehouse_id, lot)
            cross join lateral (
                select * from inventory.balance_detail d
                where d.company_id = w.company_id and d.item_id = w.item_id and d.warehouse_id = w.warehouse_id
                    and (w.lot = '' or d.lot = w.lot)
                    and d.owner_id = '00000000-0000-0000-0000-000000000000' and d.status = 'available' and d.on_hand > 0
                limit {Most}) d
            cross join lateral (
                select * from inventory.bin b where b.warehouse_id = d.warehouse_id and b.bin = d.bin limit 1) b
            -- What is on a pallet lies where the pallet stands.
            left join lateral (
                select at.removal_order from inventory.handling_unit u
                join inventory.bin at on at.warehouse_id = u.warehouse_id and at.bin = u.bin
                where b.is_unit and u.sscc = b.bin limit 1) u on true
            left join lateral (
                select * from inventory.lot l where l.item_id = d.item_id and l.lot = d.lot limit 1) l on true
            left join lateral (
                select s.on_hand from inventory.serial s where s.item_id = d.item_id and s.serial = d.lot limit 1) s on true
            """
        );
    }
}
