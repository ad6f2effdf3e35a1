using Millrace.Company;
using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>What stock is supposed to do, as plainly as it can be said: no database, no batches, no locks.</summary>
internal sealed partial class StockModel
{
    private readonly Dictionary<(Guid Item, Guid Warehouse, string Lot, string Status), decimal> _onHand = [];
    private readonly List<Given> _given = [];
    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<Booked> _documents = [];

    private sealed record Given(string Demand, int Priority, Dictionary<(Guid Item, Guid Warehouse), Line> Lines)
    {
        internal Guid Id { get; set; }
        internal bool IsOpen { get; set; } = true;

        /// <summary>What is held of certain lots.</summary>
        internal Dictionary<(Guid Item, Guid Warehouse, string Lot), decimal> Pins { get; set; } = [];

        internal Given Copy() => this with { Lines = Lines.ToDictionary(), Pins = Pins.ToDictionary() };
    }

    internal readonly record struct Line(
        decimal Quantity,
        decimal Waiting,
        decimal Taken = 0,
        decimal Released = 0,
        decimal Expected = 0
    )
    {
        internal decimal Held => Quantity - Waiting - Expected - Taken - Released;
    }

    private sealed record Booked(string Number, bool IsTransfer, Dictionary<(Guid, Guid, string, string), decimal> Changes)
    {
        internal IReadOnlyList<(Guid Supply, decimal Quantity, bool IsFree)> Brought { get; init; } = [];
        internal bool IsReversed { get; set; }
    }

    /// <summary>What happened, in the order in which it did.</summary>
    internal List<string> Events { get; } = [];

    internal IEnumerable<Guid> Known => _given.Select(one => one.Id);

    /// <summary>The documents that may be asked to be taken back, also those that were.</summary>
    internal IEnumerable<string> Documents => _documents.Select(one => one.Number);

    internal IEnumerable<(Guid Item, Guid Warehouse, string Lot, string Status, decimal OnHand)> Lots =>
        _onHand
            .Where(one => one.Value != 0)
            .Select(one => (one.Key.Item, one.Key.Warehouse, one.Key.Lot, one.Key.Status, one.Value));

    internal IEnumerable<(
        Guid Item,
        Guid Warehouse,
        decimal OnHand,
        decimal Withheld,
        decimal Reserved,
        decimal Waiting
    )> Balances =>
        _onHand
            .Keys.Select(key => (key.Item, key.Warehouse))
            .Concat(_given.SelectMany(one => one.Lines.Keys))
            .Distinct()
            .Select(place =>
                (
                    place.Item,
                    place.Warehouse,
                    OnHand: OnHand(place, free: true) + OnHand(place, free: false),
                    Withheld: OnHand(place, free: false),
                    Reserved: Reserved(place),
                    Waiting: Waiting(place)
                )
            )
            .Where(one => one.OnHand != 0 || one.Reserved != 0 || one.Waiting != 0);

    internal IEnumerable<(Guid Id, string Demand, Guid Item, Guid Warehouse, Line Line)> Promises =>
        from given in _given
        where given.IsOpen
        from line in given.Lines
        select (given.Id, given.Demand, line.Key.Item, line.Key.Warehouse, line.Value);

