using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Pallets and boxes of a company: where each stands and what is on it.</summary>
public static class ListHandlingUnits
{
    /// <summary>Some of what is on it, and of how many different goods that is.</summary>
    public sealed record Row(
        string Sscc,
        Guid WarehouseId,
        string WarehouseCode,
        string Bin,
        string Holds,
        long Goods,
        DateTime CreatedAt,
        DateTime MovedAt,
        DateTime? DissolvedAt
    );

    private static readonly ListColumn Number = new("sscc", new("SSCC", "SSCC"), ColumnKind.Text, $"u.sscc")
    {
        Order = $"u.sscc",
        Unique = true,
    };

    internal static readonly ListOf<Row> List = new(
        "handling-units",
        $"""
        inventory.handling_unit u
        left join inventory.warehouse w on w.tenant_id = u.tenant_id and w.warehouse_id = u.warehouse_id
        left join lateral (
            select count(*) as goods, coalesce(string_agg(i.code, ', ' order by i.code) filter (where d.at <= 3), '') as holds
            from (
                select d.item_id, row_number() over (order by d.item_id) as at
                from inventory.balance_detail d
                where d.tenant_id = u.tenant_id and d.warehouse_id = u.warehouse_id and d.bin = u.sscc and length(d.bin) = 18
                    and d.on_hand > 0) d
            join catalog.v_item i on i.tenant_id = u.tenant_id and i.item_id = d.item_id) g on true
        """,
        $"""
        u.sscc, u.warehouse_id, w.code as warehouse_code, u.bin, g.holds, g.goods, u.created_at, u.moved_at, u.dissolved_at
        """,
        Number,
        [
            Number,
            new("warehouse", new("Warehouse", "Depo"), ColumnKind.Text, $"w.code") { Groups = true },
            new("bin", new("Stands in", "Bulunduğu raf"), ColumnKind.Text, $"u.bin") { Groups = true },
            new("holds", new("On it", "Üzerindeki"), ColumnKind.Text, $"g.holds"),
            new("moved", new("Moved", "Taşındı"), ColumnKind.Instant, $"u.moved_at"),
            new("created", new("Begun", "Başlandı"), ColumnKind.Instant, $"u.created_at") { Hidden = true },
            new("dissolved", new("Dissolved", "Dağıtıldı"), ColumnKind.Flag, $"(u.dissolved_at is not null)") { Hidden = true },
        ]
    )
    {
        OfCompany = $"u.company_id",
        SortedBy = "-sscc",
        Usually = ("dissolved", $"u.dissolved_at is null"),
    };

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapList("/handling-units", List, InventoryPermissions.Read, "Handling units");
}
