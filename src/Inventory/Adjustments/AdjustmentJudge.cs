using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Prices and judges adjustments in the order of arrival, without a database: never below what is there, nor below what is
/// promised; what one takes away, the next no longer finds.
/// </summary>
internal static class AdjustmentJudge
{
    internal static IReadOnlyList<Verdict<Movement>> Judge(IReadOnlyList<Adjustments.Request> requests, StockAtHand stock) =>
        [
            .. requests.Select(request =>
            {
                var priced = Price(request, stock);
                return priced.Refusal is null ? MovementJudge.Take(priced.Result, stock) : priced;
            }),
        ];

    /// <summary>What an adjustment would write, at the costs in force, whether or not the stock is there.</summary>
    internal static Verdict<Movement> Price(Adjustments.Request request, StockAtHand stock)
    {
        var lines = new List<MovementLine>(request.Lines.Count);
        ListCompanies.Row? company = null;
        foreach (var line in request.Lines)
        {
            if (!stock.Warehouses.TryGetValue(line.WarehouseId, out var warehouse) || warehouse.CompanyId != request.CompanyId)
                return Refused.Missing("warehouse", line.WarehouseId);
            company ??= stock.Companies[request.CompanyId];
            if (Periods.RefusalOf(stock.Periods, company.Id, request.Date) is { } closed)
                return closed;
            var priced = MovementJudge.Price(DetailKey.Of(line), line.Difference, company, stock);
            if (priced.Refusal is { } refusal)
                return refusal;
            lines.Add(priced.Result with { Reason = line.Reason });
        }
        if (lines.Sum(line => Math.Abs(line.Amount)) is > MovementJudge.LargestTotal and var total)
            return MovementJudge.TooLarge(total);
        // Lines are never empty: the request was validated.
        MoveStock.Request head = new(MovementKind.Adjustment, lines[0].Key.WarehouseId, request.Date, "", request.Note ?? "", []);
        return new Movement(head, company!, lines);
    }
}
