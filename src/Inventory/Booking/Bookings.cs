using Millrace.Company;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Inventory;

/// <summary>
/// What was decided, to be written: each table in one statement for all of it, the events in the order of the decisions.
/// </summary>
internal sealed class Bookings(StockAtHand stock)
{
    /// <summary>One open promise per demand.</summary>
    internal const string Twins = "reservation_demand";

    private readonly Dictionary<
        (Guid Company, Guid Item, Guid Warehouse),
        (decimal Moved, decimal Withheld, decimal Promised, decimal Waiting)
    > _sums = [];
    private readonly Dictionary<(Guid Company, DetailKey Key), (decimal Moved, decimal Pinned)> _details = [];
    private readonly List<(Movement Movement, Hand By)> _movements = [];
    private readonly List<(Promise Promise, Hand By)> _promises = [];
    private readonly List<(PromiseChange Change, Hand By)> _changes = [];
    private readonly List<(Supply Supply, Peg Peg, Hand By)> _lapsed = [];
    private readonly List<PromiseWriter.Part> _parts = [];
    private readonly List<(Guid Company, Guid Reservation, ReservationLine Line, Hand By)> _served = [];
    private readonly List<(IEvent Event, Hand By)> _events = [];

    /// <summary>Of the series from which documents were numbered.</summary>
    internal IReadOnlyCollection<Series.Next> Numbers { get; set; } = [];

    internal IEnumerable<Promise> Given => _promises.Select(one => one.Promise);

    internal void Promise(Promise promise, Hand by)
    {
        _promises.Add((promise, by));
        foreach (var line in promise.Lines)
            Sum((promise.CompanyId, line.ItemId, line.WarehouseId), promised: line.Held, waiting: line.Waiting);
        foreach (var (key, quantity) in promise.Pins)
            Detail((promise.CompanyId, key), pinned: quantity);
        _events.Add((new StockReserved(promise.CompanyId, promise.Id, promise.Demand, promise.Stock()), by));
    }

    internal void Release(PromiseChange change, Hand by)
    {
        Change(change, by);
        _events.Add((new StockReleased(change.After.CompanyId, change.After.Id, change.Freed), by));
    }

    /// <summary>Gives to one who waits, by the hand that made it free.</summary>
    internal void Serve(Shortages.Waiting one, decimal quantity, Hand by)
    {
        Sum(one.Place, promised: quantity, waiting: -quantity);
        _parts.Add(new(one.ReservationId, one.ItemId, one.WarehouseId) { Waiting = -quantity });
        _served.Add((one.CompanyId, one.ReservationId, new(one.ItemId, one.WarehouseId, quantity), by));
    }

    internal void Expect(SupplyChange change, Hand by)
    {
        Supply(change, by);
        _events.Add((SupplyJudge.EventOf(change.After), by));
    }

    internal void Move(Movement movement, Hand by)
    {
        _movements.Add((movement, by));
        foreach (var line in movement.Lines)
        {
            var (company, quantity) = (movement.Company.Id, movement.Request.Kind.Sign * line.Quantity);
            Sum((company, line.Key.ItemId, line.Key.WarehouseId), moved: quantity, withheld: line.Key.IsFree ? 0 : quantity);
            Detail((company, line.Key), moved: quantity);
        }
        _events.Add((MoveStock.EventOf(movement), by));
        foreach (var supply in movement.Supplies)
            Supply(supply, by);
        if (movement.Serves is not { Freed: [_, ..] freed } change)
            return;
        Change(change, by);
        _events.Add((new StockTaken(change.After.CompanyId, change.After.Id, movement.Document, freed), by));
    }

    /// <summary>Who brought something to a place or gave something back there, the last one.</summary>
    internal Hand FreedBy((Guid Company, Guid Item, Guid Warehouse) place)
    {
        foreach (var (movement, by) in Enumerable.Reverse(_movements))
            if (movement.Lines.Any(line => IsAt(line.Key) && line.Key.IsFree && movement.Request.Kind.Sign * line.Quantity > 0))
                return by;
        if (_lapsed.Find(one => one.Supply.Place == place) is { Supply: not null } lapsed)
            return lapsed.By;
        return _changes
            .Last(one => one.Change.Freed.Any(line => line.ItemId == place.Item && line.WarehouseId == place.Warehouse))
            .By;

        bool IsAt(DetailKey key) => key.ItemId == place.Item && key.WarehouseId == place.Warehouse;
    }