    internal StockModel Copy()
    {
        var copy = new StockModel(Sscc, _unitAt);
        foreach (var (key, value) in _onHand)
            copy._onHand[key] = value;
        foreach (var (kind, number) in _numbers)
            copy._numbers[kind] = number;
        copy._given.AddRange(_given.Select(one => one.Copy()));
        copy._documents.AddRange(_documents.Select(one => one with { }));
        foreach (var one in _coming.Values)
            copy._coming[one.Id] = one.Copy();
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
                    AssertPromised(given, (Promised)verdict.Result);
                break;
            case ReleaseStock.Command request:
                var found = _given.Find(one => one.Id == request.Id);
                Assert.Equal(Release(found, request), code);
                if (found is not null && code is null)
                    AssertPromised(found, (Promised)verdict.Result);
                break;
            case MoveStock.Request request:
                var moved = request.Kind == MovementKind.Receipt ? "StockReceived" : "StockIssued";
                var serves = _given.Find(one => one.Id == request.Reservation);
                var unfit =
                    WithheldOf(request)
                    ?? request.Lines.Select(line => UnfitSupply(request, line)).FirstOrDefault(one => one is not null);
                if (request.Reservation is not null && serves is not { IsOpen: true })
                    unfit = serves is null ? "not_found" : "reservation.closed";
                AssertBooked(request.Kind, moved, Changes(request), unfit, verdict, serves, Brought(request));
                break;
            case ExpectSupply.Request request:
                Assert.Equal(Twin(request), code);
                if (code is null)
                    Expect((Supply)verdict.Result);
                break;
            case ExpectSupply.ChangeCommand change:
                Assert.Equal(Unchangeable(change), code);
                if (code is null)
                    Change(change, (Supply)verdict.Result);
                break;
            case TransferStock.Request request:
                AssertBooked(MovementKind.Transfer, "StockTransferred", Changes(request), Stays(request), verdict);
                break;
            case ReverseDocument.Command reversal:
                var document = _documents.Find(one => one.Number == reversal.Document)!;
                AssertBooked(
                    MovementKind.Reversal,
                    document.IsTransfer ? "StockTransferred" : "StockReversed",
                    [.. document.Changes.Select(one => (one.Key, -one.Value))],
                    document.IsReversed ? "reversal.twice" : null,
                    verdict,
                    brought: [.. document.Brought.Select(one => (one.Supply, -one.Quantity, one.IsFree))]
                );
                document.IsReversed |= code is null;
                break;
        }
    }

    private static List<((Guid, Guid, string, string) Key, decimal Quantity)> Changes(MoveStock.Request request) =>
        [
            .. request.Lines.Select(line =>
                (
                    (line.ItemId, request.WarehouseId, line.Lot ?? "", Whose(line.Status, line.OwnerId)),
                    request.Kind.Sign * line.Quantity
                )
            ),
        ];

    private static List<((Guid, Guid, string, string) Key, decimal Quantity)> Changes(TransferStock.Request request) =>
        [
            .. request.Lines.SelectMany(line =>
                new[]
                {
                    ((line.ItemId, request.WarehouseId, line.Lot ?? "", Whose(line.Status, line.OwnerId)), -line.Quantity),
                    ((line.ItemId, request.ToWarehouseId, line.Lot ?? "", Whose(line.ToStatus, line.OwnerId)), line.Quantity),
                }
            ),
        ];

    // What is somebody else's is never free.
    private static string Whose(string? status, Guid? owner) => (status ?? "available") + (owner is null ? "" : "@");

    private static string? WithheldOf(MoveStock.Request request) =>
        request.Kind == MovementKind.Issue && request.Lines.Any(line => line.Status is not (null or "available"))
            ? "inventory.withheld"
            : null;

    // The first line that goes nowhere says why.
    private static string? Stays(TransferStock.Request request) =>
        request.WarehouseId == request.ToWarehouseId
        && request.Lines.FirstOrDefault(line => line.Status == line.ToStatus || line.ToStatus == "transit") is { } line
            ? line.Status == line.ToStatus
                ? "transfer.stays"
                : "transfer.nowhere"
            : null;

    private void AssertBooked(
        MovementKind kind,
        string happened,
        List<((Guid Item, Guid Warehouse, string Lot, string Status) Key, decimal Quantity)> changes,
        string? unfit,
        Verdict<object> verdict,
        Given? serves = null,
        IReadOnlyList<(Guid Supply, decimal Quantity, bool IsFree)>? brought = null
    )
    {
        var sums = changes.GroupBy(one => one.Key).ToDictionary(one => one.Key, one => one.Sum(line => line.Quantity));
        var after = serves is null ? null : Taken(serves, sums);
        var isShort =
            sums.Any(one => one.Value < 0 && NotPinned(one.Key, serves, after) + one.Value < 0)
            || sums.Where(one => one.Key.Status == "available")
                .GroupBy(one => (one.Key.Item, one.Key.Warehouse))
                .Any(item => item.Sum(one => one.Value) is < 0 and var sum && Free(item.Key) + HeldFor(item.Key) + sum < 0);
        unfit ??= IsElsewhere(changes) ? "handling_unit.elsewhere" : null;
        Assert.Equal(unfit ?? (isShort ? "inventory.short" : null), verdict.Refusal?.Code);
        if (verdict.Refusal is not null)
            return;
        foreach (var (key, quantity) in sums)
            _onHand[key] = _onHand.GetValueOrDefault(key) + quantity;
        var number = _numbers[kind.Series] = _numbers.GetValueOrDefault(kind.Series) + 1;
        var shown = Series.Show(kind.Series, Factory.Today.Year, number);
        Assert.Equal(shown, ((MoveStock.Document)verdict.Result).Number);
        if (kind != MovementKind.Reversal)
            _documents.Add(new Booked(shown, kind == MovementKind.Transfer, sums) { Brought = brought ?? [] });
        Events.Add(happened);
        foreach (var (supply, quantity, isFree) in brought ?? [])
            Arrive(_coming[supply], quantity, isFree);
        if (serves is not null)
            Take(serves, after!);

        decimal HeldFor((Guid, Guid) place) => serves?.Lines.GetValueOrDefault(place).Held ?? 0;
    }

    private decimal Free((Guid Item, Guid Warehouse) place) =>
        Waiting(place) > 0 ? 0 : OnHand(place, free: true) - Reserved(place);

    private decimal OnHand((Guid Item, Guid Warehouse) place, bool free) =>
        _onHand
            .Where(one => (one.Key.Item, one.Key.Warehouse) == place && one.Key.Status == "available" == free)
            .Sum(one => one.Value);

    private decimal Reserved((Guid Item, Guid Warehouse) place) =>
        _given.Where(one => one.IsOpen).Sum(one => one.Lines.GetValueOrDefault(place).Held);

    private decimal Waiting((Guid Item, Guid Warehouse) place) =>
        _given.Where(one => one.IsOpen).Sum(one => one.Lines.GetValueOrDefault(place).Waiting);
}
