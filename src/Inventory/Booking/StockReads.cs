using Millrace.Catalog;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Everything a judgement needs, in one round trip: the balances are locked in key order until the commit, the rest is read
/// after that, each statement with a snapshot of its own. Whoever changes a detail or a promise holds its balance first.
/// </summary>
internal sealed class StockReads
{
    internal sealed record Place(Guid WarehouseId, string Bin, int RemovalOrder, bool IsClosed, bool IsUnit);

    internal sealed record Balance(Guid CompanyId, Guid ItemId, Guid WarehouseId, decimal Available, decimal Waiting);

    internal sealed record Detail(
        Guid CompanyId,
        Guid ItemId,
        Guid WarehouseId,
        string Bin,
        string Lot,
        string Status,
        Guid OwnerId,
        decimal OnHand,
        decimal Pinned
    );

    internal sealed record Reversed(Guid CompanyId, string Document, string ReversedBy);

    internal required Later<StockAtHand.Warehouse> Warehouses { get; init; }
    internal required Later<ListCompanies.Row> Companies { get; init; }
    internal required Later<ItemFacts.Row> Items { get; init; }
    internal Later<Balance>? Balances { get; init; }
    internal Later<Place>? Bins { get; init; }
    internal Later<Detail>? Details { get; init; }
    internal Later<Periods.State>? Closed { get; init; }
    internal required PromiseReads Promises { get; init; }
    internal required SupplyReads Supplies { get; init; }
    internal Later<Choices.Row>? Choices { get; init; }
    internal Later<Lots.Row>? Lots { get; init; }
    internal Later<Reversed>? Reversals { get; init; }
    internal Later<UnitFactor.Row>? Units { get; init; }
    internal Later<Guid>? Owners { get; init; }
    internal Later<HandlingUnit>? HandlingUnits { get; init; }
    internal IReadOnlyList<Later<HandlingUnit.Goods>> OnUnits { get; init; } = [];
    internal Later<Series.Next>? Numbers { get; init; }

    internal static async Task<StockReads> Queue(Db db, StockWanted wanted)
    {
        var company = await WarehouseCompanies.Of(
            db,
            wanted.Places.Select(one => one.WarehouseId).Concat(wanted.Dates.Select(one => one.WarehouseId))
        );
        var places = wanted.Places.Where(one => company.ContainsKey(one.WarehouseId)).ToList();
        var dates = wanted.Dates.Where(one => company.ContainsKey(one.WarehouseId)).ToList();
        // Periods before balances, then units, numbers last: in this order everywhere.
        var closed =
            dates.Count == 0 ? null : Periods.Hold(db, dates.Select(one => (CompanyId: company[one.WarehouseId], one.Date)));
        if (!wanted.OnlyRead)
            MakeMissing(db, company, wanted.Arriving);
        return new StockReads
        {
            Closed = closed,
            Balances = wanted.OnlyRead ? null : Lock(db, company, places, wanted),
            HandlingUnits = ReadUnits(db, wanted),
            OnUnits = [.. wanted.Carried.Select(one => HandlingUnit.GoodsOn(db, one.WarehouseId, one.Sscc))],
            Warehouses = db.Later<StockAtHand.Warehouse>(
                $"""
                select warehouse_id as id, company_id, code from inventory.warehouse
                where warehouse_id = any ({company.Keys.ToArray()}) and retired_at is null
                """
            ),
            Companies = ListCompanies.Later(db, [.. company.Values.Distinct()]),
            Items = ItemFacts.Later(
                db,
                [.. places.Select(one => (company[one.WarehouseId], one.ItemId)).Distinct()],
                withCosts: dates.Count > 0
            ),
            Bins = wanted.Bins.Count == 0 ? null : ReadBins(db, wanted.Bins),
            Details = wanted.Details.Count == 0 ? null : ReadDetails(db, company, wanted.Details),
            Choices = wanted.Choices.Count == 0 ? null : Inventory.Choices.Read(db, company, wanted.Choices),
            Lots = wanted.Lots is { Count: > 0 } lots ? Inventory.Lots.Read(db, lots) : null,
            Units = wanted.Units.Count == 0 ? null : UnitFactor.Later(db, wanted.Units),
            Owners = wanted.Owners is { Count: > 0 } owners ? ReadOwners(db, [.. owners]) : null,
            Reversals = wanted.Documents.Count == 0 ? null : ReadReversals(db, company, wanted.Documents),
            Numbers =
                wanted.Series.Count == 0
                    ? null
                    : Series.Hold(
                        db,
                        wanted
                            .Series.Where(one => company.ContainsKey(one.WarehouseId))
                            .Select(one => (company[one.WarehouseId], one.Kind, one.Year)),
                        wanted.PassesOverHeld
                    ),
            Promises = PromiseReads.Queue(db, wanted),
            Supplies = SupplyReads.Queue(db, wanted),
        };
    }