    /// <summary>Promises of this batch that wait at a place; they are not written yet.</summary>
    internal IEnumerable<Shortages.Waiting> WaitingAt((Guid Company, Guid Item, Guid Warehouse) place) =>
        GivenAt(place).Concat(LapsedAt(place));

    private IEnumerable<Shortages.Waiting> LapsedAt((Guid Company, Guid Item, Guid Warehouse) place) =>
        from one in _lapsed
        where one.Supply.Place == place
        select new Shortages.Waiting(
            place.Company,
            place.Item,
            place.Warehouse,
            one.Peg.ReservationId,
            one.Peg.Priority,
            one.Peg.Quantity
        );

    private IEnumerable<Shortages.Waiting> GivenAt((Guid Company, Guid Item, Guid Warehouse) place) =>
        from one in _promises
        where one.Promise.CompanyId == place.Company
        let line = one.Promise.At(place.Item, place.Warehouse)
        where line is { Waiting: > 0 }
        select new Shortages.Waiting(
            place.Company,
            place.Item,
            place.Warehouse,
            one.Promise.Id,
            one.Promise.Priority,
            line.Waiting
        );

    /// <summary>Queues the writes, the documents of larger verbs after the stock they got.</summary>
    internal void Write(Db db, LargerBatch? larger = null)
    {
        if (_events.Count > 0)
            WriteStock(db);
        db.PublishLater([.. _events, .. larger?.Write(db) ?? []]);
    }

    // A promise taken back makes room for a new one of the same demand, so it goes first.
    private void WriteStock(Db db)
    {
        foreach (var served in _served.GroupBy(one => (one.Company, one.Reservation)))
            _events.Add(
                (
                    new StockServed(served.Key.Company, served.Key.Reservation, [.. served.Select(one => one.Line)]),
                    served.First().By
                )
            );
        WriteSums(db);
        PromiseWriter.Write(db, _promises, _changes, _parts);
        stock.Supplies.Write(db);
        foreach (var carrying in _movements.Select(one => one.Movement.Carries).OfType<MoveHandlingUnit.Command>())
            carrying.Write(db);
        // A row that is new cannot begin below nothing, so what is taken away or held only ever changes a row.
        AddDetails(db, [.. _details.Where(one => one.Value.Moved > 0)]);
        ChangeDetails(db, [.. _details.Where(one => one.Value.Moved < 0 || one.Value.Pinned != 0)]);
        stock.Lots.Write(db);
        MovementWriter.Write(db, _movements);
        ReverseDocument.Write(db, [.. _movements.Select(one => one.Movement).Where(one => one.Reverses is not null)]);
        if (_movements.Count > 0 && Numbers.Count > 0)
            Series.Use(db, Numbers);
    }

    /// <summary>Sends what was queued, for whoever goes on in the same transaction.</summary>
    internal static async Task Send(Db db)
    {
        try
        {
            await db.Send();
        }
        catch (PostgresException twin) when (twin.ConstraintName == Twins)
        {
            // The same demand was promised other stock at the same moment, so the locks did not meet.
            throw new Busy("The same demand is being reserved at this moment. Ask again to see its reservation.", twin);
        }
    }

    private void Change(PromiseChange change, Hand by)
    {
        _changes.Add((change, by));
        var company = change.After.CompanyId;
        foreach (var line in change.Freed)
            Sum((company, line.ItemId, line.WarehouseId), promised: -line.Quantity);
        foreach (var (key, quantity) in change.Unpinned)
            Detail((company, key), pinned: -quantity);
        foreach (var (before, after) in change.Before.Lines.Zip(change.After.Lines))
            Sum((company, before.ItemId, before.WarehouseId), waiting: after.Waiting - before.Waiting);
    }

    private void Supply(SupplyChange change, Hand by)
    {
        var (company, item, warehouse) = change.After.Place;
        foreach (var peg in change.Given)
        {
            Sum(change.After.Place, promised: peg.Quantity);
            _parts.Add(new(peg.ReservationId, item, warehouse) { Expected = -peg.Quantity });
            _served.Add((company, peg.ReservationId, new(item, warehouse, peg.Quantity), by));
        }
        foreach (var peg in change.Lapsed)
        {
            Sum(change.After.Place, waiting: peg.Quantity);
            _parts.Add(new(peg.ReservationId, item, warehouse) { Waiting = peg.Quantity, Expected = -peg.Quantity });
            _lapsed.Add((change.After, peg, by));
        }
    }

