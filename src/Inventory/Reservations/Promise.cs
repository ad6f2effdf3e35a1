namespace Millrace.Inventory;

/// <summary>A promise that is given now, or one that its demand has already.</summary>
internal sealed record Promise(Guid Id, Guid CompanyId, string Demand, IReadOnlyList<PromisedLine> Lines, bool IsNew)
{
    internal int Priority { get; init; } = ReserveStock.UsualPriority;
    internal DateOnly? HeldUntil { get; init; }
    internal DateOnly? NeededOn { get; init; }

    /// <summary>Of one that is given now: what of it comes with what.</summary>
    internal IReadOnlyList<(Supply Supply, decimal Quantity)> Pegs { get; init; } = [];

    /// <summary>Nothing of it is held or waited for any more.</summary>
    internal bool IsDone => Lines.All(line => line.Held == 0 && line.Waiting == 0 && line.Expected == 0);

    internal Promised Show(bool isOpen)
    {
        var state =
            Lines.Any(line => line.Waiting > 0) ? "waiting"
            : Lines.Any(line => line.Expected > 0) ? "expected"
            : "open";
        return new(Id, CompanyId, Demand, isOpen ? state : "released", Lines);
    }

    /// <summary>What is held at each place, where anything is.</summary>
    internal IReadOnlyList<ReservationLine> Stock() =>
        [.. Lines.Where(line => line.Held > 0).Select(line => new ReservationLine(line.ItemId, line.WarehouseId, line.Held))];

    /// <summary>What is held where exactly.</summary>
    internal IEnumerable<(DetailKey Key, decimal Quantity)> Pins =>
        from line in Lines
        from pin in line.Pins
        where pin.Quantity > 0
        select (new DetailKey(line.ItemId, line.WarehouseId, pin.Bin, pin.Lot), pin.Quantity);

    internal decimal PinnedAt(DetailKey key) => Pins.Where(one => one.Key == key).Sum(one => one.Quantity);

    internal PromisedLine? At(Guid item, Guid warehouse) =>
        Lines.FirstOrDefault(line => line.ItemId == item && line.WarehouseId == warehouse);

    internal Promise With(PromisedLine changed) =>
        this with
        {
            Lines =
            [
                .. Lines.Select(line =>
                    line.ItemId == changed.ItemId && line.WarehouseId == changed.WarehouseId ? changed : line
                ),
            ],
        };
}

/// <summary>A promise before something of it was given back or issued, and after it.</summary>
internal sealed record PromiseChange(Promise Before, Promise After, bool Closes)
{
    /// <summary>What is no longer held where it lay.</summary>
    internal IReadOnlyList<(DetailKey Key, decimal Quantity)> Unpinned { get; } =
    [
        .. Before
            .Pins.Select(one => (one.Key, Quantity: one.Quantity - (Closes ? 0 : After.PinnedAt(one.Key))))
            .Where(one => one.Quantity > 0),
    ];

    /// <summary>What is no longer held. A line of a closed promise keeps saying what was held of it at the end.</summary>
    internal IReadOnlyList<ReservationLine> Freed { get; } =
        Closes
            ? Before.Stock()
            :
            [
                .. Before
                    .Lines.Zip(After.Lines, (before, after) => (Line: before, Less: before.Held - after.Held))
                    .Where(one => one.Less > 0)
                    .Select(one => new ReservationLine(one.Line.ItemId, one.Line.WarehouseId, one.Less)),
            ];
}
