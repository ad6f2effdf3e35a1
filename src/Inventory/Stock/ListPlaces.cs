using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Where exactly goods are: in which bin, of which lot, and whether they may be used.</summary>
public static class ListPlaces
{
    public sealed record Row(
        Guid ItemId,
        string ItemCode,
        string ItemName,
        string Unit,
        Guid WarehouseId,
        string WarehouseCode,
        string Zone,
        string Bin,
        string? StandsIn,
        string Lot,
        string Status,
        Guid OwnerId,
        string? OwnerName,
        decimal OnHand,
        decimal Pinned,
        DateOnly? FirstOn,
        DateOnly? ExpiresOn
    );

    private static readonly IReadOnlyList<ListColumn> Order =
    [
        new("code", new("Code", "Kod"), ColumnKind.Text, $"i.code") { Order = $"i.code" },
        new("place", new("Place", "Yer"), ColumnKind.Text, $"w.code") { Order = $"w.code", Joined = true },
        new("at", new("Bin", "Raf"), ColumnKind.Text, $"d.bin") { Order = $"d.bin", Joined = true },
        new("of", new("Lot", "Parti"), ColumnKind.Text, $"d.lot") { Order = $"d.lot" },
        new("as", new("Status", "Durum"), ColumnKind.Text, $"d.status") { Order = $"d.status" },
        new("whose", new("Owner", "Sahibi"), ColumnKind.Id, $"d.owner_id") { Order = $"d.owner_id", Unique = true },
    ];

    internal static readonly ListOf<Row> List = new(
        "places",
        $"""
        inventory.balance_detail d
        join catalog.v_item i on i.tenant_id = d.tenant_id and i.item_id = d.item_id
        left join inventory.warehouse w on w.tenant_id = d.tenant_id and w.warehouse_id = d.warehouse_id
        left join inventory.bin b on b.tenant_id = d.tenant_id and b.warehouse_id = d.warehouse_id and b.bin = d.bin
        left join inventory.handling_unit u on b.is_unit and u.tenant_id = d.tenant_id and u.sscc = d.bin
        left join inventory.lot l on l.tenant_id = d.tenant_id and l.item_id = d.item_id and l.lot = d.lot
        left join catalog.v_partner o on o.tenant_id = d.tenant_id and o.partner_id = d.owner_id
        """,
        $"""
        d.item_id, i.code as item_code, i.name as item_name, i.unit, d.warehouse_id, w.code as warehouse_code, b.zone, d.bin,
        u.bin as stands_in, d.lot, d.status, d.owner_id, o.name as owner_name, d.on_hand, d.pinned, l.first_on, l.expires_on
        """,
        new ListColumn("itemId", new("Item's id", "Malzeme kimliği"), ColumnKind.Id, $"d.item_id") { SortsBy = Order },
        [
            new("item", new("Item", "Malzeme"), ColumnKind.Text, $"i.code") { SortsBy = Order, Groups = true },
            new("warehouse", new("Warehouse", "Depo"), ColumnKind.Text, $"w.code") { Groups = true },
            new("zone", new("Zone", "Bölge"), ColumnKind.Text, $"b.zone") { Groups = true, Hidden = true },
            new("bin", new("Bin", "Raf"), ColumnKind.Text, $"d.bin") { Groups = true },
            new("standsIn", new("Pallet stands in", "Paletin rafı"), ColumnKind.Text, $"u.bin") { Groups = true, Hidden = true },
            new("lot", new("Lot or piece", "Parti veya seri no"), ColumnKind.Text, $"d.lot") { Groups = true },
            new("onHand", new("On hand", "Eldeki"), ColumnKind.Number, $"d.on_hand"),
            new("pinned", new("Held from here", "Buradan ayrılan"), ColumnKind.Number, $"d.pinned"),
            new("unit", new("Unit", "Birim"), ColumnKind.Text, $"i.unit") { Groups = true },
            new("expires", new("Expires", "Son kullanma"), ColumnKind.Date, $"l.expires_on"),
            new("status", new("Status", "Durum"), ColumnKind.Choice, $"d.status")
            {
                Groups = true,
                Choices = StockStatus.Choices,
            },
            new("owner", new("Owner", "Sahibi"), ColumnKind.Text, $"o.name") { Groups = true },
            new("name", new("Name", "Ad"), ColumnKind.Text, $"i.name"),
            new("first", new("First received", "İlk giriş"), ColumnKind.Date, $"l.first_on") { Hidden = true },
            new("gone", new("Nothing left", "Kalmadı"), ColumnKind.Flag, $"(d.on_hand = 0)") { Hidden = true },
            new("itemId", new("Item's id", "Malzeme kimliği"), ColumnKind.Id, $"d.item_id") { Hidden = true },
        ]
    )
    {
        OfCompany = $"d.company_id",
        SearchedIn = $"i.search",
        SearchedAs = "item",
        SortedBy = "item",
        Usually = ("gone", $"d.on_hand > 0"),
    };

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapList("/places", List, InventoryPermissions.Read, "Stock by warehouse, bin, lot and status");
}
