using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Writes the movements of an adjustment that nobody has to approve any more, and publishes it.</summary>
internal static class PostAdjustment
{
    internal static async Task Run(Db db, Adjustments.Head head, Adjustments.Request request)
    {
        var stock = await StockAtHand.Of(db, [request]);
        var movement = AdjustmentJudge.Judge([request], stock)[0].Result with { Document = head.Number };
        var bookings = new Bookings(stock);
        bookings.Move(movement, db.Scope.Hand);
        await Shortages.Serve(db, stock, bookings);
        bookings.Write(db);
        await db.Execute(
            $"""
            update inventory.adjustment set state = 'posted', posted_at = clock_timestamp(), version = version + 1,
                amount = {movement.Lines.Sum(line => Math.Abs(line.Amount))}
            where adjustment_id = {head.Id}
            """
        );
    }

    internal static StockAdjusted EventOf(Movement movement) =>
        new(movement.Company.Id, movement.Document, movement.Request.Date, movement.Company.Currency, LinesOf(movement));

    internal static IReadOnlyList<AdjustedLine> LinesOf(Movement movement) =>
        [
            .. movement.Lines.Select(line => new AdjustedLine(
                line.Key.ItemId,
                line.ItemKind,
                line.Key.WarehouseId,
                line.Quantity,
                line.UnitCost,
                line.Amount,
                line.Reason!
            )),
        ];
}

/// <summary>One line of an adjustment or of a reversal, with its sign and the cost at which it was booked.</summary>
public sealed record AdjustedLine(
    Guid ItemId,
    string ItemKind,
    Guid WarehouseId,
    decimal Quantity,
    decimal UnitCost,
    decimal Amount,
    string Reason
);

/// <summary>Stock was corrected, up or down.</summary>
[EventType("StockAdjusted", 1)]
public sealed record StockAdjusted(
    Guid CompanyId,
    string Document,
    DateOnly Date,
    string Currency,
    IReadOnlyList<AdjustedLine> Lines
) : IValuedMovement
{
    public string Aggregate => $"{CompanyId:N}/{Document}";
}
