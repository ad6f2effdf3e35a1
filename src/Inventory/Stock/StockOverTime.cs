using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// How much of an item there was at the end of each day: today's stock, and back from it what was moved since. Days on which
/// nothing was moved are left out.
/// </summary>
public static class StockOverTime
{
    private const int MostDays = 730;

    public sealed record Day(DateOnly Date, decimal Received, decimal Issued, decimal OnHand);

    /// <summary>What there was before the first day, and the days since.</summary>
    public sealed record Course(DateOnly From, DateOnly To, decimal Opening, decimal OnHand, IReadOnlyList<Day> Days);

    private sealed record Moved(decimal OnHand, DateOnly? Date, decimal? Received, decimal? Issued);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/stock/history", Run)
            .Needs(InventoryPermissions.Read)
            .Reads()
            .Problems(404)
            .WithSummary("The stock of an item day by day");

    private static async Task<Course> Run(Db db, TimeProvider clock, Guid companyId, Guid itemId, Guid? warehouseId, int? days)
    {
        var length = days ?? 180;
        if (length is < 1 or > MostDays)
            throw Invalid.Field("days", $"days must be between 1 and {MostDays}; it is {length}.");
        var company = await ListCompanies.One(db, companyId);
        var today = CompanyClock.Today(company.TimeZone, clock);
        var from = today.AddDays(1 - length);
        // In one statement, so that what is there and what was moved are of the same moment.
        var rows = await db.Query<Moved>(
            $"""
            select b.on_hand, m.date, m.received, m.issued
            from (select coalesce(sum(on_hand), 0) as on_hand from inventory.balance
                where company_id = {companyId} and item_id = {itemId}
                    and warehouse_id = coalesce({warehouseId}, warehouse_id)) b
            left join (select date, coalesce(sum(quantity) filter (where quantity > 0), 0) as received,
                    coalesce(-sum(quantity) filter (where quantity < 0), 0) as issued
                from inventory.movement
                where company_id = {companyId} and item_id = {itemId}
                    and warehouse_id = coalesce({warehouseId}, warehouse_id) and date >= {from}
                group by date) m on true
            order by m.date desc limit {MostDays * 2}
            """
        );
        var onHand = rows[0].OnHand;
        var course = new List<Day>();
        var then = onHand;
        foreach (var (_, date, received, issued) in rows)
        {
            if (date is null || received is null || issued is null)
                continue;
            course.Add(new Day(date.Value, received.Value, issued.Value, then));
            then += issued.Value - received.Value;
        }
        course.Reverse();
        return new Course(from, today, then, onHand, course);
    }
}
