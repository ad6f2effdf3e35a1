using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Writes what became of promises, each table in one statement for all of them.</summary>
internal static class PromiseWriter
{
    private sealed record Part(Guid Id, Guid ItemId, Guid WarehouseId, decimal Waiting, decimal Taken, decimal Released);

    /// <summary>A promise that is closed makes room for a new one of the same demand, so it goes first.</summary>
    internal static void Write(
        Db db,
        IReadOnlyList<(Promise Promise, Hand By)> given,
        IReadOnlyList<(PromiseChange Change, Hand By)> changes,
        IReadOnlyList<(Shortages.Waiting Line, decimal Quantity, Hand By)> served
    )
    {
        Close(db, [.. changes.Where(one => one.Change.Closes)]);
        Add(db, given);
        // A line that waits may be given back and served in one batch: its parts change by what was done, one after the other.
        Change(
            db,
            [
                .. changes
                    .SelectMany(one =>
                        one.Change.Before.Lines.Zip(
                            one.Change.After.Lines,
                            (before, after) => (one.Change.After.Id, before, after)
                        )
                    )
                    .Where(one => one.before != one.after)
                    .Select(one => new Part(
                        one.Id,
                        one.before.ItemId,
                        one.before.WarehouseId,
                        one.after.Waiting - one.before.Waiting,
                        one.after.Taken - one.before.Taken,
                        one.after.Released - one.before.Released
                    ))
                    .Concat(
                        served.Select(one => new Part(
                            one.Line.ReservationId,
                            one.Line.ItemId,
                            one.Line.WarehouseId,
                            -one.Quantity,
                            Taken: 0,
                            Released: 0
                        ))
                    )
                    .GroupBy(one => (one.Id, one.ItemId, one.WarehouseId))
                    .Select(one => new Part(
                        one.Key.Id,
                        one.Key.ItemId,
                        one.Key.WarehouseId,
                        one.Sum(part => part.Waiting),
                        one.Sum(part => part.Taken),
                        one.Sum(part => part.Released)
                    )),
            ]
        );
    }

    private static void Close(Db db, (PromiseChange Change, Hand By)[] closed)
    {
        if (closed.Length == 0)
            return;
        db.Later(
            $"""
            update inventory.reservation r
            set released_at = clock_timestamp(), changed_by = p.changed_by, changed_request = p.changed_request
            from (select r.ctid as at, p.* from {Sql.Few(
                $"""
                unnest({Array.ConvertAll(closed, one => one.Change.After.Id)}, {Array.ConvertAll(closed, one => one.By.Actor)},
                    {Array.ConvertAll(closed, one => one.By.Request)})
                """,
                closed.Length
            )} as p (id, changed_by, changed_request)
                cross join lateral (
                    select r.ctid from inventory.reservation r
                    where r.reservation_id = p.id and r.released_at is null limit 1) r) p
            where r.ctid = p.at
            """
        );
    }

    private static void Add(Db db, IReadOnlyList<(Promise Promise, Hand By)> given)
    {
        if (given.Count == 0)
            return;
        db.Later(
            $"""
            insert into inventory.reservation
                (tenant_id, reservation_id, company_id, demand, held_until, created_by, changed_by, changed_request)
            select {db.Scope.Tenant}, p.id, p.company_id, p.demand, p.held_until, p.actor, p.actor, p.request
            from unnest({given.Select(one => one.Promise.Id).ToArray()}, {given.Select(one =>
                one.Promise.CompanyId
            ).ToArray()}, {given.Select(one => one.Promise.Demand).ToArray()}, {given.Select(one =>
                one.Promise.HeldUntil
            ).ToArray()}, {given.Select(one => one.By.Actor).ToArray()}, {given.Select(one =>
                one.By.Request
            ).ToArray()}) as p (id, company_id, demand, held_until, actor, request)
            """
        );
        var lines = given.SelectMany(one => one.Promise.Lines.Select(line => (one.Promise, Line: line))).ToArray();
        db.Later(
            $"""
            insert into inventory.reservation_line
                (tenant_id, reservation_id, company_id, item_id, warehouse_id, quantity, waiting, priority)
            select {db.Scope.Tenant}, p.*
            from unnest({Array.ConvertAll(lines, one => one.Promise.Id)}, {Array.ConvertAll(lines, one =>
                one.Promise.CompanyId
            )}, {Array.ConvertAll(lines, one => one.Line.ItemId)}, {Array.ConvertAll(lines, one =>
                one.Line.WarehouseId
            )}, {Array.ConvertAll(lines, one => one.Line.Quantity)}, {Array.ConvertAll(lines, one =>
                one.Line.Waiting
            )}, {Array.ConvertAll(lines, one => one.Promise.Priority)}) as p
            """
        );
    }

    private static void Change(Db db, Part[] parts)
    {
        if (parts.Length == 0)
            return;
        db.Later(
            $"""
            update inventory.reservation_line l
            set waiting = l.waiting + p.waiting, taken = l.taken + p.taken, released = l.released + p.released
            from (select l.ctid as at, p.* from {Sql.Few(
                $"""
                unnest({Array.ConvertAll(parts, one => one.Id)}, {Array.ConvertAll(parts, one => one.ItemId)},
                    {Array.ConvertAll(parts, one => one.WarehouseId)}, {Array.ConvertAll(parts, one => one.Waiting)},
                    {Array.ConvertAll(parts, one => one.Taken)}, {Array.ConvertAll(parts, one => one.Released)})
                """,
                parts.Length
            )} as p (id, item_id, warehouse_id, waiting, taken, released)
                cross join lateral (
                    select l.ctid from inventory.reservation_line l
                    where l.reservation_id = p.id and l.item_id = p.item_id and l.warehouse_id = p.warehouse_id limit 1) l) p
            where l.ctid = p.at
            """
        );
    }
}
