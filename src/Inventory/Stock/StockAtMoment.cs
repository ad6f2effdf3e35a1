using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// What lay where at a moment, by when it was recorded: the last full day before it, what the days since then changed, and what
/// was moved from there to the moment. As of now it is the stock.
/// </summary>
public static class StockAtMoment
{
    private const int Most = 50_000;

    public sealed record Row(
        Guid ItemId,
        string ItemCode,
        string ItemName,
        string Unit,
        Guid WarehouseId,
        string WarehouseCode,
        string Bin,
        string Lot,
        string Status,
        Guid OwnerId,
        string? OwnerName,
        decimal OnHand
    );

    public sealed record Key(string ItemCode, string WarehouseCode, string Bin, string Lot, string Status, Guid OwnerId);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet(
                "/stock/at",
                async (
                    Db db,
                    PageOf page,
                    Guid companyId,
                    DateTime? moment,
                    Guid? warehouseId,
                    Guid? itemId,
                    TimeProvider clock
                ) =>
                    page.Cut(
                        await Run(
                            db,
                            companyId,
                            moment ?? clock.GetUtcNow().UtcDateTime,
                            warehouseId,
                            itemId,
                            page.Start<Key>(),
                            page.Limit + 1
                        ),
                        row => new Key(row.ItemCode, row.WarehouseCode, row.Bin, row.Lot, row.Status, row.OwnerId)
                    )
            )
            .Needs(InventoryPermissions.Read)
            .Reads(Patience.Background)
            .ProducesProblem(404)
            .WithSummary("Stock as of a moment");

    internal static async Task<List<Row>> Run(
        Db db,
        Guid company,
        DateTime moment,
        Guid? warehouse,
        Guid? item,
        Key? after = null,
        int limit = Most
    )
    {
        await ListCompanies.One(db, company);
        var at = moment.ToUniversalTime();
        var from = after ?? new Key("", "", "", "", "", Guid.Empty);
        var there = warehouse is null ? Sql.Of($"") : $"and w.warehouse_id = {warehouse}";
        var kept = item is null ? Sql.Of($"") : $"and s.item_id = {item}";
        var moved = item is null ? Sql.Of($"") : $"and m.item_id = {item}";
        return await db.Query<Row>(
            $"""
            with place as materialized (
                select w.warehouse_id, w.code, d.day, ({at}::timestamptz at time zone 'utc')::date as last,
                    coalesce(f.day, '-infinity') as full_day
                from inventory.warehouse w
                cross join (select least(d.day, ({at}::timestamptz at time zone 'utc')::date - 1) as day
                    from inventory.stock_day_done d) d
                left join lateral (
                    select f.day from inventory.stock_full_day f where f.warehouse_id = w.warehouse_id and f.day <= d.day
                    order by f.day desc limit 1) f on true
                where w.company_id = {company} {there}),
            total as materialized (
                select t.item_id, t.warehouse_id, t.bin, t.lot, t.owner_id, t.status, sum(t.quantity) as on_hand
                from (select s.item_id, s.warehouse_id, s.bin, s.lot, s.owner_id, s.status, s.quantity
                    from place p cross join lateral (select s.* from inventory.stock_day s
                        where s.warehouse_id = p.warehouse_id and s.day >= p.full_day and s.day <= p.day {kept}) s
                    union all
                    select m.item_id, m.warehouse_id, m.bin, m.lot, m.owner_id, m.status, m.quantity
                    from inventory.movement m
                    where m.company_id = {company} {moved} and m.warehouse_id in (select warehouse_id from place)
                        and m.recorded_on > (select min(day) from place) and m.recorded_on <= (select max(last) from place)
                        and m.recorded_at <= {at}) t
                group by t.item_id, t.warehouse_id, t.bin, t.lot, t.owner_id, t.status having sum(t.quantity) <> 0)
            select t.item_id, i.code as item_code, i.name as item_name, i.unit, t.warehouse_id, p.code as warehouse_code, t.bin,
                t.lot, t.status, t.owner_id, o.name as owner_name, t.on_hand
            from total t
            join catalog.v_item i on i.item_id = t.item_id
            join place p on p.warehouse_id = t.warehouse_id
            left join catalog.v_partner o on o.partner_id = t.owner_id
            where (i.code, p.code, t.bin, t.lot, t.status, t.owner_id)
                > ({from.ItemCode}, {from.WarehouseCode}, {from.Bin}, {from.Lot}, {from.Status}, {from.OwnerId})
            order by i.code, p.code, t.bin, t.lot, t.status, t.owner_id limit {limit}
            """
        );
    }
}
