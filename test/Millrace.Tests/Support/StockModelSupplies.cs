using Millrace.Inventory;

namespace Millrace.Tests;

/// <summary>What is on its way, and which promises wait for it.</summary>
internal sealed partial class StockModel
{
    private readonly Dictionary<Guid, Coming> _coming = [];
    private readonly HashSet<Given> _served = [];

    /// <summary>The promises by their place in the list of all.</summary>
    private sealed record Coming(Guid Id, (Guid Item, Guid Warehouse) Place, string Source, Dictionary<int, decimal> Pegs)
    {
        internal DateOnly Due { get; set; }
        internal decimal Quantity { get; set; }
        internal decimal Arrived { get; set; }
        internal bool IsClosed { get; set; }
        internal int Version { get; set; } = 1;

        internal decimal ToCome => IsClosed ? 0 : Math.Max(0, Quantity - Arrived);
        internal decimal Left => ToCome - Pegs.Values.Sum();

        internal Coming Copy() => this with { Pegs = Pegs.ToDictionary() };
    }

    internal IEnumerable<(Guid Id, Guid Item, Guid Warehouse, int Version)> KnownSupplies =>
        _coming.Values.OrderBy(one => one.Id).Select(one => (one.Id, one.Place.Item, one.Place.Warehouse, one.Version));

    internal IEnumerable<(Guid Id, DateOnly Due, decimal Quantity, decimal Arrived, decimal Promised, bool Closed)> Supplies =>
        _coming
            .Values.OrderBy(one => one.Id)
            .Select(one => (one.Id, one.Due, one.Quantity, one.Arrived, one.Pegs.Values.Sum(), one.IsClosed));

    private (int Priority, Guid Id) Rank(Given one) => (one.Priority, one.Id);

    private Line LineOf((Guid Item, Guid Warehouse) place, decimal wanted, decimal ofAnyLot, DateOnly? day)
    {
        var comes = Math.Clamp(InTime(place, day).Sum(one => one.Left) - Waiting(place), 0, ofAnyLot);
        return new Line(wanted, Waiting: Math.Max(0, wanted - comes - Free(place)), Expected: comes);
    }

    private IEnumerable<Coming> InTime((Guid Item, Guid Warehouse) place, DateOnly? day) =>
        _coming
            .Values.Where(one => day is not null && one.Place == place && one.Due <= day && one.Left > 0)
            .OrderByDescending(one => one.Due)
            .ThenByDescending(one => one.Id);

    private void Peg(int given, (Guid Item, Guid Warehouse) place, DateOnly? day, decimal quantity)
    {
        foreach (var one in InTime(place, day).ToList())
        {
            var more = Math.Min(quantity, one.Left);
            one.Pegs[given] = more;
            quantity -= more;
        }
    }

    private void Unpeg(int given, (Guid Item, Guid Warehouse) place, decimal quantity)
    {
        var pegged = _coming.Values.Where(one => one.Place == place && one.Pegs.ContainsKey(given));
        foreach (var one in pegged.OrderByDescending(one => one.Due).ThenByDescending(one => one.Id))
        {
            var less = Math.Min(quantity, one.Pegs[given]);
            one.Pegs[given] -= less;
            quantity -= less;
        }
    }

    private string? Twin(ExpectSupply.Request request) =>
        _coming.Values.Any(one =>
            !one.IsClosed && one.Place == (request.ItemId, request.WarehouseId) && one.Source == request.Source
        )
            ? "expected.twice"
            : null;

    private void Expect(Supply supply)
    {
        _coming[supply.Id] = new Coming(supply.Id, (supply.ItemId, supply.WarehouseId), supply.Source, [])
        {
            Due = supply.Due,
            Quantity = supply.Quantity,
        };
        Events.Add("SupplyExpected");
    }

    private string? Unchangeable(ExpectSupply.ChangeCommand change) =>
        _coming[change.Id].Version != change.Version ? "version.changed"
        : _coming[change.Id].IsClosed ? "expected.closed"
        : null;

    private void Change(ExpectSupply.ChangeCommand change, Supply answer)
    {
        var one = _coming[change.Id];
        (one.Due, one.Quantity, one.IsClosed, one.Version) = (
            change.To.Due,
            change.To.Quantity,
            change.To.Closed,
            one.Version + 1
        );
        Arrive(one, 0, isFree: false);
        Assert.Equal((one.ToCome, one.Pegs.Values.Sum(), one.Version), (answer.ToCome, answer.Promised, answer.Version));
        Events.Add("SupplyExpected");
    }

    private string? UnfitSupply(MoveStock.Request request, MoveStock.Line line) =>
        line.ExpectedId is not { } id ? null
        : _coming[id].IsClosed ? "expected.closed"
        : _coming[id].Place != (line.ItemId, request.WarehouseId) ? "expected.other"
        : null;

    private static List<(Guid, decimal, bool)> Brought(MoveStock.Request request) =>
        [
            .. request
                .Lines.Where(line => line.ExpectedId is not null)
                .Select(line => (line.ExpectedId!.Value, line.Quantity, line.Status is null or "available")),
        ];

    /// <summary>What comes free is for those who wait for it; who can no longer have it waits like all others.</summary>
    private void Arrive(Coming one, decimal quantity, bool isFree)
    {
        one.Arrived += quantity;
        var free = isFree ? Math.Max(0, quantity) : 0;
        foreach (var at in one.Pegs.Keys.OrderBy(at => Rank(_given[at])).ToList())
        {
            var given = Math.Min(free, one.Pegs[at]);
            if (given == 0)
                continue;
            free -= given;
            one.Pegs[at] -= given;
            var line = _given[at].Lines[one.Place];
            _given[at].Lines[one.Place] = line with { Expected = line.Expected - given };
            _served.Add(_given[at]);
        }
        foreach (var at in one.Pegs.Keys.OrderByDescending(at => Rank(_given[at])).ToList())
        {
            var lapsed = Math.Min(Math.Max(0, -one.Left), one.Pegs[at]);
            one.Pegs[at] -= lapsed;
            var line = _given[at].Lines[one.Place];
            _given[at].Lines[one.Place] = line with { Expected = line.Expected - lapsed, Waiting = line.Waiting + lapsed };
        }
    }
}
