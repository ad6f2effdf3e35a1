using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Writes what became of promises, each table in one statement for all of them.</summary>
internal static class PromiseWriter
{
    /// <summary>By how much the parts of a line change.</summary>
    internal sealed record Part(Guid Id, Guid ItemId, Guid WarehouseId)
    {
        internal decimal Waiting { get; init; }
        internal decimal Expected { get; init; }
        internal decimal Taken { get; init; }
        internal decimal Released { get; init; }
    }

    /// <summary>A promise that is closed makes room for a new one of the same demand, so it goes first.</summary>
    internal static void Write(
        Db db,
        IReadOnlyList<(Promise Promise, Hand By)> given,
        IReadOnlyList<(PromiseChange Change, Hand By)> changes,
        IReadOnlyList<Part> parts
    )
    {
        Close(db, [.. changes.Where(one => one.Change.Closes)]);
        Add(db, given);
        PinWriter.Write(db, [.. given.Select(one => one.Promise)], [.. changes.Select(one => one.Change)]);
        // A line that waits may be given back and served in one batch: its parts change by what was done, one after the other.
        Change(
            db,
            [
                .. changes
                    .SelectMany(one => PartsOf(one.Change))
                    .Concat(parts)
                    .GroupBy(one => (one.Id, one.ItemId, one.WarehouseId))
                    .Select(one => new Part(one.Key.Id, one.Key.ItemId, one.Key.WarehouseId)
                    {
                        Waiting = one.Sum(part => part.Waiting),
                        Expected = one.Sum(part => part.Expected),
                        Taken = one.Sum(part => part.Taken),
                        Released = one.Sum(part => part.Released),
                    }),
            ]
        );
    }

    private static IEnumerable<Part> PartsOf(PromiseChange change) =>
        from line in change.Before.Lines.Zip(change.After.Lines, (before, after) => (Before: before, After: after))
        where line.Before != line.After
        select new Part(change.After.Id, line.Before.ItemId, line.Before.WarehouseId)
        {
            Waiting = line.After.Waiting - line.Before.Waiting,
            Expected = line.After.Expected - line.Before.Expected,
            Taken = line.After.Taken - line.Before.Taken,
            Released = line.After.Released - line.Before.Released,
        };

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
                (tenant_id, reservation_id, company_id, demand, held_until, needed_on, created_by, changed_by, changed_request)
            select {db.Scope.Tenant}, p.id, p.company_id, p.demand, p.held_until, p.needed_on, p.actor, p.actor, p.request
            from unnest({given.Select(one => one.Promise.Id).ToArray()}, {given.Select(one =>
                one.Promise.CompanyId
            ).ToArray()}, {given.Select(one => one.Promise.Demand).ToArray()}, {given.Select(one =>
                one.Promise.HeldUntil
            ).ToArray()}, {given.Select(one =>
                one.Promise.NeededOn
            ).ToArray()}, {given.Select(one => one.By.Actor).ToArray()}, {given.Select(one =>
                one.By.Request
            ).ToArray()}) as p (id, company_id, demand, held_until, needed_on, actor, request)
            """
        );
        var lines = given.SelectMany(one => one.Promise.Lines.Select(line => (one.Promise, Line: line))).ToArray();
        db.Later(
            $"""
            insert into inventory.reservation_line
                (tenant_id, reservation_id, company_id, item_id, warehouse_id, quantity, waiting, expected, priority)
            select {db.Scope.Tenant}, p.*
            from unnest({Array.ConvertAll(lines, one => one.Promise.Id)}, {Array.ConvertAll(lines, one =>
                one.Promise.CompanyId
            )}, {Array.ConvertAll(lines, one => one.Line.ItemId)}, {Array.ConvertAll(lines, one =>
                one.Line.WarehouseId
            )}, {Array.ConvertAll(lines, one => one.Line.Quantity)}, {Array.ConvertAll(lines, one =>
                one.Line.Waiting
            )}, {Array.ConvertAll(lines, one => one.Line.Expected)}, {Array.ConvertAll(lines, one => one.Promise.Priority)}) as p
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
            set waiting = l.waiting + p.waiting, expected = l.expected + p.expected, taken = l.taken + p.taken,
                released = l.released + p.released
            from (select l.ctid as at, p.* from {Sql.Few(
                $"""
                unnest({Array.ConvertAll(parts, one => one.Id)}, {Array.ConvertAll(parts, one => one.ItemId)},
                    {Array.ConvertAll(parts, one => one.WarehouseId)}, {Array.ConvertAll(parts, one => one.Waiting)},
                    {Array.ConvertAll(parts, one => one.Expected)}, {Array.ConvertAll(parts, one => one.Taken)},
                    {Array.ConvertAll(parts, one => one.Released)})
                """,
                parts.Length
            )} as p (id, item_id, warehouse_id, waiting, expected, taken, released)
                cross join lateral (
                    select l.ctid from inventory.reservation_line l
                    where l.reservation_id = p.id and l.item_id = p.item_id and l.warehouse_id = p.warehouse_id limit 1) l) p
            where l.ctid = p.at
            """
        );
    }
}
