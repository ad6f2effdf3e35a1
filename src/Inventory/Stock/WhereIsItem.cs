using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Where an item lies in a company and to whom it is promised, as much of both as a page shows.</summary>
public static class WhereIsItem
{
    private const int Most = 20;

    public sealed record Place(
        Guid WarehouseId,
        string WarehouseCode,
        string Bin,
        string? StandsIn,
        string Lot,
        string Status,
        string? OwnerName,
        DateOnly? ExpiresOn,
        decimal OnHand
    );

    public sealed record Promise(
        Guid ReservationId,
        string Demand,
        Guid WarehouseId,
        string WarehouseCode,
        decimal Held,
        decimal Waiting,
        decimal Expected,
        int Priority,
        DateTime CreatedAt
    );

    /// <summary>More of either stand in the lists.</summary>
    public sealed record Answer(IReadOnlyList<Place> Places, bool MorePlaces, IReadOnlyList<Promise> Promises, bool MorePromises);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/items/{id:guid}/stock", Run)
            .Needs(InventoryPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("Where an item lies and who holds it");

    private static async Task<Answer> Run(Db db, Guid id, Guid companyId)
    {
        await ListCompanies.One(db, companyId);
        var places = db.Later<Place>(
            $"""
            select d.warehouse_id, w.code as warehouse_code, d.bin, u.bin as stands_in, d.lot, d.status,
                o.name as owner_name, l.expires_on, d.on_hand
            from inventory.balance_detail d
            join inventory.warehouse w on w.tenant_id = d.tenant_id and w.warehouse_id = d.warehouse_id
            left join inventory.handling_unit u on length(d.bin) = 18 and u.tenant_id = d.tenant_id and u.sscc = d.bin
            left join inventory.lot l on l.tenant_id = d.tenant_id and l.item_id = d.item_id and l.lot = d.lot
            left join catalog.v_partner o on o.tenant_id = d.tenant_id and o.partner_id = d.owner_id
            where d.company_id = {companyId} and d.item_id = {id} and d.on_hand > 0
            order by w.code, d.bin, d.lot, d.status, d.owner_id limit {Most + 1}
            """
        );
        var promises = db.Later<Promise>(
            $"""
            select r.reservation_id, r.demand, l.warehouse_id, w.code as warehouse_code,
                l.quantity - l.waiting - l.expected - l.taken - l.released as held, l.waiting, l.expected,
                l.priority::int as priority, r.created_at
            from inventory.reservation_line l
            join inventory.reservation r on r.tenant_id = l.tenant_id and r.reservation_id = l.reservation_id
            join inventory.warehouse w on w.tenant_id = l.tenant_id and w.warehouse_id = l.warehouse_id
            where l.company_id = {companyId} and l.item_id = {id} and r.released_at is null
                and l.quantity > l.taken + l.released
            order by l.priority, r.reservation_id, w.code limit {Most + 1}
            """
        );
        await db.Send();
        return new Answer(
            [.. places.Rows.Take(Most)],
            places.Rows.Count > Most,
            [.. promises.Rows.Take(Most)],
            promises.Rows.Count > Most
        );
    }
}
