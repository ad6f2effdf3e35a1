using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>The promises that some commands name, by their demands or their ids.</summary>
internal sealed class PromiseReads
{
    private sealed record Row(
        Guid Id,
        Guid CompanyId,
        string Demand,
        bool IsOpen,
        Guid ItemId,
        string ItemCode,
        Guid WarehouseId,
        string WarehouseCode,
        decimal Quantity,
        decimal Waiting,
        decimal Expected,
        decimal Taken,
        decimal Released,
        string[]? PinBins,
        string[]? PinLots,
        decimal[]? Pins
    );

    private readonly List<Later<Row>> _asked = [];

    // One that is asked for by its demand and by its id is read twice.
    internal IEnumerable<(Promise Promise, bool IsOpen)> Found =>
        _asked.SelectMany(one => one.Rows.GroupBy(row => row.Id)).Select(rows => (PromiseOf([.. rows]), rows.First().IsOpen));

    internal static PromiseReads Queue(Db db, StockWanted wanted)
    {
        var reads = new PromiseReads();
        if (wanted.Demands.Count > 0)
            reads._asked.Add(
                Read(
                    db,
                    $"""
                    unnest({wanted.Demands.Select(one => one.CompanyId).ToArray()},
                        {wanted.Demands.Select(one => one.Demand).ToArray()}) as asked (company_id, demand)
                    """,
                    wanted.Demands.Count,
                    $"r.company_id = asked.company_id and r.demand = asked.demand and r.released_at is null"
                )
            );
        if (wanted.Reservations.Count > 0)
            reads._asked.Add(
                Read(
                    db,
                    $"unnest({wanted.Reservations.ToArray()}) as asked (id)",
                    wanted.Reservations.Count,
                    $"r.reservation_id = asked.id"
                )
            );
        return reads;
    }

    private static Later<Row> Read(Db db, Sql wanted, int count, Sql which) =>
        db.Later<Row>(
            $"""
            select r.reservation_id as id, r.company_id, r.demand, r.released_at is null as is_open, l.item_id,
                i.code as item_code, l.warehouse_id, w.code as warehouse_code, l.quantity, l.waiting, l.expected, l.taken,
                l.released, {Pins($"p.bin")} as pin_bins, {Pins($"p.lot")} as pin_lots, {Pins($"p.quantity")} as pins
            from {Sql.Few(wanted, count)} asked
            cross join lateral (select * from inventory.reservation r where {which} limit 1) r
            cross join lateral (
                select * from inventory.reservation_line l where l.reservation_id = r.reservation_id limit 1000) l
            cross join lateral (select * from catalog.v_item i where i.item_id = l.item_id limit 1) i
            cross join lateral (select * from inventory.warehouse w where w.warehouse_id = l.warehouse_id limit 1) w
            order by i.code, w.code
            """
        );

    private static Promise PromiseOf(IReadOnlyList<Row> rows) =>
        new(
            rows[0].Id,
            rows[0].CompanyId,
            rows[0].Demand,
            [
                .. rows.Select(one => new PromisedLine(one.ItemId, one.ItemCode, one.WarehouseId, one.WarehouseCode, one.Quantity)
                {
                    Waiting = one.Waiting,
                    Expected = one.Expected,
                    Taken = one.Taken,
                    Released = one.Released,
                    Pins = PinsOf(one),
                }),
            ],
            IsNew: false
        );

    private static IReadOnlyList<Pin> PinsOf(Row row) =>
        row is { PinBins: { } bins, PinLots: { } lots, Pins: { } pins }
            ? [.. pins.Select((quantity, at) => new Pin(bins[at], lots[at], quantity))]
            : [];

    private static Sql Pins(Sql what) =>
        $"""
            (select array_agg({what} order by p.bin, p.lot) from inventory.reservation_pin p
                where p.reservation_id = l.reservation_id and p.item_id = l.item_id and p.warehouse_id = l.warehouse_id)
            """;
}
