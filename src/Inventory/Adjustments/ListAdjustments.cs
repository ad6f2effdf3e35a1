using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Stock adjustments of a company, newest first; one of them with its lines and its approval.</summary>
public static class ListAdjustments
{
    public sealed record Row(
        Guid Id,
        string Number,
        DateOnly Date,
        string State,
        string Note,
        string Currency,
        decimal Amount,
        int Lines,
        DateTime CreatedAt
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/stock-adjustments", List)
            .Needs(InventoryPermissions.Read)
            .Reads()
            .WithSummary("Stock adjustments, newest first");
        api.MapGet("/stock-adjustments/{id:guid}", Show)
            .Needs(InventoryPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("One stock adjustment with its approval");
    }

    private static async Task<Page<Row>> List(
        Db db,
        PageOf page,
        Guid companyId,
        [OneOf("draft", "waiting", "posted", "rejected", "withdrawn")] string? state
    )
    {
        var before = page.Start<Guid?>() ?? Guid.AllBitsSet;
        var rows = await db.Query<Row>(
            $"""
            select adjustment_id as id, number, date, state, note, currency, amount,
                (select count(*)::int from inventory.adjustment_line l
                    where l.tenant_id = a.tenant_id and l.adjustment_id = a.adjustment_id) as lines,
                created_at
            from inventory.adjustment a
            where company_id = {companyId} and adjustment_id < {before} and ({state ?? ""} = '' or state = {state ?? ""})
            order by adjustment_id desc limit {page.Limit + 1}
            """
        );
        return page.Cut(rows, row => row.Id);
    }

    private static async Task<Adjustments.Detail> Show(HttpContext http, Db db, Guid id)
    {
        var shown = await Adjustments.Show(db, id, Caller.Required(http).Actor);
        Versions.Show(http, shown.Version);
        return shown;
    }
}