    private void Sum((Guid, Guid, Guid) key, decimal moved = 0, decimal withheld = 0, decimal promised = 0, decimal waiting = 0)
    {
        var sum = _sums.GetValueOrDefault(key);
        _sums[key] = (sum.Moved + moved, sum.Withheld + withheld, sum.Promised + promised, sum.Waiting + waiting);
    }

    private void Detail((Guid, DetailKey) key, decimal moved = 0, decimal pinned = 0)
    {
        var sum = _details.GetValueOrDefault(key);
        _details[key] = (sum.Moved + moved, sum.Pinned + pinned);
    }

    private void WriteSums(Db db)
    {
        var changed = _sums.Where(one => one.Value != default).ToArray();
        db.Later(
            $"""
            update inventory.balance b set on_hand = b.on_hand + p.moved, withheld = b.withheld + p.withheld,
                reserved = b.reserved + p.promised, waiting = b.waiting + p.waiting
            from (select b.ctid as at, p.* from {Sql.Few(
                $"""
                unnest({Array.ConvertAll(changed, one => one.Key.Company)}, {Array.ConvertAll(changed, one => one.Key.Item)},
                    {Array.ConvertAll(changed, one => one.Key.Warehouse)}, {Array.ConvertAll(changed, one => one.Value.Moved)},
                    {Array.ConvertAll(changed, one => one.Value.Withheld)},
                    {Array.ConvertAll(changed, one => one.Value.Promised)},
                    {Array.ConvertAll(changed, one => one.Value.Waiting)})
                """,
                changed.Length
            )} as p (company_id, item_id, warehouse_id, moved, withheld, promised, waiting)
                cross join lateral (
                    select b.ctid from inventory.balance b
                    where b.company_id = p.company_id and b.item_id = p.item_id and b.warehouse_id = p.warehouse_id limit 1) b) p
            where b.ctid = p.at
            """
        );
    }

    private static void AddDetails(Db db, KeyValuePair<(Guid Company, DetailKey Key), (decimal Moved, decimal)>[] added)
    {
        if (added.Length > 0)
            db.Later(
                $"""
                insert into inventory.balance_detail as d (tenant_id, company_id, item_id, warehouse_id, bin, lot, status,
                    owner_id, on_hand)
                select {db.Scope.Tenant}, p.* from unnest({KeysOf(added)}, {Array.ConvertAll(added, one => one.Value.Moved)}) as p
                on conflict (tenant_id, company_id, item_id, warehouse_id, bin, lot, owner_id, status)
                do update set on_hand = d.on_hand + excluded.on_hand
                """
            );
    }

    // Both at once: what is held there is never more than what is there.
    private static void ChangeDetails(
        Db db,
        KeyValuePair<(Guid Company, DetailKey Key), (decimal Moved, decimal Pinned)>[] changed
    )
    {
        if (changed.Length > 0)
            db.Later(
                $"""
                update inventory.balance_detail d set on_hand = d.on_hand + p.taken, pinned = d.pinned + p.pinned
                from (select d.ctid as at, p.taken, p.pinned
                    from {Sql.Few(
                    $"""
                    unnest({KeysOf(changed)}, {Array.ConvertAll(changed, one => Math.Min(0, one.Value.Moved))},
                        {Array.ConvertAll(changed, one => one.Value.Pinned)})
                    """,
                    changed.Length
                )} as p (company_id, item_id, warehouse_id, bin, lot, status, owner_id, taken, pinned)
                    cross join lateral (
                        select d.ctid from inventory.balance_detail d
                        where d.company_id = p.company_id and d.item_id = p.item_id and d.warehouse_id = p.warehouse_id
                            and d.bin = p.bin and d.lot = p.lot
                            and d.owner_id = p.owner_id and d.status = p.status
                        limit 1) d) p
                where d.ctid = p.at
                """
            );
    }

    private static Sql KeysOf(KeyValuePair<(Guid Company, DetailKey Key), (decimal, decimal)>[] details) =>
        $"""
            {Array.ConvertAll(details, one => one.Key.Company)}, {Array.ConvertAll(details, one => one.Key.Key.ItemId)},
                {Array.ConvertAll(details, one => one.Key.Key.WarehouseId)}, {Array.ConvertAll(details, one => one.Key.Key.Bin)},
                {Array.ConvertAll(details, one => one.Key.Key.Lot)}, {Array.ConvertAll(details, one => one.Key.Key.Status)},
                {Array.ConvertAll(details, one => one.Key.Key.Owner)}
            """;
}