    internal StockAtHand Stock()
    {
        var stock = new StockAtHand
        {
            Warehouses = Warehouses.Rows.ToDictionary(one => one.Id),
            Companies = Companies.Rows.ToDictionary(one => one.Id),
            Items = Items.Rows.ToDictionary(one => (one.CompanyId, one.Id)),
            Bins = (Bins?.Rows ?? [])
                .Concat(
                    (Choices?.Rows ?? []).Select(one => new Place(
                        one.WarehouseId,
                        one.Bin,
                        one.RemovalOrder,
                        one.IsClosed,
                        one.IsUnit
                    ))
                )
                .DistinctBy(one => (one.WarehouseId, one.Bin))
                .ToDictionary(one => (one.WarehouseId, one.Bin)),
            Periods = Closed?.Rows ?? [],
            Owners = (Owners?.Rows ?? []).ToHashSet(),
            HandlingUnits = (HandlingUnits?.Rows ?? []).ToDictionary(one => one.Sscc),
            OnUnits = OnUnits.SelectMany(one => one.Rows).ToLookup(one => one.Sscc),
            Units = (Units?.Rows ?? []).ToDictionary(
                one => (one.ItemId, one.Unit),
                one => new UnitFactor(one.Numerator, one.Denominator)
            ),
        };
        foreach (var one in Balances?.Rows ?? [])
            stock.Found(one);
        foreach (var one in Details?.Rows ?? [])
            stock.Found(
                one.CompanyId,
                new DetailKey(one.ItemId, one.WarehouseId, one.Bin, one.Lot, one.Status, one.OwnerId),
                one.OnHand,
                one.Pinned
            );
        foreach (var (promise, isOpen) in Promises.Found)
            stock.Found(promise, isOpen);
        Supplies.Tell(stock.Supplies);
        foreach (var one in Choices?.Rows ?? [])
        {
            stock.Found(one.CompanyId, new DetailKey(one.ItemId, one.WarehouseId, one.Bin, one.Lot), one.OnHand, one.Pinned);
            stock.Lots.Found(new Lots.Row(one.ItemId, one.Lot, one.FirstOn, one.ExpiresOn, one.Pieces));
        }
        foreach (var one in Lots?.Rows ?? [])
            stock.Lots.Found(one);
        foreach (var one in Reversals?.Rows ?? [])
            stock.Reverse(one.CompanyId, one.Document, one.ReversedBy);
        foreach (var one in Numbers?.Rows ?? [])
            stock.Found(one);
        return stock;
    }

    // A first receipt makes the row that is then locked like any other.
    private static void MakeMissing(
        Db db,
        IReadOnlyDictionary<Guid, Guid> company,
        IReadOnlyCollection<(Guid ItemId, Guid WarehouseId)> arriving
    )
    {
        var places = arriving.Where(one => company.ContainsKey(one.WarehouseId)).ToList();
        if (places.Count > 0)
            db.Later(
                $"""
                insert into inventory.balance (tenant_id, company_id, item_id, warehouse_id)
                select {db.Scope.Tenant}, p.company_id, p.item_id, p.warehouse_id
                from {Sql.Few(
                    $"""
                    unnest({places.Select(one => company[one.WarehouseId]).ToArray()}, {places.Select(one =>
                        one.ItemId
                    ).ToArray()}, {places.Select(one => one.WarehouseId).ToArray()})
                    """,
                    places.Count
                )} as p (company_id, item_id, warehouse_id)
                cross join lateral (select from catalog.v_item i where i.item_id = p.item_id limit 1) i
                order by p.company_id, p.item_id, p.warehouse_id
                on conflict do nothing
                """
            );
    }

