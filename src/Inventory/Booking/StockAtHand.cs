using Millrace.Catalog;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// The stock as a judgement sees it: what is locked, less what those before in the same batch have been given.
/// </summary>
internal sealed class StockAtHand
{
    private readonly Dictionary<(Guid Company, Guid Item, Guid Warehouse), decimal> _available = [];
    private readonly Dictionary<(Guid Company, Guid Item, Guid Warehouse), decimal> _waiting = [];
    private readonly Dictionary<(Guid Company, DetailKey Key), decimal> _onHand = [];
    private readonly Dictionary<(Guid Company, DetailKey Key), decimal> _pinned = [];
    private readonly Dictionary<(Guid Company, string Demand), Promise> _open = [];
    private readonly Dictionary<Guid, (Promise Promise, bool IsOpen)> _promises = [];
    private readonly Dictionary<(Guid Company, string Document), string> _reversed = [];
    private readonly Dictionary<(Guid Company, string Kind, int Year), long> _next = [];

    internal sealed record Warehouse(Guid Id, Guid CompanyId, string Code);

    internal required IReadOnlyDictionary<Guid, Warehouse> Warehouses { get; init; }
    internal required IReadOnlyDictionary<Guid, ListCompanies.Row> Companies { get; init; }
    internal required IReadOnlyDictionary<(Guid Company, Guid Item), ItemFacts.Row> Items { get; init; }
    internal required IReadOnlyDictionary<(Guid Warehouse, string Bin), StockReads.Place> Bins { get; init; }
    internal required IReadOnlyList<Periods.State> Periods { get; init; }

    /// <summary>Partners for whom goods may lie here.</summary>
    internal IReadOnlySet<Guid> Owners { get; init; } = new HashSet<Guid>();

    internal IReadOnlyDictionary<(Guid Item, string Unit), UnitFactor> Units { get; init; } =
        new Dictionary<(Guid, string), UnitFactor>();

    /// <summary>Held, if something is put on them or they go.</summary>
    internal IReadOnlyDictionary<string, HandlingUnit> HandlingUnits { get; init; } = new Dictionary<string, HandlingUnit>();

    /// <summary>What lies on those that go.</summary>
    internal ILookup<string, HandlingUnit.Goods> OnUnits { get; init; } = Array.Empty<HandlingUnit.Goods>().ToLookup(_ => "");

    internal Lots Lots { get; } = new();
    internal Supplies Supplies { get; } = new();

    /// <summary>Locked and read for adjustments.</summary>
    internal static async Task<StockAtHand> Of(Db db, IReadOnlyList<Adjustments.Request> requests, bool onlyRead = false)
    {
        var wanted = new StockWanted { OnlyRead = onlyRead };
        foreach (var request in requests)
            wanted.Add(request);
        var reads = await StockReads.Queue(db, wanted);
        await db.Send();
        return reads.Stock();
    }

    /// <summary>For what somebody waits.</summary>
    internal decimal Waiting((Guid Company, Guid Item, Guid Warehouse) place) => _waiting.GetValueOrDefault(place);

    /// <summary>What may still be promised or taken: nothing while somebody waits for it.</summary>
    internal decimal Available(Guid company, Guid item, Guid warehouse) =>
        _waiting.ContainsKey((company, item, warehouse)) ? 0 : _available.GetValueOrDefault((company, item, warehouse));

    /// <summary>Where something came free for which somebody waits.</summary>
    internal IEnumerable<(Guid Company, Guid Item, Guid Warehouse)> ToServe => _waiting.Keys.Where(place => Left(place) > 0);

    /// <summary>What there is for those who wait.</summary>
    internal decimal Left((Guid Company, Guid Item, Guid Warehouse) place) =>
        Math.Min(_available.GetValueOrDefault(place), _waiting.GetValueOrDefault(place));

    internal bool IsUnit(DetailKey key) => Bins.TryGetValue((key.WarehouseId, key.Bin), out var bin) && bin.IsUnit;

    internal bool Has(HeldRows.Balance balance) =>
        _available.ContainsKey((balance.CompanyId, balance.ItemId, balance.WarehouseId));

    internal Series.Held? Held(Series.Held series) =>
        _next.ContainsKey((series.CompanyId, series.Kind, series.Year)) ? null : series;

    internal decimal OnHand(Guid company, DetailKey key) => _onHand.GetValueOrDefault((company, key));

    /// <summary>What of it is held for demands that want these goods and no others.</summary>
    internal decimal Pinned(Guid company, DetailKey key) => _pinned.GetValueOrDefault((company, key));

    /// <summary>Where free stock of it lies, as far as it was looked for or moved.</summary>
    internal IEnumerable<(DetailKey Key, decimal OnHand)> Free(Guid company, Guid item, Guid warehouse) =>
        from one in _onHand
        where one.Key.Company == company && one.Key.Key.ItemId == item && one.Key.Key.WarehouseId == warehouse
        where one.Key.Key.IsFree && one.Value > 0
        select (one.Key.Key, one.Value);

    internal Promise? Promised(Guid company, string demand) => _open.GetValueOrDefault((company, demand));

    internal (Promise Promise, bool IsOpen)? Promised(Guid id) => _promises.TryGetValue(id, out var found) ? found : null;

