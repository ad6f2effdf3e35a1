using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// A pallet or a box with its SSCC. It is a bin that stands in another one: goods lie on it as they lie in a bin, and go where
/// it goes. Whoever puts something on it holds its row, as who moves it does, so that nothing is left behind.
/// </summary>
internal sealed record HandlingUnit(
    string Sscc,
    Guid CompanyId,
    Guid WarehouseId,
    string WarehouseCode,
    string Bin,
    bool IsClosed,
    DateTime? DissolvedAt
)
{
    /// <summary>What of an item lies on a unit.</summary>
    internal sealed record Goods(
        string Sscc,
        Guid ItemId,
        Guid WarehouseId,
        string Lot,
        string Status,
        Guid OwnerId,
        decimal OnHand
    )
    {
        internal DetailKey Key => new(ItemId, WarehouseId, Sscc, Lot, Status, OwnerId);
    }

    /// <summary>More different goods than this do not move as one.</summary>
    internal const int MostGoods = 500;

    internal bool Stands(Guid warehouse) => DissolvedAt is null && WarehouseId == warehouse;

    internal static Later<HandlingUnit> Read(Db db, string[] ssccs) => Of(db, ssccs, $"");

    /// <summary>After the balances, in the order of their numbers.</summary>
    internal static Later<HandlingUnit> Hold(Db db, string[] ssccs, bool passesOverHeld) =>
        Of(db, ssccs, $"for no key update {Sql.PassOver(passesOverHeld)}");

    // Joined after it is held, so that a unit that was waited for is seen where it is now.
    private static Later<HandlingUnit> Of(Db db, string[] ssccs, Sql hold) =>
        db.Later<HandlingUnit>(
            $"""
            select u.sscc, u.company_id, u.warehouse_id, w.code as warehouse_code, u.bin, b.closed_at is not null as is_closed,
                u.dissolved_at
            from (select * from inventory.handling_unit where sscc = any ({ssccs}) order by sscc {hold}) u
            join inventory.warehouse w on w.warehouse_id = u.warehouse_id
            left join inventory.bin b on b.warehouse_id = u.warehouse_id and b.bin = u.bin
            """
        );

    internal static Later<Goods> GoodsOn(Db db, Guid warehouse, string sscc) =>
        db.Later<Goods>(
            $"""
            select d.bin as sscc, d.item_id, d.warehouse_id, d.lot, d.status, d.owner_id, d.on_hand
            from inventory.balance_detail d
            where d.warehouse_id = {warehouse} and d.bin = {sscc} and length(d.bin) = 18 and d.on_hand > 0
            order by d.item_id, d.lot, d.status, d.owner_id limit {MostGoods + 1}
            """
        );
}
