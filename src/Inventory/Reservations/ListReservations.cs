using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>What is promised to whom, newest first, with its lines.</summary>
public static class ListReservations
{
    public sealed record Line(
        Guid ItemId,
        string ItemCode,
        string ItemName,
        string Unit,
        Guid WarehouseId,
        string WarehouseCode,
        decimal Quantity
    );

    public sealed record Reservation(Guid Id, Guid CompanyId, string Demand, DateTime CreatedAt, DateTime? ReleasedAt)
    {
        public required IReadOnlyList<Line> Lines { get; init; } = [];
    }

    // UUIDv7 ids grow with time: the newest has the greatest.
    private static readonly ListColumn Id = new("id", new Words("Id", "Kimlik"), ColumnKind.Id, $"reservation_id")
    {
        Order = $"reservation_id",
        Unique = true,
        Hidden = true,
    };

    private static readonly Sql Row = $"reservation_id as id, company_id, demand, created_at, released_at";

    internal static readonly ListOf<Reservation> List = new(
        "reservations",
        $"inventory.reservation r",
        Row,
        Id,
        [
            new("demand", new("Demand", "Talep"), ColumnKind.Text, $"demand"),
            new("lines", new("Lines", "Satırlar"), ColumnKind.Text, OfLines($"i.code")),
            new("warehouse", new("Warehouse", "Depo"), ColumnKind.Text, OfLines($"w.code")) { Hidden = true, Groups = true },
            new("since", new("Since", "Ne zamandan beri"), ColumnKind.Instant, $"created_at") { SortsBy = [Id] },
            new("state", new("State", "Durum"), ColumnKind.Choice, State)
            {
                Groups = true,
                Choices = [new("open", new("Open", "Açık")), new("released", new("Released", "Serbest bırakıldı"))],
            },
            new("released", new("Released", "Serbest bırakılma"), ColumnKind.Instant, $"released_at") { Hidden = true },
            Id,
        ]
    )
    {
        OfCompany = $"company_id",
        SearchedIn = $"kernel.fold(demand)",
        SortedBy = "-id",
        Usually = ("state", $"released_at is null"),
        Completed = WithLines,
    };

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapList("/reservations", List, InventoryPermissions.Read, "Reservations");

    private static Sql State => $"case when released_at is null then 'open' else 'released' end";

    private static Sql OfLines(Sql what) =>
        $"""
            (select string_agg(distinct {what}, ', ' order by {what}) from inventory.reservation_line l
                join catalog.v_item i on i.tenant_id = l.tenant_id and i.item_id = l.item_id
                join inventory.warehouse w on w.tenant_id = l.tenant_id and w.warehouse_id = l.warehouse_id
                where l.tenant_id = r.tenant_id and l.reservation_id = r.reservation_id)
            """;

    private sealed record LineRow(
        Guid ReservationId,
        Guid ItemId,
        string ItemCode,
        string ItemName,
        string Unit,
        Guid WarehouseId,
        string WarehouseCode,
        decimal Quantity
    );

    internal static async Task<Reservation> One(Db db, Guid id) =>
        (
            await WithLines(
                db,
                await db.Query<Reservation>($"select {Row} from inventory.reservation where reservation_id = {id}")
            )
        )[0];

    private static async Task<IReadOnlyList<Reservation>> WithLines(Db db, IReadOnlyList<Reservation> heads)
    {
        var lines = (
            await db.Query<LineRow>(
                $"""
                select l.reservation_id, l.item_id, i.code as item_code, i.name as item_name, i.unit, l.warehouse_id,
                    w.code as warehouse_code, l.quantity
                from inventory.reservation_line l
                join catalog.v_item i on i.tenant_id = l.tenant_id and i.item_id = l.item_id
                join inventory.warehouse w on w.tenant_id = l.tenant_id and w.warehouse_id = l.warehouse_id
                where l.reservation_id = any ({heads.Select(head => head.Id).ToArray()})
                order by i.code, w.code
                """
            )
        ).ToLookup(
            one => one.ReservationId,
            one => new Line(one.ItemId, one.ItemCode, one.ItemName, one.Unit, one.WarehouseId, one.WarehouseCode, one.Quantity)
        );
        return [.. heads.Select(head => head with { Lines = [.. lines[head.Id]] })];
    }
}
