using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Which way goods move, and the series that numbers the documents.</summary>
public sealed record MovementKind(string Name, string Series, int Sign)
{
    public static readonly MovementKind Receipt = new("receipt", "GR", 1);
    public static readonly MovementKind Issue = new("issue", "GI", -1);

    /// <summary>The quantities and amounts of these carry their signs themselves.</summary>
    public static readonly MovementKind Adjustment = new("adjustment", "SA", 1);

    public static readonly MovementKind Transfer = new("transfer", "ST", 1);
    public static readonly MovementKind Reversal = new("reversal", "RV", 1);
}

/// <summary>What receiving and issuing share.</summary>
public static class MoveStock
{
    public sealed record Line(
        Guid ItemId,
        [Quantity] decimal Quantity,
        [Text(40)] string? Bin = null,
        [Text(40, MayBeEmpty = true)] string? Lot = null,
        [OneOf(StockStatus.Available, StockStatus.Quality, StockStatus.Blocked)] string? Status = null,
        DateOnly? Expires = null,
        [OneOf(RemovalJudge.Fifo, RemovalJudge.Fefo, RemovalJudge.Nearest)] string? Take = null,
        Guid? ExpectedId = null,
        [Text(12)] string? Unit = null,
        Guid? OwnerId = null
    );

    public sealed record Request(
        MovementKind Kind,
        Guid WarehouseId,
        DateOnly Date,
        string Reason,
        string Reference,
        IReadOnlyList<Line> Lines,
        Guid? Reservation = null
    ) : IMovementCommand
    {
        MovementKind IMovementCommand.NumberedAs => Kind;

        IEnumerable<(DetailKey Key, bool Arrives)> IMovementCommand.Places =>
            Lines.Select(line => (DetailKey.Of(WarehouseId, line), Kind.Sign > 0));

        IEnumerable<(Guid ItemId, Guid WarehouseId, string Lot)> IMovementCommand.Choices =>
            Lines.Where(RemovalJudge.Chooses).Select(line => (line.ItemId, WarehouseId, line.Lot ?? ""));

        IEnumerable<(Guid ItemId, string? Unit)> IMovementCommand.Units => Lines.Select(line => (line.ItemId, line.Unit));

        IEnumerable<Guid> IMovementCommand.Supplies =>
            Lines.Where(line => line.ExpectedId is not null).Select(line => line.ExpectedId!.Value);

        Verdict<Movement> IMovementCommand.Judge(StockAtHand stock) => MovementJudge.Judge(this, stock);
    }

    public sealed record DocumentLine(Guid ItemId, decimal Quantity, decimal UnitCost, decimal Amount);

    public sealed record Document(
        string Number,
        DateOnly Date,
        string Currency,
        decimal Total,
        IReadOnlyList<DocumentLine> Lines
    );

    internal static Document Show(Movement movement) =>
        new(
            movement.Document,
            movement.Request.Date,
            movement.Company.Currency,
            movement.Lines.Sum(line => line.Amount),
            [.. movement.Lines.Select(line => new DocumentLine(line.Key.ItemId, line.Quantity, line.UnitCost, line.Amount))]
        );

    internal static IEvent EventOf(Movement movement)
    {
        if (movement.Reverses is { } reversed)
            return ReverseDocument.EventOf(movement, reversed);
        if (movement.Request.Kind == MovementKind.Adjustment)
            return PostAdjustment.EventOf(movement);
        if (movement.Request.Kind == MovementKind.Transfer)
            return TransferStock.EventOf(movement);
        var lines = movement
            .Lines.Select(line => new MovedLine(
                line.Key.ItemId,
                line.ItemKind,
                line.Key.WarehouseId,
                line.Quantity,
                line.UnitCost,
                line.Amount
            ))
            .ToList();
        var (company, request) = (movement.Company, movement.Request);
        return request.Kind == MovementKind.Receipt
            ? new StockReceived(company.Id, movement.Document, request.Date, company.Currency, request.Reason, lines)
            : new StockIssued(company.Id, movement.Document, request.Date, company.Currency, request.Reason, lines);
    }
}

/// <summary>An accepted request with everything that is written of it.</summary>
internal sealed record Movement(MoveStock.Request Request, ListCompanies.Row Company, IReadOnlyList<MovementLine> Lines)
{
    public string Document { get; init; } = "";

    /// <summary>What it takes back.</summary>
    internal ReverseDocument.Command? Reverses { get; init; }

    /// <summary>The unit that goes with all that is on it.</summary>
    internal MoveHandlingUnit.Command? Carries { get; init; }

    /// <summary>What became of the promise that it serves.</summary>
    internal PromiseChange? Serves { get; init; }

    /// <summary>What became of the supplies that came with it.</summary>
    internal IReadOnlyList<SupplyChange> Supplies { get; init; } = [];
}

internal sealed record MovementLine(DetailKey Key, string ItemKind, decimal Quantity, decimal UnitCost, decimal Amount)
{
    /// <summary>A reason of the line's own; without one it is the document's.</summary>
    internal string? Reason { get; init; }

    /// <summary>It is one piece, named by its serial number where lots are named.</summary>
    internal bool IsPiece { get; init; }

    /// <summary>Of goods that come in: when their lot expires, as far as it is known.</summary>
    internal DateOnly? Expires { get; init; }

    /// <summary>Of what was on its way, and came with this line.</summary>
    internal Guid? SupplyId { get; init; }
}

/// <summary>The place of stock in full detail.</summary>
internal readonly record struct DetailKey(
    Guid ItemId,
    Guid WarehouseId,
    string Bin,
    string Lot,
    string Status = StockStatus.Available,
    Guid Owner = default
)
{
    /// <summary>It may be promised: nothing is wrong with it, and it is not somebody else's.</summary>
    internal bool IsFree => Status == StockStatus.Available && IsOwn;

    /// <summary>
    /// It belongs to the company, which has it in its books; of what lies there for a partner it has the quantity only.
    /// </summary>
    internal bool IsOwn => Owner == Guid.Empty;

    internal static DetailKey Of(Guid warehouse, MoveStock.Line line) =>
        new(
            line.ItemId,
            warehouse,
            line.Bin ?? Warehouses.MainBin,
            line.Lot ?? "",
            line.Status ?? StockStatus.Available,
            line.OwnerId ?? Guid.Empty
        );

    internal static DetailKey Of(Adjustments.Line line) =>
        new(line.ItemId, line.WarehouseId, line.Bin ?? Warehouses.MainBin, line.Lot ?? "");
}

/// <summary>What may be done with stock: it is free, or withheld until somebody has looked at it.</summary>
public static class StockStatus
{
    public const string Available = "available";
    public const string Quality = "quality";
    public const string Blocked = "blocked";

    /// <summary>It left one warehouse and has not reached the other, where it is counted already.</summary>
    public const string Transit = "transit";

    internal static readonly IReadOnlyList<Choice> Choices =
    [
        new(Available, new("Free", "Serbest")),
        new(Quality, new("In quality control", "Kalite kontrolde")),
        new(Blocked, new("Blocked", "Bloke")),
        new(Transit, new("Under way", "Yolda")),
    ];
}
