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
        decimal Quantity,
        decimal Held,
        decimal Waiting,
        decimal Expected,
        decimal Taken,
        IReadOnlyList<Pin> Pins
    );

    public sealed record Reservation(
        Guid Id,
        Guid CompanyId,
        string Demand,
        string State,
        int Priority,
        DateTime CreatedAt,
        DateOnly? NeededOn,
        DateOnly? HeldUntil,
        DateTime? ReleasedAt
    )
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

    private static readonly Sql Row = $"""
        reservation_id as id, company_id, demand, {State} as state, {Priority} as priority, created_at, needed_on, held_until,
        released_at
        """;

    internal static readonly ListOf<Reservation> List = new(
        "reservations",
        $"inventory.reservation r",
        Row,
        Id,
        [
            new("demand", new("Demand", "Talep"), ColumnKind.Text, $"demand"),
            new("state", new("State", "Durum"), ColumnKind.Choice, State)
            {
                Groups = true,
                Choices =
                [
                    new("open", new("Holds all", "Hepsi ayrıldı")),
                    new("waiting", new("Waits for goods", "Mal bekliyor")),
                    new("expected", new("On its way", "Yolda")),
                    new("released", new("Closed", "Kapandı")),
                ],
            },
            new("lines", new("Lines", "Satırlar"), ColumnKind.Text, OfLines($"i.code")),
            new("warehouse", new("Warehouse", "Depo"), ColumnKind.Text, OfLines($"w.code")) { Hidden = true, Groups = true },
            new("since", new("Since", "Ne zamandan beri"), ColumnKind.Instant, $"created_at") { SortsBy = [Id] },
            new("priority", new("Priority", "Öncelik"), ColumnKind.Number, Priority) { Groups = true },
            new("needed", new("Needed on", "Gereken gün"), ColumnKind.Date, $"needed_on"),
            new("until", new("Held until", "Ayrılma sonu"), ColumnKind.Date, $"held_until"),
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

    private static Sql State =>
        $"""
            case when released_at is not null then 'released'
                when exists (select from inventory.reservation_line l
                    where l.tenant_id = r.tenant_id and l.reservation_id = r.reservation_id and l.waiting > 0) then 'waiting'
                when exists (select from inventory.reservation_line l
                    where l.tenant_id = r.tenant_id and l.reservation_id = r.reservation_id and l.expected > 0) then 'expected'
                else 'open' end
            """;

    private static Sql Priority =>
        $"""
            (select min(l.priority)::int from inventory.reservation_line l
                where l.tenant_id = r.tenant_id and l.reservation_id = r.reservation_id)
            """;

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
        decimal Quantity,
        decimal Held,
        decimal Waiting,
        decimal Expected,
        decimal Taken
    );

    private sealed record PinRow(Guid ReservationId, Guid ItemId, Guid WarehouseId, string Bin, string Lot, decimal Quantity);

    private static async Task<IReadOnlyList<Reservation>> WithLines(Db db, IReadOnlyList<Reservation> heads)
    {
        var ids = heads.Select(head => head.Id).ToArray();
        var pins = (
            await db.Query<PinRow>(
                $"""
                select reservation_id, item_id, warehouse_id, bin, lot, quantity from inventory.reservation_pin
                where reservation_id = any ({ids}) and quantity > 0 order by bin, lot
                """
            )
        ).ToLookup(one => (one.ReservationId, one.ItemId, one.WarehouseId), one => new Pin(one.Bin, one.Lot, one.Quantity));
        var lines = (
            await db.Query<LineRow>(
                $"""
                select l.reservation_id, l.item_id, i.code as item_code, i.name as item_name, i.unit, l.warehouse_id,
                    w.code as warehouse_code, l.quantity, l.quantity - l.waiting - l.expected - l.taken - l.released as held,
                    l.waiting, l.expected, l.taken
                from inventory.reservation_line l
                join catalog.v_item i on i.tenant_id = l.tenant_id and i.item_id = l.item_id
                join inventory.warehouse w on w.tenant_id = l.tenant_id and w.warehouse_id = l.warehouse_id
                where l.reservation_id = any ({ids})
                order by i.code, w.code
                """
            )
        ).ToLookup(
            one => one.ReservationId,
            one => new Line(
                one.ItemId,
                one.ItemCode,
                one.ItemName,
                one.Unit,
                one.WarehouseId,
                one.WarehouseCode,
                one.Quantity,
                one.Held,
                one.Waiting,
                one.Expected,
                one.Taken,
                [.. pins[(one.ReservationId, one.ItemId, one.WarehouseId)]]
            )
        );
        return [.. heads.Select(head => head with { Lines = [.. lines[head.Id]] })];
    }
}
