namespace Millrace.Inventory;

/// <summary>The rows that some commands need, each once, however many want it.</summary>
internal sealed class StockWanted
{
    /// <summary>Where stock is promised, taken or brought.</summary>
    internal HashSet<(Guid ItemId, Guid WarehouseId)> Places { get; } = [];

    /// <summary>Where it may come to for the first time.</summary>
    internal HashSet<(Guid ItemId, Guid WarehouseId)> Arriving { get; } = [];

    internal HashSet<DetailKey> Details { get; } = [];

    /// <summary>Where every bin is looked at, to choose among them: of one lot, or of every one.</summary>
    internal HashSet<(Guid ItemId, Guid WarehouseId, string Lot)> Choices { get; } = [];

    internal IReadOnlyCollection<(Guid ItemId, string Lot)> Lots =>
        [.. Details.Where(one => one.Lot != "").Select(one => (one.ItemId, one.Lot)).Distinct()];
    internal HashSet<(Guid WarehouseId, string Bin)> Bins { get; } = [];

    /// <summary>On which something is put, or which go: to be held.</summary>
    internal HashSet<string> HandlingUnits { get; } = [];

    /// <summary>Those that go, of which to know all that is on them.</summary>
    internal HashSet<(Guid WarehouseId, string Sscc)> Carried { get; } = [];
    internal HashSet<(Guid WarehouseId, DateOnly Date)> Dates { get; } = [];
    internal HashSet<(Guid WarehouseId, string Kind, int Year)> Series { get; } = [];
    internal HashSet<(Guid CompanyId, string Demand)> Demands { get; } = [];
    internal HashSet<Guid> Reservations { get; } = [];

    /// <summary>In which units of items quantities are said.</summary>
    internal HashSet<(Guid ItemId, string Unit)> Units { get; } = [];

    /// <summary>Partners whose goods are moved.</summary>
    internal IReadOnlyCollection<Guid> Owners => [.. Details.Where(one => !one.IsOwn).Select(one => one.Owner).Distinct()];

    /// <summary>What is on its way, by its id.</summary>
    internal HashSet<Guid> Supplies { get; } = [];

    /// <summary>What is on its way to a place until a day.</summary>
    internal HashSet<((Guid CompanyId, Guid ItemId, Guid WarehouseId) Place, DateOnly Day)> Days { get; } = [];

    /// <summary>What is to be expected, of which to know whether it is already.</summary>
    internal HashSet<ExpectSupply.Request> Sources { get; } = [];

    /// <summary>Documents of which to know whether they were taken back.</summary>
    internal HashSet<(Guid WarehouseId, string Document)> Documents { get; } = [];

    /// <summary>Rows that somebody else holds are left to him; whoever needs one waits for it outside of the batch.</summary>
    internal bool PassesOverHeld { get; init; }

    /// <summary>Only looked at, so that nobody has to wait.</summary>
    internal bool OnlyRead { get; init; }

    internal void Add(IStockCommand command)
    {
        switch (command)
        {
            case ReserveStock.Request request:
                Demands.Add((request.CompanyId, request.Demand));
                foreach (var line in request.Lines)
                    Places.Add((line.ItemId, line.WarehouseId));
                Add(request.Lines.Select(line => (line.ItemId, line.Unit)));
                foreach (var line in request.Lines.Where(PinJudge.Pins))
                    Choices.Add((line.ItemId, line.WarehouseId, line.Lot ?? ""));
                Bins.UnionWith(request.Lines.Where(line => line.Bin is not null).Select(line => (line.WarehouseId, line.Bin!)));
                // One can wait for what was never there.
                if (request.Waits)
                    Arriving.UnionWith(request.Lines.Select(line => (line.ItemId, line.WarehouseId)));
                if (request.NeededOn is { } day)
                    Days.UnionWith(request.Lines.Select(line => ((request.CompanyId, line.ItemId, line.WarehouseId), day)));
                break;
            case ExpectSupply.Request request:
                Places.Add((request.ItemId, request.WarehouseId));
                Arriving.Add((request.ItemId, request.WarehouseId));
                Sources.Add(request);
                break;
            case ExpectSupply.ChangeCommand change:
                Places.Add((change.ItemId, change.WarehouseId));
                Supplies.Add(change.Id);
                break;
            case ReleaseStock.Command request:
                Reservations.Add(request.Id);
                break;
            case IMovementCommand movement:
                Dates.Add((movement.WarehouseId, movement.Date));
                Series.Add((movement.WarehouseId, movement.NumberedAs.Series, movement.Date.Year));
                foreach (var (key, arrives) in movement.Places)
                    Add(key, arrives);
                Choices.UnionWith(movement.Choices);
                Add(movement.Units);
                Supplies.UnionWith(movement.Supplies);
                if (movement.Reservation is { } reservation)
                    Reservations.Add(reservation);
                if (movement is ReverseDocument.Command reversal)
                    Documents.Add((reversal.WarehouseId, reversal.Document));
                if (movement is MoveHandlingUnit.Command carrying)
                {
                    HandlingUnits.Add(carrying.Sscc);
                    Carried.Add((carrying.WarehouseId, carrying.Sscc));
                }
                break;
        }
    }

    /// <summary>For adjustments, whose lines name their warehouses, go either way and have their number already.</summary>
    internal void Add(Adjustments.Request request)
    {
        foreach (var line in request.Lines)
        {
            Dates.Add((line.WarehouseId, request.Date));
            Add(DetailKey.Of(line), arrives: true);
        }
    }

    private void Add(DetailKey key, bool arrives)
    {
        Places.Add((key.ItemId, key.WarehouseId));
        Bins.Add((key.WarehouseId, key.Bin));
        Details.Add(key);
        if (!arrives)
            return;
        Arriving.Add((key.ItemId, key.WarehouseId));
        if (Sscc.LooksLike(key.Bin))
            HandlingUnits.Add(key.Bin);
    }

    private void Add(IEnumerable<(Guid ItemId, string? Unit)> units)
    {
        foreach (var (item, unit) in units)
            if (unit is not null)
                Units.Add((item, unit));
    }
}
