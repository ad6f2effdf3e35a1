using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Which way goods move, and the series that numbers the documents.</summary>
public sealed record MovementKind(string Name, string Series, int Sign)
{
    public static readonly MovementKind Receipt = new("receipt", "GR", 1);
    public static readonly MovementKind Issue = new("issue", "GI", -1);

    /// <summary>Its quantities and amounts carry their signs themselves.</summary>
    public static readonly MovementKind Adjustment = new("adjustment", "SA", 1);
}

/// <summary>
/// What receiving and issuing share: lock in key order, judge each request in the order of arrival, write once, publish.
/// </summary>
public static class MoveStock
{
    public sealed record Line(
        Guid ItemId,
        [Quantity] decimal Quantity,
        [Text(40)] string? Bin = null,
        [Text(40, MayBeEmpty = true)] string? Lot = null
    );

    public sealed record Request(Guid WarehouseId, DateOnly Date, string Reason, string Reference, IReadOnlyList<Line> Lines);

    public sealed record DocumentLine(Guid ItemId, decimal Quantity, decimal UnitCost, decimal Amount);

    public sealed record Document(
        string Number,
        DateOnly Date,
        string Currency,
        decimal Total,
        IReadOnlyList<DocumentLine> Lines
    );

    internal static async Task<IReadOnlyList<Verdict<Document>>> Run(Db db, MovementKind kind, IReadOnlyList<Request> requests)
    {
        var stock = await StockAtHand.Lock(db, kind, requests);
        var verdicts = MovementJudge.Judge(kind, requests, stock);
        var numbered = await Number(db, kind, verdicts);
        var accepted = numbered.Where(one => one.Refusal is null).Select(one => one.Result).ToList();
        if (accepted.Count > 0)
        {
            await MovementWriter.Write(db, kind, accepted);
            await db.Publish([.. accepted.Select(one => EventOf(kind, one))]);
        }
        return [.. numbered.Select(Answer)];
    }

    // Numbers are taken after the judgement, so a refused request leaves no gap, and last of all locks.
    private static async Task<List<Verdict<Movement>>> Number(Db db, MovementKind kind, IReadOnlyList<Verdict<Movement>> verdicts)
    {
        var next = new Dictionary<(Guid Company, int Year), long>();
        var accepted = verdicts.Where(one => one.Refusal is null).Select(one => one.Result);
        foreach (var series in accepted.GroupBy(one => (one.Company.Id, one.Request.Date.Year)).OrderBy(one => one.Key))
            next[series.Key] = await Series.Take(db, series.Key.Id, kind.Series, series.Key.Year, series.Count());
        return
        [
            .. verdicts.Select(verdict =>
            {
                if (verdict.Refusal is not null)
                    return verdict;
                var key = (verdict.Result.Company.Id, verdict.Result.Request.Date.Year);
                return (Verdict<Movement>)(verdict.Result with { Document = Series.Show(kind.Series, key.Year, next[key]++) });
            }),
        ];
    }

    private static Verdict<Document> Answer(Verdict<Movement> verdict)
    {
        if (verdict.Refusal is { } refusal)
            return refusal;
        var movement = verdict.Result;
        return new Document(
            movement.Document,
            movement.Request.Date,
            movement.Company.Currency,
            movement.Lines.Sum(line => line.Amount),
            [.. movement.Lines.Select(line => new DocumentLine(line.Key.ItemId, line.Quantity, line.UnitCost, line.Amount))]
        );
    }

    private static IEvent EventOf(MovementKind kind, Movement movement)
    {
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
        return kind == MovementKind.Receipt
            ? new StockReceived(company.Id, movement.Document, request.Date, company.Currency, request.Reason, lines)
            : new StockIssued(company.Id, movement.Document, request.Date, company.Currency, request.Reason, lines);
    }
}

/// <summary>An accepted request with everything that is written of it.</summary>
internal sealed record Movement(MoveStock.Request Request, ListCompanies.Row Company, IReadOnlyList<MovementLine> Lines)
{
    public string Document { get; init; } = "";
}

internal sealed record MovementLine(DetailKey Key, string ItemKind, decimal Quantity, decimal UnitCost, decimal Amount)
{
    /// <summary>A reason of the line's own; without one it is the document's.</summary>
    internal string? Reason { get; init; }
}

/// <summary>The place of stock in full detail.</summary>
internal readonly record struct DetailKey(Guid ItemId, Guid WarehouseId, string Bin, string Lot);
