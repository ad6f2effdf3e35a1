using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>What is on its way, and what came of it, newest first.</summary>
public static class ListExpected
{
    public sealed record Row(
        Guid Id,
        Guid ItemId,
        string ItemCode,
        string ItemName,
        string Unit,
        Guid WarehouseId,
        string WarehouseCode,
        string Source,
        DateOnly Due,
        decimal Quantity,
        decimal Arrived,
        decimal ToCome,
        decimal Promised,
        string State,
        int Version
    );

    // UUIDv7 ids grow with time: the newest has the greatest.
    private static readonly ListColumn Id = new("id", new Words("Id", "Kimlik"), ColumnKind.Id, $"e.expected_id")
    {
        Order = $"e.expected_id",
        Unique = true,
        Hidden = true,
    };

    internal static readonly ListOf<Row> List = new(
        "expected-supply",
        $"""
        inventory.expected e
        join catalog.v_item i on i.tenant_id = e.tenant_id and i.item_id = e.item_id
        left join inventory.warehouse w on w.tenant_id = e.tenant_id and w.warehouse_id = e.warehouse_id
        """,
        $"""
        e.expected_id as id, e.item_id, i.code as item_code, i.name as item_name, i.unit, e.warehouse_id,
        w.code as warehouse_code, e.source, e.due, e.quantity, e.arrived, {ToCome} as to_come, e.promised,
        {State} as state, e.version
        """,
        Id,
        [
            new("source", new("Comes with", "Neyle geliyor"), ColumnKind.Text, $"e.source"),
            new("item", new("Item", "Malzeme"), ColumnKind.Text, $"i.code") { Groups = true },
            new("warehouse", new("Warehouse", "Depo"), ColumnKind.Text, $"w.code") { Groups = true },
            new("due", new("Due", "Beklenen gün"), ColumnKind.Date, $"e.due"),
            new("state", new("State", "Durum"), ColumnKind.Choice, State)
            {
                Groups = true,
                Choices =
                [
                    new("open", new("On its way", "Yolda")),
                    new("late", new("Late", "Gecikti")),
                    new("arrived", new("Arrived", "Geldi")),
                    new("closed", new("Closed", "Kapandı")),
                ],
            },
            new("toCome", new("Still to come", "Gelecek"), ColumnKind.Number, ToCome),
            new("unit", new("Unit", "Birim"), ColumnKind.Text, $"i.unit"),
            new("promised", new("Promised of it", "Söz verilen"), ColumnKind.Number, $"e.promised"),
            new("quantity", new("Ordered", "Sipariş"), ColumnKind.Number, $"e.quantity"),
            new("arrived", new("Arrived", "Gelen"), ColumnKind.Number, $"e.arrived"),
            new("name", new("Name", "Ad"), ColumnKind.Text, $"i.name"),
            new("itemId", new("Item's id", "Malzeme kimliği"), ColumnKind.Id, $"e.item_id") { Hidden = true },
            Id,
        ]
    )
    {
        OfCompany = $"e.company_id",
        SearchedIn = $"kernel.fold(e.source)",
        SortedBy = "-id",
        Usually = ("state", $"e.closed_at is null and e.arrived < e.quantity"),
    };

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapList("/expected-supply", List, InventoryPermissions.Read, "What is on its way, by newest");

    private static Sql ToCome => $"case when e.closed_at is null then greatest(e.quantity - e.arrived, 0) else 0 end";

    private static Sql State =>
        $"""
            case when e.closed_at is not null then 'closed' when e.arrived >= e.quantity then 'arrived'
                when e.due < (
                    select (now() at time zone c.time_zone)::date from company.v_company c
                    where c.tenant_id = e.tenant_id and c.company_id = e.company_id) then 'late' else 'open' end
            """;
}