    internal void Found(StockReads.Balance balance)
    {
        var place = (balance.CompanyId, balance.ItemId, balance.WarehouseId);
        _available[place] = balance.Available;
        if (balance.Waiting > 0)
            _waiting[place] = balance.Waiting;
    }

    internal void Found(Guid company, DetailKey key, decimal onHand, decimal pinned)
    {
        _onHand[(company, key)] = onHand;
        _pinned[(company, key)] = pinned;
    }

    internal string? ReversedBy(Guid company, string document) => _reversed.GetValueOrDefault((company, document));

    internal void Reverse(Guid company, string document, string by) => _reversed[(company, document)] = by;

    internal void Found(Series.Next number) => _next[(number.CompanyId, number.Kind, number.Year)] = number.Number;

    internal void Found(Promise promise, bool isOpen)
    {
        _promises[promise.Id] = (promise, isOpen);
        if (isOpen)
            _open[(promise.CompanyId, promise.Demand)] = promise;
    }

    internal void Move(Guid company, DetailKey key, decimal quantity)
    {
        var summed = (company, key.ItemId, key.WarehouseId);
        if (key.IsFree)
            _available[summed] = _available.GetValueOrDefault(summed) + quantity;
        _onHand[(company, key)] = _onHand.GetValueOrDefault((company, key)) + quantity;
    }

    internal void Give(Promise promise)
    {
        foreach (var line in promise.Lines)
            Hold((promise.CompanyId, line.ItemId, line.WarehouseId), line.Held, line.Waiting);
        foreach (var (key, quantity) in promise.Pins)
            Pin(promise.CompanyId, key, quantity);
        Supplies.Promise(promise);
        Found(promise with { IsNew = false }, isOpen: true);
    }

    internal void Change(PromiseChange change)
    {
        var promise = change.After;
        foreach (var line in change.Freed)
            Hold((promise.CompanyId, line.ItemId, line.WarehouseId), held: -line.Quantity);
        foreach (var (key, quantity) in change.Unpinned)
            Pin(promise.CompanyId, key, -quantity);
        foreach (var (before, after) in change.Before.Lines.Zip(promise.Lines))
        {
            var place = (promise.CompanyId, before.ItemId, before.WarehouseId);
            Hold(place, waiting: after.Waiting - before.Waiting);
            Supplies.GiveBack(promise.Id, place, before.Expected - after.Expected);
        }
        _promises[promise.Id] = (promise, !change.Closes);
        if (change.Closes)
            _open.Remove((promise.CompanyId, promise.Demand));
        else
            _open[(promise.CompanyId, promise.Demand)] = promise;
    }

    /// <summary>Gives to one who waits.</summary>
    internal void Serve((Guid Company, Guid Item, Guid Warehouse) place, decimal quantity) => Hold(place, quantity, -quantity);

    /// <summary>What came free of a supply goes to the promises that wait for it; what no longer comes is waited for.</summary>
    internal SupplyChange Become(Supply supply, decimal free = 0)
    {
        var (given, lapsed) = Supplies.Become(supply, free);
        foreach (var peg in given)
            Part(supply, peg, line => line with { Expected = line.Expected - peg.Quantity }, held: peg.Quantity);
        foreach (var peg in lapsed)
            Part(
                supply,
                peg,
                line => line with { Expected = line.Expected - peg.Quantity, Waiting = line.Waiting + peg.Quantity },
                waiting: peg.Quantity
            );
        return new SupplyChange(Supplies.Of(supply.Id)!, given, lapsed);
    }

    private void Part(Supply supply, Peg peg, Func<PromisedLine, PromisedLine> changed, decimal held = 0, decimal waiting = 0)
    {
        Hold(supply.Place, held, waiting);
        if (!_promises.TryGetValue(peg.ReservationId, out var known))
            return;
        var line = known.Promise.At(supply.ItemId, supply.WarehouseId)!;
        var promise = known.Promise.With(changed(line));
        _promises[promise.Id] = (promise, known.IsOpen);
        _open[(promise.CompanyId, promise.Demand)] = promise;
    }

    private void Pin(Guid company, DetailKey key, decimal quantity) => _pinned[(company, key)] = Pinned(company, key) + quantity;

    private void Hold((Guid Company, Guid Item, Guid Warehouse) place, decimal held = 0, decimal waiting = 0)
    {
        if (held != 0)
            _available[place] = _available.GetValueOrDefault(place) - held;
        if (waiting == 0)
            return;
        var sum = _waiting.GetValueOrDefault(place) + waiting;
        if (sum == 0)
            _waiting.Remove(place);
        else
            _waiting[place] = sum;
    }

    /// <summary>The number of an accepted movement's document.</summary>
    internal string Number(Movement movement)
    {
        var key = (movement.Company.Id, movement.Request.Kind.Series, movement.Request.Date.Year);
        return Series.Show(key.Series, key.Year, _next[key]++);
    }

    /// <summary>What stays free of the series held.</summary>
    internal IReadOnlyCollection<Series.Next> Numbers =>
        [.. _next.Select(one => new Series.Next(one.Key.Company, one.Key.Kind, one.Key.Year, one.Value))];
}
