using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>One line of a movement with the cost that was in force; what is posted later is posted at this cost.</summary>
public sealed record MovedLine(
    Guid ItemId,
    string ItemKind,
    Guid WarehouseId,
    decimal Quantity,
    decimal UnitCost,
    decimal Amount
);

/// <summary>Stock changed in value: a document with its date and the currency of its amounts.</summary>
public interface IValuedMovement : IEvent
{
    Guid CompanyId { get; }
    string Document { get; }
    DateOnly Date { get; }
    string Currency { get; }
}

/// <summary>Goods came in.</summary>
[EventType("StockReceived", 1)]
public sealed record StockReceived(
    Guid CompanyId,
    string Document,
    DateOnly Date,
    string Currency,
    string Reason,
    IReadOnlyList<MovedLine> Lines
) : IValuedMovement
{
    public string Aggregate => $"{CompanyId:N}/{Document}";
}

/// <summary>Goods went out.</summary>
[EventType("StockIssued", 1)]
public sealed record StockIssued(
    Guid CompanyId,
    string Document,
    DateOnly Date,
    string Currency,
    string Reason,
    IReadOnlyList<MovedLine> Lines
) : IValuedMovement
{
    public string Aggregate => $"{CompanyId:N}/{Document}";
}
