using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Writes what became of supplies and of the promises that wait for them, as they are now: the lock on their places guards it.
/// </summary>
internal static class SupplyWriter
{
    internal static void Write(Db db, (Supply Supply, Hand By)[] supplies, Peg[] pegs)
    {
        if (supplies.Length == 0)
            return;
        db.Later(
            $"""
            insert into inventory.expected as e (tenant_id, expected_id, company_id, item_id, warehouse_id, source, due, quantity,
                arrived, promised, version, closed_at, changed_by, changed_request)
            select {db.Scope.Tenant}, p.id, p.company_id, p.item_id, p.warehouse_id, p.source, p.due, p.quantity, p.arrived,
                p.promised, p.version, case when p.closed then clock_timestamp() end, p.actor, p.request
            from unnest({Of(one => one.Supply.Id)}, {Of(one => one.Supply.CompanyId)}, {Of(one => one.Supply.ItemId)},
                {Of(one => one.Supply.WarehouseId)}, {Of(one => one.Supply.Source)}, {Of(one => one.Supply.Due)},
                {Of(one => one.Supply.Quantity)}, {Of(one => one.Supply.Arrived)}, {Of(one => one.Supply.Promised)},
                {Of(one => one.Supply.Version)}, {Of(one => one.Supply.Closed)}, {Of(one => one.By.Actor)},
                {Of(one => one.By.Request)})
                as p (id, company_id, item_id, warehouse_id, source, due, quantity, arrived, promised, version, closed, actor,
                    request)
            on conflict (tenant_id, expected_id) do update set due = excluded.due, quantity = excluded.quantity,
                arrived = excluded.arrived, promised = excluded.promised, version = excluded.version,
                closed_at = coalesce(e.closed_at, excluded.closed_at), changed_by = excluded.changed_by,
                changed_request = excluded.changed_request
            """
        );
        if (pegs.Length > 0)
            db.Later(
                $"""
                insert into inventory.promised_supply (tenant_id, expected_id, reservation_id, quantity)
                select {db.Scope.Tenant}, p.* from unnest({Array.ConvertAll(pegs, one => one.SupplyId)},
                    {Array.ConvertAll(pegs, one => one.ReservationId)}, {Array.ConvertAll(pegs, one => one.Quantity)}) as p
                on conflict (tenant_id, expected_id, reservation_id) do update set quantity = excluded.quantity
                """
            );

        T[] Of<T>(Func<(Supply Supply, Hand By), T> of) => Array.ConvertAll(supplies, one => of(one));
    }
}
