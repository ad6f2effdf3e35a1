using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Promises, newest first; two statements whatever their number.</summary>
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

    public sealed record Reservation(
        Guid Id,
        Guid CompanyId,
        string Demand,
        DateTime CreatedAt,
        DateTime? ReleasedAt,
        IReadOnlyList<Line> Lines
    );

    private sealed record Head(Guid Id, Guid CompanyId, string Demand, DateTime CreatedAt, DateTime? ReleasedAt);

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

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/reservations", List).Needs(InventoryPermissions.Read).Reads().WithSummary("Reservations, newest first");

    internal static async Task<Reservation> One(Db db, Guid id) =>
        (
            await WithLines(
                db,
                await db.Query<Head>(
                    $"""
                    select reservation_id as id, company_id, demand, created_at, released_at
                    from inventory.reservation where reservation_id = {id}
                    """
                )
            )
        )[0];

    private static async Task<Page<Reservation>> List(Db db, PageOf page, Guid companyId, bool? open)
    {
        // UUIDv7 ids grow with time: the newest has the greatest.
        var before = page.Start<Guid?>() ?? Guid.AllBitsSet;
        var heads = await db.Query<Head>(
            $"""
            select reservation_id as id, company_id, demand, created_at, released_at from inventory.reservation
            where company_id = {companyId} and reservation_id < {before}
                and ({open}::boolean is null or (released_at is null) = {open})
            order by reservation_id desc limit {page.Limit + 1}
            """
        );
        var cut = page.Cut(heads, head => head.Id);
        return new Page<Reservation>(await WithLines(db, cut.Items), cut.Next);
    }

    private static async Task<IReadOnlyList<Reservation>> WithLines(Db db, IReadOnlyList<Head> heads)
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
        return
        [
            .. heads.Select(head => new Reservation(
                head.Id,
                head.CompanyId,
                head.Demand,
                head.CreatedAt,
                head.ReleasedAt,
                [.. lines[head.Id]]
            )),
        ];
    }
}