    // Two that want the same rows queue up instead of deadlocking. What a promise to be taken back holds is locked with the rest.
    private static Later<Balance> Lock(
        Db db,
        IReadOnlyDictionary<Guid, Guid> company,
        List<(Guid ItemId, Guid WarehouseId)> places,
        StockWanted all
    )
    {
        var companies = places.Select(one => company[one.WarehouseId]).ToArray();
        var items = places.Select(one => one.ItemId).ToArray();
        var warehouses = places.Select(one => one.WarehouseId).ToArray();
        Sql wanted = $"unnest({companies}, {items}, {warehouses}) as w (company_id, item_id, warehouse_id)";
        if (all.Reservations.Count > 0)
            wanted = $"""
                (select * from {wanted}
                union select l.company_id, l.item_id, l.warehouse_id from inventory.reservation_line l
                where l.reservation_id = any ({all.Reservations.ToArray()})) w
                """;
        return db.Later<Balance>(
            $"""
            select b.company_id, b.item_id, b.warehouse_id, b.on_hand - b.reserved - b.withheld as available, b.waiting
            from (select * from {wanted} order by company_id, item_id, warehouse_id) w
            cross join lateral (
                select * from inventory.balance b
                where b.company_id = w.company_id and b.item_id = w.item_id and b.warehouse_id = w.warehouse_id
                limit 1 for no key update {Sql.PassOver(all.PassesOverHeld)}) b
            """
        );
    }

    private static Later<HandlingUnit>? ReadUnits(Db db, StockWanted wanted)
    {
        if (wanted.HandlingUnits.Count == 0)
            return null;
        string[] ssccs = [.. wanted.HandlingUnits];
        return wanted.OnlyRead ? HandlingUnit.Read(db, ssccs) : HandlingUnit.Hold(db, ssccs, wanted.PassesOverHeld);
    }

    private static Later<Guid> ReadOwners(Db db, Guid[] owners) =>
        db.Later<Guid>(
            $"""
            select p.partner_id from {Sql.Few($"unnest({owners})", owners.Length)} as w (id)
            cross join lateral (select * from catalog.v_partner p where p.partner_id = w.id limit 1) p
            """
        );

    private static Later<Place> ReadBins(Db db, HashSet<(Guid WarehouseId, string Bin)> bins) =>
        db.Later<Place>(
            $"""
            select b.warehouse_id, b.bin, b.removal_order, b.closed_at is not null as is_closed, b.is_unit
            from {Sql.Few(
                $"unnest({bins.Select(one => one.WarehouseId).ToArray()}, {bins.Select(one => one.Bin).ToArray()})",
                bins.Count
            )} as w (warehouse_id, bin)
            cross join lateral (
                select * from inventory.bin b where b.warehouse_id = w.warehouse_id and b.bin = w.bin limit 1) b
            """
        );

    private static Later<Detail> ReadDetails(Db db, IReadOnlyDictionary<Guid, Guid> company, HashSet<DetailKey> keys)
    {
        var known = keys.Where(one => company.ContainsKey(one.WarehouseId)).ToArray();
        return db.Later<Detail>(
            $"""
            select d.company_id, d.item_id, d.warehouse_id, d.bin, d.lot, d.status, d.owner_id, d.on_hand, d.pinned
            from {Sql.Few(
                $"""
                unnest({Array.ConvertAll(known, one => company[one.WarehouseId])}, {Array.ConvertAll(known, one => one.ItemId)},
                    {Array.ConvertAll(known, one => one.WarehouseId)}, {Array.ConvertAll(known, one => one.Bin)},
                    {Array.ConvertAll(known, one => one.Lot)}, {Array.ConvertAll(known, one => one.Status)},
                    {Array.ConvertAll(known, one => one.Owner)})
                """,
                known.Length
            )} as w (company_id, item_id, warehouse_id, bin, lot, status, owner_id)
            cross join lateral (
                select * from inventory.balance_detail d
                where d.company_id = w.company_id and d.item_id = w.item_id and d.warehouse_id = w.warehouse_id
                    and d.bin = w.bin and d.lot = w.lot
                    and d.owner_id = w.owner_id and d.status = w.status
                limit 1) d
            """
        );
    }

    private static Later<Reversed> ReadReversals(
        Db db,
        IReadOnlyDictionary<Guid, Guid> company,
        HashSet<(Guid WarehouseId, string Document)> documents
    )
    {
        var known = documents.Where(one => company.ContainsKey(one.WarehouseId)).ToArray();
        return db.Later<Reversed>(
            $"""
            select r.company_id, r.document, r.reversed_by
            from unnest({Array.ConvertAll(known, one => company[one.WarehouseId])},
                {Array.ConvertAll(known, one => one.Document)}) as w (company_id, document)
            cross join lateral (
                select * from inventory.reversal r where r.company_id = w.company_id and r.document = w.document limit 1) r
            """
        );
    }
}
