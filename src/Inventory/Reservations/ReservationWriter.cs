using Millrace.Kernel;
using Npgsql;

namespace Millrace.Inventory;

/// <summary>Writes new promises: heads, lines and the reserved sums, each in one statement for all of them.</summary>
internal static class ReservationWriter
{
    internal static async Task Write(Db db, IReadOnlyList<Promise> promises)
    {
        try
        {
            await db.Execute(
                $"""
                insert into inventory.reservation (tenant_id, reservation_id, company_id, demand, created_by)
                select {db.Scope.Tenant}, reservation_id, company_id, demand, {db.Scope.Actor}
                from unnest({promises.Select(one => one.Id).ToArray()}, {promises.Select(one => one.Request.CompanyId).ToArray()},
                    {promises.Select(one => one.Request.Demand).ToArray()}) as p (reservation_id, company_id, demand)
                """
            );
        }
        catch (PostgresException twin) when (twin.ConstraintName == "reservation_demand")
        {
            // The same demand was promised other stock at the same moment, so the locks did not meet.
            throw new Busy("The same demand is being reserved at this moment. Ask again to see its reservation.", twin);
        }
        var lines = promises
            .SelectMany(one => ReservationLine.Of(one.Request).Select(line => (Promise: one, Line: line)))
            .ToList();
        var companies = lines.Select(one => one.Promise.Request.CompanyId).ToArray();
        var items = lines.Select(one => one.Line.ItemId).ToArray();
        var warehouses = lines.Select(one => one.Line.WarehouseId).ToArray();
        var quantities = lines.Select(one => one.Line.Quantity).ToArray();
        await db.Execute(
            $"""
            insert into inventory.reservation_line (tenant_id, reservation_id, company_id, item_id, warehouse_id, quantity)
            select {db.Scope.Tenant}, p.*
            from unnest({lines.Select(one => one.Promise.Id).ToArray()}, {companies}, {items}, {warehouses}, {quantities}) as p
            """
        );
        await ReservedSum.Change(db, companies, items, warehouses, quantities);
    }
}

/// <summary>The summed row's share of the promise; its rows are locked by the caller, in key order.</summary>
internal static class ReservedSum
{
    internal static Task Change(Db db, Guid[] companies, Guid[] items, Guid[] warehouses, decimal[] quantities) =>
        db.Execute(
            $"""
            update inventory.balance b set reserved = b.reserved + p.quantity
            from (select company_id, item_id, warehouse_id, sum(quantity) as quantity
                from unnest({companies}, {items}, {warehouses}, {quantities}) as p (company_id, item_id, warehouse_id, quantity)
                group by company_id, item_id, warehouse_id) p
            where b.company_id = p.company_id and b.item_id = p.item_id and b.warehouse_id = p.warehouse_id
            """
        );
}

/// <summary>The open promises that some demands have already.</summary>
internal static class OpenReservations
{
    private sealed record Row(Guid Id, Guid CompanyId, string Demand);

    internal static async Task<Dictionary<(Guid Company, string Demand), Guid>> Read(
        Db db,
        IReadOnlyList<ReserveStock.Request> requests
    )
    {
        var rows = await db.Query<Row>(
            $"""
            select reservation_id as id, company_id, demand from inventory.reservation
            where released_at is null and (company_id, demand) in (
                select * from unnest({requests.Select(one => one.CompanyId).ToArray()}, {requests.Select(one =>
                one.Demand
            ).ToArray()}))
            """
        );
        return rows.ToDictionary(row => (row.CompanyId, row.Demand), row => row.Id);
    }
}
