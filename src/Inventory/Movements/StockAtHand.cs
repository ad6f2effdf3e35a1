using Millrace.Catalog;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Everything a judgement needs, read once for all requests; the balances are locked in key order until the commit.
/// </summary>
internal sealed class StockAtHand
{
    private readonly Dictionary<(Guid Company, Guid Item, Guid Warehouse), decimal> _available = [];
    private readonly Dictionary<(Guid Company, DetailKey Key), decimal> _onHand = [];

    internal sealed record Warehouse(Guid Id, Guid CompanyId, string Code);

    private sealed record Place(Guid WarehouseId, string Bin);

    private sealed record Balance(Guid CompanyId, Guid ItemId, Guid WarehouseId, decimal Available);

    private sealed record Detail(Guid CompanyId, Guid ItemId, Guid WarehouseId, string Bin, string Lot, decimal OnHand);

    internal required IReadOnlyDictionary<Guid, Warehouse> Warehouses { get; init; }
    internal required IReadOnlyDictionary<Guid, ListCompanies.Row> Companies { get; init; }
    internal required IReadOnlyDictionary<(Guid Company, Guid Item), ItemFacts.Row> Items { get; init; }
    internal required IReadOnlySet<(Guid Warehouse, string Bin)> Bins { get; init; }
    internal required IReadOnlyList<Periods.State> Periods { get; init; }

    internal decimal Available(Guid company, Guid item, Guid warehouse) =>
        _available.GetValueOrDefault((company, item, warehouse));

    internal decimal OnHand(Guid company, DetailKey key) => _onHand.GetValueOrDefault((company, key));

    internal void Move(Guid company, DetailKey key, decimal quantity)
    {
        var summed = (company, key.ItemId, key.WarehouseId);
        _available[summed] = _available.GetValueOrDefault(summed) + quantity;
        _onHand[(company, key)] = _onHand.GetValueOrDefault((company, key)) + quantity;
    }

    internal void Reserve(Guid company, Guid item, Guid warehouse, decimal quantity) =>
        _available[(company, item, warehouse)] -= quantity;

    internal static async Task<StockAtHand> Lock(Db db, MovementKind kind, IReadOnlyList<MoveStock.Request> requests)
    {
        var stock = await Read(
            db,
            [.. requests.SelectMany(one => one.Lines.Select(line => (line.ItemId, one.WarehouseId))).Distinct()],
            [.. requests.Select(one => (one.WarehouseId, one.Date))]
        );
        // A first receipt makes the row that is then locked like any other.
        await stock.LockBalances(
            db,
            [.. requests.SelectMany(one => one.Lines.Select(line => (line.ItemId, one.WarehouseId))).Distinct()],
            kind.Sign > 0
        );
        if (kind == MovementKind.Issue)
            await stock.ReadDetails(db, requests.SelectMany(one => one.Lines.Select(line => line.ItemId)));
        return stock;
    }

    /// <summary>For adjustments, whose lines name their warehouses and go either way.</summary>
    internal static async Task<StockAtHand> Lock(Db db, IReadOnlyList<Adjustments.Request> requests)
    {
        var stock = await Read(db, requests);
        await stock.LockBalances(
            db,
            [.. requests.SelectMany(one => one.Lines.Select(line => (line.ItemId, line.WarehouseId))).Distinct()],
            makeMissing: true
        );
        await stock.ReadDetails(db, requests.SelectMany(one => one.Lines.Select(line => line.ItemId)));
        return stock;
    }

    internal static Task<StockAtHand> Read(Db db, IReadOnlyList<Adjustments.Request> requests) =>
        Read(
            db,
            [.. requests.SelectMany(one => one.Lines.Select(line => (line.ItemId, line.WarehouseId))).Distinct()],
            [.. requests.SelectMany(one => one.Lines.Select(line => (line.WarehouseId, one.Date))).Distinct()]
        );

