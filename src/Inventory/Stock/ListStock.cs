using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>What is there, what of it is promised, and what may still be promised; live from the position given.</summary>
public static class ListStock
{
    public sealed record Row(
        Guid ItemId,
        string ItemCode,
        string ItemName,
        string Unit,
        Guid WarehouseId,
        string WarehouseCode,
        decimal OnHand,
        decimal Reserved,
        decimal Available
    );

    public sealed record Stock(IReadOnlyList<Row> Items, string? Next, long Position);

    private sealed record Key(string Item, string Warehouse);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/stock", Run).Needs(InventoryPermissions.Read).Reads().WithSummary("Stock by item and warehouse");

    private static async Task<Stock> Run(
        Db db,
        PageOf page,
        Guid companyId,
        Guid? warehouseId,
        Guid? itemId,
        [Text(100, MayBeEmpty = true)] string? search
    )
    {
        // Read before the figures: what is sequenced later is pushed to whoever follows from here, so nothing is missed.
        var position = await db.One<long>($"select pos from kernel.event_pos order by pos desc limit 1");
        var after = page.Start<Key>() ?? new Key("", "");
        var rows = await db.Query<Row>(
            $"""
            select b.item_id, i.code as item_code, i.name as item_name, i.unit, b.warehouse_id, w.code as warehouse_code,
                b.on_hand, b.reserved, b.on_hand - b.reserved as available
            from inventory.balance b
            join catalog.v_item i on i.tenant_id = b.tenant_id and i.item_id = b.item_id
            join inventory.warehouse w on w.tenant_id = b.tenant_id and w.warehouse_id = b.warehouse_id
            where b.company_id = {companyId}
                and b.warehouse_id = coalesce({warehouseId}, b.warehouse_id)
                and b.item_id = coalesce({itemId}, b.item_id)
                and position(kernel.fold({search ?? ""}) in i.search) > 0
                and (i.code, w.code) > ({after.Item}, {after.Warehouse})
            order by i.code, w.code limit {page.Limit + 1}
            """
        );
        var cut = page.Cut(rows, row => new Key(row.ItemCode, row.WarehouseCode));
        return new Stock(cut.Items, cut.Next, position);
    }
}
