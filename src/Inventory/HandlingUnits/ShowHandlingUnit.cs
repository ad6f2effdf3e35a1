using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>A unit by its number: where it stands and what is on it.</summary>
public static class ShowHandlingUnit
{
    public sealed record Goods(
        Guid ItemId,
        string ItemCode,
        string ItemName,
        string Unit,
        string Lot,
        string Status,
        Guid OwnerId,
        string? OwnerName,
        DateOnly? ExpiresOn,
        decimal OnHand,
        decimal Pinned
    );

    /// <summary>Dissolved, it stands nowhere and nothing is on it.</summary>
    public sealed record Unit(
        string Sscc,
        Guid CompanyId,
        Guid WarehouseId,
        string WarehouseCode,
        string Bin,
        DateTime CreatedAt,
        DateTime MovedAt,
        DateTime? DissolvedAt,
        IReadOnlyList<Goods> Goods
    );

    private sealed record Head(
        string Sscc,
        Guid CompanyId,
        Guid WarehouseId,
        string WarehouseCode,
        string Bin,
        DateTime CreatedAt,
        DateTime MovedAt,
        DateTime? DissolvedAt
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/handling-units/{sscc}", One)
            .Needs(InventoryPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("A handling unit, where it stands and what is on it");

    internal static async Task<Unit> One(Db db, [Text(18)] string sscc)
    {
        var unit =
            await db.Find<Head>(
                $"""
                select u.sscc, u.company_id, u.warehouse_id, w.code as warehouse_code, u.bin, u.created_at, u.moved_at,
                    u.dissolved_at
                from inventory.handling_unit u join inventory.warehouse w on w.warehouse_id = u.warehouse_id
                where u.sscc = {sscc}
                """
            ) ?? throw Refused.Missing("handling unit", sscc);
        return new Unit(
            unit.Sscc,
            unit.CompanyId,
            unit.WarehouseId,
            unit.WarehouseCode,
            unit.Bin,
            unit.CreatedAt,
            unit.MovedAt,
            unit.DissolvedAt,
            await db.Query<Goods>(
                $"""
                select d.item_id, i.code as item_code, i.name as item_name, i.unit, d.lot, d.status, d.owner_id,
                    o.name as owner_name, l.expires_on, d.on_hand, d.pinned
                from inventory.balance_detail d
                join catalog.v_item i on i.item_id = d.item_id
                left join inventory.lot l on l.item_id = d.item_id and l.lot = d.lot
                left join catalog.v_partner o on o.partner_id = d.owner_id
                where d.warehouse_id = {unit.WarehouseId} and d.bin = {sscc} and length(d.bin) = 18 and d.on_hand > 0
                order by i.code, d.lot, d.status, d.owner_id limit {HandlingUnit.MostGoods}
                """
            )
        );
    }
}
