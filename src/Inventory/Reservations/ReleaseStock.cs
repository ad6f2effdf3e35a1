using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Takes promises back, so that the stock is free again. Releasing what is released changes nothing.</summary>
public static class ReleaseStock
{
    private sealed record Row(Guid ReservationId, Guid CompanyId, Guid ItemId, Guid WarehouseId, decimal Quantity);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/reservations/{id:guid}/release",
                async (Db db, Guid id) => await ListReservations.One(db, (await Run(db, [id]))[0].Result)
            )
            .Needs(InventoryPermissions.Reserve)
            .Once()
            .WithSummary("Release a reservation");

    public static async Task<IReadOnlyList<Verdict<Guid>>> Run(Db db, IReadOnlyList<Guid> reservations)
    {
        var ids = reservations.Distinct().ToArray();
        // The summed rows first, in key order, as every verb locks them; then the heads, whose state is judged under the lock.
        await db.Execute(
            $"""
            select b.on_hand from inventory.balance b
            where (b.company_id, b.item_id, b.warehouse_id) in (
                select l.company_id, l.item_id, l.warehouse_id from inventory.reservation_line l
                where l.reservation_id = any ({ids}))
            order by b.company_id, b.item_id, b.warehouse_id
            for no key update
            """
        );
        var known = await db.Query<Guid>($"select reservation_id from inventory.reservation where reservation_id = any ({ids})");
        var lines = await db.Query<Row>(
            $"""
            with released as (
                update inventory.reservation set released_at = clock_timestamp()
                where reservation_id = any ({ids}) and released_at is null
                returning tenant_id, reservation_id)
            select l.reservation_id, l.company_id, l.item_id, l.warehouse_id, l.quantity
            from released r join inventory.reservation_line l on l.tenant_id = r.tenant_id and l.reservation_id = r.reservation_id
            """
        );
        if (lines.Count > 0)
        {
            await ReservedSum.Change(
                db,
                [.. lines.Select(one => one.CompanyId)],
                [.. lines.Select(one => one.ItemId)],
                [.. lines.Select(one => one.WarehouseId)],
                [.. lines.Select(one => -one.Quantity)]
            );
            await db.Publish([
                .. lines
                    .GroupBy(one => (one.CompanyId, one.ReservationId))
                    .Select(one => EventOf(one.Key.CompanyId, one.Key.ReservationId, one)),
            ]);
        }
        return [.. reservations.Select(id => known.Contains(id) ? (Verdict<Guid>)id : Refused.Missing("reservation", id))];
    }

    private static StockReleased EventOf(Guid company, Guid reservation, IEnumerable<Row> lines) =>
        new(company, reservation, [.. lines.Select(one => new ReservationLine(one.ItemId, one.WarehouseId, one.Quantity))]);
}

/// <summary>A promise was taken back.</summary>
[EventType("StockReleased", 1)]
public sealed record StockReleased(Guid CompanyId, Guid ReservationId, IReadOnlyList<ReservationLine> Lines) : IEvent
{
    public string Aggregate => $"reservation/{ReservationId:N}";
}
