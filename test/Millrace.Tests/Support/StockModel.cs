using Millrace.Company;
using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>What stock is supposed to do, as plainly as it can be said: no database, no batches, no locks.</summary>
internal sealed class StockModel
{
    private readonly Dictionary<(Guid Item, Guid Warehouse, string Lot), decimal> _onHand = [];
    private readonly List<Given> _given = [];
    private readonly Dictionary<string, int> _numbers = [];

    private sealed record Given(string Demand, Dictionary<(Guid Item, Guid Warehouse), decimal> Lines)
    {
        internal Guid Id { get; set; }
        internal bool IsOpen { get; set; } = true;
    }

    /// <summary>What happened, in the order in which it did.</summary>
    internal List<string> Events { get; } = [];

    internal IEnumerable<Guid> Known => _given.Select(one => one.Id);

    internal IEnumerable<(Guid Item, Guid Warehouse, string Lot, decimal OnHand)> Lots =>
        _onHand.Where(one => one.Value != 0).Select(one => (one.Key.Item, one.Key.Warehouse, one.Key.Lot, one.Value));

    internal IEnumerable<(Guid Item, Guid Warehouse, decimal OnHand, decimal Reserved)> Balances =>
        _onHand
            .Keys.Select(key => (key.Item, key.Warehouse))
            .Distinct()
            .Select(place => (place.Item, place.Warehouse, OnHand: OnHand(place), Reserved: Reserved(place)))
            .Where(one => one.OnHand != 0 || one.Reserved != 0);

    internal IEnumerable<(Guid Id, string Demand, Guid Item, Guid Warehouse, decimal Quantity)> Promises =>
        from given in _given
        where given.IsOpen
        from line in given.Lines
        select (given.Id, given.Demand, line.Key.Item, line.Key.Warehouse, line.Value);

    internal StockModel Copy()
    {
        var copy = new StockModel();
        foreach (var (key, value) in _onHand)
            copy._onHand[key] = value;
        foreach (var (kind, number) in _numbers)
            copy._numbers[kind] = number;
        copy._given.AddRange(_given.Select(one => one with { }));
        copy.Events.AddRange(Events);
        return copy;
    }

    /// <summary>Does the same and says where the verdict differs.</summary>
    internal void AssertSameAs(IStockCommand command, Verdict<object> verdict)
    {
        var code = verdict.Refusal?.Code;
        switch (command)
        {
            case ReserveStock.Request request:
                Assert.Equal(Reserve(request, out var given), code);
                if (given is not null)
                    AssertPromised(given, (Promised)verdict.Result, "open");
                break;
            case ReleaseStock.Request request:
                var found = _given.Find(one => one.Id == request.Id);
                Assert.Equal(found is null ? "not_found" : null, code);
                if (found is { IsOpen: true })
                    Events.Add("StockReleased");
                if (found is null)
                    break;
                found.IsOpen = false;
                AssertPromised(found, (Promised)verdict.Result, "released");
                break;
            case MoveStock.Request request:
                Assert.Equal(Move(request), code);
                if (code is not null)
                    break;
                var number = _numbers[request.Kind.Series] = _numbers.GetValueOrDefault(request.Kind.Series) + 1;
                var document = (MoveStock.Document)verdict.Result;
                Assert.Equal(Series.Show(request.Kind.Series, request.Date.Year, number), document.Number);
                break;
        }
    }

    private string? Reserve(ReserveStock.Request request, out Given? given)
    {
        given = _given.Find(one => one.IsOpen && one.Demand == request.Demand);
        if (given is not null)
            return null;
        var lines = request
            .Lines.GroupBy(line => (line.ItemId, line.WarehouseId))
            .ToDictionary(one => one.Key, one => one.Sum(line => line.Quantity));
        if (lines.Any(line => OnHand(line.Key) - Reserved(line.Key) < line.Value))
            return "inventory.short";
        given = new Given(request.Demand, lines);
        _given.Add(given);
        Events.Add("StockReserved");
        return null;
    }

    private string? Move(MoveStock.Request request)
    {
        var lots = request.Lines.GroupBy(line => (line.ItemId, request.WarehouseId, line.Lot ?? ""));
        var items = request.Lines.GroupBy(line => (line.ItemId, request.WarehouseId));
        if (
            request.Kind == MovementKind.Issue
            && (
                lots.Any(lot => _onHand.GetValueOrDefault(lot.Key) < lot.Sum(line => line.Quantity))
                || items.Any(item => OnHand(item.Key) - Reserved(item.Key) < item.Sum(line => line.Quantity))
            )
        )
            return "inventory.short";
        foreach (var lot in lots)
            _onHand[lot.Key] = _onHand.GetValueOrDefault(lot.Key) + (request.Kind.Sign * lot.Sum(line => line.Quantity));
        Events.Add(request.Kind == MovementKind.Receipt ? "StockReceived" : "StockIssued");
        return null;
    }

    private static void AssertPromised(Given given, Promised promised, string state)
    {
        if (given.Id == Guid.Empty)
            given.Id = promised.Id;
        Assert.Equal((given.Id, given.Demand, state), (promised.Id, promised.Demand, promised.State));
        Assert.Equal(
            given.Lines.OrderBy(one => one.Key.Item).ThenBy(one => one.Key.Warehouse).Select(one => (one.Key, one.Value)),
            promised
                .Lines.OrderBy(one => one.ItemId)
                .ThenBy(one => one.WarehouseId)
                .Select(one => ((one.ItemId, one.WarehouseId), one.Quantity))
        );
    }

    private decimal OnHand((Guid Item, Guid Warehouse) place) =>
        _onHand.Where(one => (one.Key.Item, one.Key.Warehouse) == place).Sum(one => one.Value);

    private decimal Reserved((Guid Item, Guid Warehouse) place) =>
        _given.Where(one => one.IsOpen).Sum(one => one.Lines.GetValueOrDefault(place));
}
