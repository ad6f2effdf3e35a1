using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Every movement of a company, newest first.</summary>
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
        string Bin,
        string Lot,
        string Status,
        string? OwnerName,
        decimal Quantity,
        decimal UnitCost,
        decimal Amount,
        string Reference,
        string Reason,
        DateTime RecordedAt,
        string? ReversedBy
    );

    private static readonly ListColumn Entry = new("entry", new("Entry", "Kayıt no"), ColumnKind.Number, $"m.movement_id")
    {
        Order = $"m.movement_id",
        Whole = true,
        Unique = true,
        Hidden = true,
    };

    internal static readonly ListOf<Row> List = new(
        "movements",
        $"""
        -- Each movement has both; joined so, the planner knows that none is lost on the way and walks along the index.
        inventory.movement m
        left join catalog.v_item i on i.tenant_id = m.tenant_id and i.item_id = m.item_id
        left join inventory.warehouse w on w.tenant_id = m.tenant_id and w.warehouse_id = m.warehouse_id
        left join inventory.reversal v
            on v.tenant_id = m.tenant_id and v.company_id = m.company_id and v.document = m.document
        left join catalog.v_partner o on o.tenant_id = m.tenant_id and o.partner_id = m.owner_id
        """,
        $"""
        m.movement_id as id, m.document as number, m.kind, m.date, m.item_id, i.code as item_code, i.name as item_name, i.unit,
        m.warehouse_id, w.code as warehouse_code, m.bin, m.lot, m.status, o.name as owner_name, m.quantity, m.unit_cost, m.amount,
        m.reference, m.reason, m.recorded_at, v.reversed_by
        """,
        Entry,
        [
            new("date", new("Date", "Tarih"), ColumnKind.Date, $"m.date") { Groups = true },
            new("document", new("Document", "Belge"), ColumnKind.Text, $"m.document"),
            new("kind", new("Kind", "Tür"), ColumnKind.Choice, $"m.kind")
            {
                Groups = true,
                Choices =
                [
                    new("receipt", new("Receipt", "Giriş")),
                    new("issue", new("Issue", "Çıkış")),
                    new("adjustment", new("Adjustment", "Düzeltme")),
                    new("transfer", new("Transfer", "Transfer")),
                    new("reversal", new("Reversal", "İptal")),
                ],
            },
            new("quantity", new("Quantity", "Miktar"), ColumnKind.Number, $"m.quantity"),
            new("item", new("Item", "Malzeme"), ColumnKind.Text, $"i.code") { Groups = true },
            new("warehouse", new("Warehouse", "Depo"), ColumnKind.Text, $"w.code") { Groups = true },
            new("unit", new("Unit", "Birim"), ColumnKind.Text, $"i.unit") { Hidden = true, Groups = true },
            new("unitCost", new("Unit cost", "Birim maliyet"), ColumnKind.Number, $"m.unit_cost"),
            new("amount", new("Amount", "Tutar"), ColumnKind.Number, $"m.amount") { Sums = true },
            new("reason", new("Reason", "Neden"), ColumnKind.Choice, $"m.reason")
            {
                Hidden = true,
                Groups = true,
                Choices = MovementReason.Choices,
            },
            new("bin", new("Bin", "Raf"), ColumnKind.Text, $"m.bin") { Hidden = true },
            new("lot", new("Lot", "Parti"), ColumnKind.Text, $"m.lot") { Hidden = true },
            new("status", new("Status", "Durum"), ColumnKind.Choice, $"m.status")
            {
                Hidden = true,
                Groups = true,
                Choices = StockStatus.Choices,
            },
            new("owner", new("Owner", "Sahibi"), ColumnKind.Text, $"o.name") { Hidden = true },
            new("reversedBy", new("Taken back by", "İptal eden"), ColumnKind.Text, $"v.reversed_by") { Hidden = true },
            new("reference", new("Reference", "Referans"), ColumnKind.Text, $"m.reference"),
            new("recorded", new("Recorded", "Kayıt zamanı"), ColumnKind.Instant, $"m.recorded_at") { Hidden = true },
            Entry,
        ]
    )
    {
        OfCompany = $"m.company_id",
        SortedBy = "-entry",
    };

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapList("/movements", List, InventoryPermissions.Read, "Movements");
}

/// <summary>Why stock goes out or is corrected.</summary>
internal static class MovementReason
{
    internal static readonly IReadOnlyList<Choice> Choices =
    [
        new("consumption", new("Consumption", "Sarf")),
        new("sale", new("Sale", "Satış")),
        new("scrap", new("Scrap", "Fire")),
        new("return", new("Return", "İade")),
        new("count", new("Count", "Sayım farkı")),
        new("damage", new("Damage", "Hasar")),
        new("loss", new("Loss", "Kayıp")),
        new("found", new("Found", "Bulunan")),
        new("opening", new("Opening stock", "Açılış stoğu")),
        new("correction", new("Correction of an entry", "Kayıt düzeltme")),
    ];
}
