using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>What a batch was to lock and somebody else holds: who needs it waits, the others go on.</summary>
internal sealed class HeldRows
{
    internal sealed record Balance(Guid CompanyId, Guid ItemId, Guid WarehouseId) : HeldRow
    {
        public override Sql Wait =>
            $"""
                select 1 from inventory.balance
                where company_id = {CompanyId} and item_id = {ItemId} and warehouse_id = {WarehouseId} for no key update
                """;
    }

    internal sealed record Unit(string Sscc) : HeldRow
    {
        public override Sql Wait => $"select 1 from inventory.handling_unit where sscc = {Sscc} for no key update";
    }

    private readonly StockAtHand _stock;
    private HashSet<Balance> _balances = [];

    private HeldRows(StockAtHand stock) => _stock = stock;

    internal static async Task<HeldRows> Of(Db db, IEnumerable<IStockCommand> commands, StockAtHand stock)
    {
        var held = new HeldRows(stock);
        var missing = commands.SelectMany(held.BalancesOf).Where(one => !stock.Has(one)).ToHashSet();
        if (missing.Count > 0)
            held._balances = [.. await Existing(db, missing)];
        return held;
    }

    internal HeldRow? Blocks(IStockCommand command)
    {
        if (_balances.Count > 0)
            foreach (var one in BalancesOf(command))
                if (_balances.Contains(one))
                    return one;
        if (command is not IMovementCommand movement)
            return null;
        foreach (var (key, arrives) in movement.Places)
            if (arrives && _stock.IsUnit(key) && !_stock.HandlingUnits.ContainsKey(key.Bin))
                return new Unit(key.Bin);
        return _stock.Warehouses.TryGetValue(movement.WarehouseId, out var warehouse)
            ? _stock.Held(new Series.Held(warehouse.CompanyId, movement.NumberedAs.Series, movement.Date.Year))
            : null;
    }

    private IEnumerable<Balance> BalancesOf(IStockCommand command) =>
        command switch
        {
            ReserveStock.Request request => At(request.Lines.Select(one => (one.ItemId, one.WarehouseId))),
            IMovementCommand movement => At(movement.Places.Select(one => (one.Key.ItemId, one.Key.WarehouseId)))
                .Concat(Of(movement.Reservation)),
            ReleaseStock.Command request => Of(request.Id),
            _ => [],
        };

    private IEnumerable<Balance> Of(Guid? reservation) =>
        reservation is { } id && _stock.Promised(id) is { Promise: var promise }
            ? promise.Lines.Select(one => new Balance(promise.CompanyId, one.ItemId, one.WarehouseId))
            : [];

    private IEnumerable<Balance> At(IEnumerable<(Guid Item, Guid Warehouse)> places)
    {
        foreach (var (item, id) in places)
            if (_stock.Warehouses.TryGetValue(id, out var warehouse))
                yield return new Balance(warehouse.CompanyId, item, id);
    }

    // A row that is not there at all is no reason to wait: nothing was ever stocked.
    private static Task<List<Balance>> Existing(Db db, IReadOnlyCollection<Balance> missing) =>
        db.Query<Balance>(
            $"""
            select w.* from {Sql.Few(
                $"""
                unnest({missing.Select(one => one.CompanyId).ToArray()}, {missing.Select(one => one.ItemId).ToArray()},
                    {missing.Select(one => one.WarehouseId).ToArray()})
                """,
                missing.Count
            )} as w (company_id, item_id, warehouse_id)
            cross join lateral (
                select from inventory.balance b
                where b.company_id = w.company_id and b.item_id = w.item_id and b.warehouse_id = w.warehouse_id limit 1) b
            """
        );
}
