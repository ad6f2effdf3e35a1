using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Every movement, newest first.</summary>
public static class ListMovements
{
    public sealed record Row(
        long Id,
        string Number,
        string Kind,
        DateOnly Date,
        Guid ItemId,
        string ItemCode,
        string ItemName,
        string Unit,
        Guid WarehouseId,
        string WarehouseCode,
        string Lot,
        decimal Quantity,
        decimal UnitCost,
        decimal Amount,
        string Reference,
        string Reason,
        DateTime RecordedAt
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/movements", Run).Needs(InventoryPermissions.Read).Reads().WithSummary("Movements, newest first");

    private static async Task<Page<Row>> Run(
        Db db,
        PageOf page,
        Guid companyId,
        Guid? itemId,
        Guid? warehouseId,
        [Text(40, MayBeEmpty = true)] string? document
    )
    {
        var before = page.Start<long?>() ?? long.MaxValue;
        var rows = await db.Query<Row>(
            $"""
            select m.movement_id as id, m.document as number, m.kind, m.date,
                m.item_id, i.code as item_code, i.name as item_name, i.unit, m.warehouse_id, w.code as warehouse_code,
                m.lot, m.quantity, m.unit_cost, m.amount, m.reference, m.reason, m.recorded_at
            from inventory.movement m
            join catalog.v_item i on i.tenant_id = m.tenant_id and i.item_id = m.item_id
            join inventory.warehouse w on w.tenant_id = m.tenant_id and w.warehouse_id = m.warehouse_id
            where m.company_id = {companyId} and m.movement_id < {before}
                and ({itemId}::uuid is null or m.item_id = {itemId})
                and ({warehouseId}::uuid is null or m.warehouse_id = {warehouseId})
                and ({document ?? ""} = '' or m.document = {document ?? ""})
            order by m.movement_id desc limit {page.Limit + 1}
            """
        );
        return page.Cut(rows, row => row.Id);
    }
}
