using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>From where is taken what names no bin: what came first, what expires first, or what lies nearest.</summary>
internal static class RemovalJudge
{
    internal const string Fifo = "fifo";
    internal const string Fefo = "fefo";
    internal const string Nearest = "nearest";

    private sealed record Lying(DetailKey Key, decimal Left, decimal Mine, Lots.Row? Lot, int Order);

    internal static bool Chooses(MoveStock.Line line) =>
        line is { Take: not null, Bin: null, Status: null or StockStatus.Available, OwnerId: null };

    /// <summary>The places in the order asked for, less what other lines of the document draw from them.</summary>
    internal static Verdict<(DetailKey Key, decimal Quantity)[]> Of(
        MoveStock.Request request,
        MoveStock.Line line,
        Guid company,
        StockAtHand stock,
        IReadOnlyList<MovementLine> before
    )
    {
        if (!Chooses(line))
            return new[] { (DetailKey.Of(request.WarehouseId, line), line.Quantity) };
        var promise = request.Reservation is { } id ? stock.Promised(id)?.Promise : null;
        var lying = stock
            .Free(company, line.ItemId, request.WarehouseId)
            .Where(one => line.Lot is null or "" || one.Key.Lot == line.Lot)
            .Select(one => (one.Key, one.OnHand, Mine: promise?.PinnedAt(one.Key) ?? 0))
            .Select(one => new Lying(
                one.Key,
                one.OnHand
                    - stock.Pinned(company, one.Key)
                    + one.Mine
                    - before.Where(other => other.Key == one.Key).Sum(other => other.Quantity),
                one.Mine,
                stock.Lots.Of(line.ItemId, one.Key.Lot),
                stock.Bins[(request.WarehouseId, one.Key.Bin)].RemovalOrder
            ))
            .Where(one => one.Left > 0 && (request.Reason is "scrap" or "return" || !(one.Lot?.ExpiresOn < request.Date)));
        var taken = new List<(DetailKey, decimal)>();
        var missing = line.Quantity;
        foreach (var one in InOrder(lying, line.Take!))
        {
            if (missing == 0)
                break;
            taken.Add((one.Key, Math.Min(missing, one.Left)));
            missing -= Math.Min(missing, one.Left);
        }
        if (missing == 0)
            return taken.ToArray();
        return MovementJudge.Short(
            stock.Items[(company, line.ItemId)],
            stock.Warehouses[request.WarehouseId],
            line.Quantity,
            missing
        );
    }

    // What is older than the keeping of lots came first. Names decide at the end, so that the same stock gives the same answer.
    private static IEnumerable<Lying> InOrder(IEnumerable<Lying> lying, string take)
    {
        // What is held for whom it is issued goes before everything else.
        var mine = lying.OrderByDescending(one => one.Mine > 0);
        var ordered = take switch
        {
            Fefo => mine.ThenBy(one => one.Lot?.ExpiresOn ?? DateOnly.MaxValue).ThenBy(Began).ThenBy(one => one.Order),
            Nearest => mine.ThenBy(one => one.Order).ThenBy(Began),
            _ => mine.ThenBy(Began).ThenBy(one => one.Order),
        };
        return ordered.ThenBy(one => one.Key.Bin, StringComparer.Ordinal).ThenBy(one => one.Key.Lot, StringComparer.Ordinal);

        static DateOnly Began(Lying one) => one.Lot?.FirstOn ?? DateOnly.MinValue;
    }
}
