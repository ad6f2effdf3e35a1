using Microsoft.AspNetCore.Routing;
using Millrace.Catalog;
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
        decimal Withheld,
        decimal Available,
        decimal Waiting
    );

    private static readonly ListColumn Code = new("code", new("Code", "Kod"), ColumnKind.Text, $"i.code") { Order = $"i.code" };

    private static readonly ListColumn Place = new("place", new("Place", "Yer"), ColumnKind.Text, $"w.code")
    {
        Order = $"w.code",
        Joined = true,
        Unique = true,
    };

    internal static readonly ListOf<Row> List = new(
        "stock",
        $"""
        inventory.balance b
        join catalog.v_item i on i.tenant_id = b.tenant_id and i.item_id = b.item_id
        -- Each balance has one; joined so, the planner knows that none is lost on the way and walks the items by code.
        left join inventory.warehouse w on w.tenant_id = b.tenant_id and w.warehouse_id = b.warehouse_id
        """,
        $"""
        b.item_id, i.code as item_code, i.name as item_name, i.unit, b.warehouse_id, w.code as warehouse_code,
        b.on_hand, b.reserved, b.withheld, b.on_hand - b.reserved - b.withheld as available, b.waiting
        """,
        // An item stands there once for each warehouse; its id finds it, both codes order it.
        new ListColumn("itemId", new("Item's id", "Malzeme kimliği"), ColumnKind.Id, $"b.item_id") { SortsBy = [Code, Place] },
        [
            new("item", new("Item", "Malzeme"), ColumnKind.Text, $"i.code") { SortsBy = [Code, Place], Groups = true },
            new("name", new("Name", "Ad"), ColumnKind.Text, $"i.name"),
            new("kind", new("Kind", "Tür"), ColumnKind.Choice, $"i.kind")
            {
                Groups = true,
                Hidden = true,
                Choices = ItemKind.Choices,
            },
            new("warehouse", new("Warehouse", "Depo"), ColumnKind.Text, $"w.code") { Groups = true },
            new("onHand", new("On hand", "Eldeki"), ColumnKind.Number, $"b.on_hand"),
            new("reserved", new("Reserved", "Ayrılan"), ColumnKind.Number, $"b.reserved"),
            new("withheld", new("Withheld", "Bekletilen"), ColumnKind.Number, $"b.withheld"),
            new("available", new("Available", "Kullanılabilir"), ColumnKind.Number, $"b.on_hand - b.reserved - b.withheld"),
            new("waiting", new("Waited for", "Beklenen"), ColumnKind.Number, $"b.waiting"),
            new("unit", new("Unit", "Birim"), ColumnKind.Text, $"i.unit") { Groups = true },
            new("itemId", new("Item's id", "Malzeme kimliği"), ColumnKind.Id, $"b.item_id") { Hidden = true },
            new("warehouseId", new("Warehouse's id", "Depo kimliği"), ColumnKind.Id, $"b.warehouse_id") { Hidden = true },
        ]
    )
    {
        OfCompany = $"b.company_id",
        SearchedIn = $"i.search",
        SearchedAs = "item",
        SortedBy = "item",
        Live = true,
    };

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapList("/stock", List, InventoryPermissions.Read, "Stock by item and warehouse");
}
