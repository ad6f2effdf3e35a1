namespace Millrace.Inventory;

/// <summary>What is on its way to a warehouse, what of it came, and what of the rest is promised.</summary>
public sealed record Supply(
    Guid Id,
    Guid CompanyId,
    Guid ItemId,
    Guid WarehouseId,
    string Source,
    DateOnly Due,
    decimal Quantity,
    decimal Arrived,
    decimal Promised,
    bool Closed,
    int Version
)
{
    /// <summary>What is still to come.</summary>
    public decimal ToCome => Closed ? 0 : Math.Max(0, Quantity - Arrived);

    /// <summary>What of it may still be promised.</summary>
    internal decimal Left => ToCome - Promised;

    internal (Guid Company, Guid Item, Guid Warehouse) Place => (CompanyId, ItemId, WarehouseId);
}

/// <summary>A supply as it became, to which promises it gave something, and which have to wait now.</summary>
internal sealed record SupplyChange(Supply After, IReadOnlyList<Peg> Given, IReadOnlyList<Peg> Lapsed);

/// <summary>How much of a supply a promise waits for.</summary>
internal sealed record Peg(Guid SupplyId, Guid ReservationId, int Priority, decimal Quantity);
