using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Gives what came free to the demands that wait for it, by priority, then age, before anybody else can have it. While somebody
/// waits at a place, nothing is available there.
/// </summary>
internal static class Shortages
{
    private const int Page = 200;

    internal sealed record Waiting(
        Guid CompanyId,
        Guid ItemId,
        Guid WarehouseId,
        Guid ReservationId,
        int Priority,
        decimal Quantity
    )
    {
        internal (Guid Company, Guid Item, Guid Warehouse) Place => (CompanyId, ItemId, WarehouseId);
    }

    /// <summary>A page of those who wait at each place in one statement, as long as there is something left to give.</summary>
    internal static async Task Serve(Db db, StockAtHand stock, Bookings bookings)
    {
        var after = stock.ToServe.ToDictionary(place => place, _ => (Priority: 0, Id: Guid.Empty));
        while (after.Count > 0)
        {
            var waiting = (await Read(db, after)).ToLookup(one => one.Place);
            foreach (var place in after.Keys.ToList())
            {
                var page = waiting[place].ToList();
                var isLast = page.Count < Page;
                var (from, to) = (after[place], isLast ? (int.MaxValue, Guid.Empty) : Rank(page[^1]));
                var fresh = bookings.WaitingAt(place).Where(one => Rank(one).CompareTo(from) > 0 && Rank(one).CompareTo(to) <= 0);
                Give([.. Merged(page.Concat(fresh)).OrderBy(Rank)], stock, bookings);
                if (isLast || stock.Left(place) == 0)
                    after.Remove(place);
                else
                    after[place] = to;
            }
        }
    }

    // One that waited already may wait for more since this batch.
    private static IEnumerable<Waiting> Merged(IEnumerable<Waiting> all) =>
        all.GroupBy(one => one.ReservationId).Select(one => one.First() with { Quantity = one.Sum(part => part.Quantity) });

    private static (int Priority, Guid Id) Rank(Waiting one) => (one.Priority, one.ReservationId);

    private static void Give(IReadOnlyList<Waiting> inOrder, StockAtHand stock, Bookings bookings)
    {
        foreach (var one in inOrder)
        {
            var left = stock.Left(one.Place);
            if (left == 0)
                return;
            // What was given back or issued in this batch is not yet written.
            var wanted = stock.Promised(one.ReservationId) is { } known
                ? known.IsOpen
                    ? known.Promise.At(one.ItemId, one.WarehouseId)!.Waiting
                    : 0
                : one.Quantity;
            var given = Math.Min(wanted, left);
            if (given == 0)
                continue;
            stock.Serve(one.Place, given);
            bookings.Serve(one, given, bookings.FreedBy(one.Place));
        }
    }

    // The newest of equal priority has the greatest id.
    private static Task<List<Waiting>> Read(
        Db db,
        Dictionary<(Guid Company, Guid Item, Guid Warehouse), (int Priority, Guid Id)> after
    )
    {
        var places = after.ToArray();
        return db.Query<Waiting>(
            $"""
            select l.company_id, l.item_id, l.warehouse_id, l.reservation_id, l.priority::int as priority, l.waiting as quantity
            from {Sql.Few(
                $"""
                unnest({Array.ConvertAll(places, one => one.Key.Company)}, {Array.ConvertAll(places, one => one.Key.Item)},
                    {Array.ConvertAll(places, one => one.Key.Warehouse)}, {Array.ConvertAll(places, one =>
                        one.Value.Priority
                    )}, {Array.ConvertAll(places, one => one.Value.Id)})
                """,
                places.Length
            )} as p (company_id, item_id, warehouse_id, priority, id)
            cross join lateral (
                select * from inventory.reservation_line l
                where l.company_id = p.company_id and l.item_id = p.item_id and l.warehouse_id = p.warehouse_id
                    and l.waiting > 0 and (l.priority, l.reservation_id) > (p.priority, p.id)
                order by l.priority, l.reservation_id limit {Page}) l
            """
        );
    }
}

/// <summary>A demand that waited was given what came free.</summary>
[EventType("StockServed", 1)]
public sealed record StockServed(Guid CompanyId, Guid ReservationId, IReadOnlyList<ReservationLine> Lines) : IEvent
{
    public string Aggregate => $"reservation/{ReservationId:N}";
}

/// <summary>What was held for a demand left the house for it.</summary>
[EventType("StockTaken", 1)]
public sealed record StockTaken(Guid CompanyId, Guid ReservationId, string Document, IReadOnlyList<ReservationLine> Lines)
    : IEvent
{
    public string Aggregate => $"reservation/{ReservationId:N}";
}