    /// <summary>
    /// Warehouses, companies, items with cost, bins and periods; nothing is locked but the periods, against closing.
    /// </summary>
    internal static async Task<StockAtHand> Read(
        Db db,
        IReadOnlyList<(Guid ItemId, Guid WarehouseId)> places,
        IReadOnlyList<(Guid WarehouseId, DateOnly Date)> dates
    )
    {
        var ids = places.Select(one => one.WarehouseId).Distinct().ToArray();
        var warehouses = (
            await db.Query<Warehouse>(
                $"""
                select warehouse_id as id, company_id, code from inventory.warehouse
                where warehouse_id = any ({ids}) and retired_at is null
                """
            )
        ).ToDictionary(one => one.Id);
        var companies = new Dictionary<Guid, ListCompanies.Row>();
        var items = new Dictionary<(Guid Company, Guid Item), ItemFacts.Row>();
        foreach (var company in warehouses.Values.Select(one => one.CompanyId).Distinct().Order())
        {
            companies[company] = await ListCompanies.One(db, company);
            var wanted = places
                .Where(one => warehouses.GetValueOrDefault(one.WarehouseId)?.CompanyId == company)
                .Select(one => one.ItemId);
            foreach (var (id, facts) in await ItemFacts.Read(db, company, wanted))
                items[(company, id)] = facts;
        }
        var bins = await db.Query<Place>(
            $"select warehouse_id, bin from inventory.bin where warehouse_id = any ({ids}) limit 100000"
        );
        var held = dates
            .Where(one => warehouses.ContainsKey(one.WarehouseId))
            .Select(one => (warehouses[one.WarehouseId].CompanyId, one.Date))
            .ToList();
        return new StockAtHand
        {
            Warehouses = warehouses,
            Companies = companies,
            Items = items,
            Bins = bins.Select(one => (one.WarehouseId, one.Bin)).ToHashSet(),
            Periods = held.Count == 0 ? [] : await Company.Periods.Hold(db, held),
        };
    }

    /// <summary>Locks the summed balances in key order: two that want the same rows queue up instead of deadlocking.</summary>
    internal async Task LockBalances(Db db, IReadOnlyList<(Guid ItemId, Guid WarehouseId)> places, bool makeMissing)
    {
        var known = places
            .Where(one => Warehouses.TryGetValue(one.WarehouseId, out var at) && Items.ContainsKey((at.CompanyId, one.ItemId)))
            .ToList();
        var companies = known.Select(one => Warehouses[one.WarehouseId].CompanyId).ToArray();
        var items = known.Select(one => one.ItemId).ToArray();
        var warehouses = known.Select(one => one.WarehouseId).ToArray();
        if (makeMissing)
            await db.Execute(
                $"""
                insert into inventory.balance (tenant_id, company_id, item_id, warehouse_id)
                select {db.Scope.Tenant}, company_id, item_id, warehouse_id
                from unnest({companies}, {items}, {warehouses}) as p (company_id, item_id, warehouse_id)
                order by company_id, item_id, warehouse_id
                on conflict do nothing
                """
            );
        var balances = await db.Query<Balance>(
            $"""
            select company_id, item_id, warehouse_id, on_hand - reserved as available
            from inventory.balance
            where (company_id, item_id, warehouse_id) in (select * from unnest({companies}, {items}, {warehouses}))
            order by company_id, item_id, warehouse_id
            for no key update
            """
        );
        foreach (var one in balances)
            _available[(one.CompanyId, one.ItemId, one.WarehouseId)] = one.Available;
    }

    // Read after the summed rows are locked: whoever changes a detail holds its summed row first.
    private async Task ReadDetails(Db db, IEnumerable<Guid> wanted)
    {
        var items = wanted.Distinct().ToArray();
        var details = await db.Query<Detail>(
            $"""
            select company_id, item_id, warehouse_id, bin, lot, on_hand from inventory.balance_detail
            where company_id = any ({Companies.Keys.ToArray()}) and item_id = any ({items})
                and warehouse_id = any ({Warehouses.Keys.ToArray()}) and on_hand > 0
            """
        );
        foreach (var one in details)
            _onHand[(one.CompanyId, new DetailKey(one.ItemId, one.WarehouseId, one.Bin, one.Lot))] = one.OnHand;
    }
}
