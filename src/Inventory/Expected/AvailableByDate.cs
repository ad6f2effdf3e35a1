using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>How much of an item can be promised when: what lies free now, and more when something comes.</summary>
public static class AvailableByDate
{
    private const int Most = 100;

    /// <summary>The first day of a warehouse is today; what should have come before comes today at the earliest.</summary>
    public sealed record Day(Guid WarehouseId, string WarehouseCode, DateOnly On, decimal Comes, decimal Available);

    /// <summary>There may be more days than these.</summary>
    public sealed record Answer(IReadOnlyList<Day> Days, bool More);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/items/{id:guid}/available", Run)
            .Needs(InventoryPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("How much of an item can be promised when");

    private static async Task<Answer> Run(Db db, Guid id, Guid companyId)
    {
        var company = await ListCompanies.One(db, companyId);
        var days = await db.Query<Day>(
            $"""
            with place as (
                select b.warehouse_id, w.code, b.waiting,
                    case when b.waiting > 0 then 0 else b.on_hand - b.reserved - b.withheld end as free
                from inventory.balance b
                join inventory.warehouse w on w.tenant_id = b.tenant_id and w.warehouse_id = b.warehouse_id
                where b.company_id = {companyId} and b.item_id = {id}
                order by w.code limit {Most + 1}),
            day as (
                select warehouse_id, {company.Today} as on, 0 as comes, 0 as left_of_it from place
                union all
                select e.warehouse_id, greatest(e.due, {company.Today}), e.quantity - e.arrived,
                    e.quantity - e.arrived - e.promised
                from inventory.expected e
                where e.company_id = {companyId} and e.item_id = {id} and e.closed_at is null and e.arrived < e.quantity),
            sum as (
                select d.warehouse_id, d.on, sum(d.comes) as comes,
                    sum(sum(d.left_of_it)) over (partition by d.warehouse_id order by d.on) as more
                from day d group by d.warehouse_id, d.on)
            -- Who waits already is served first by what comes.
            select p.warehouse_id, p.code as warehouse_code, s.on, s.comes, p.free + greatest(s.more - p.waiting, 0) as available
            from place p join sum s using (warehouse_id)
            order by p.code, s.on limit {Most + 1}
            """
        );
        return new Answer([.. days.Take(Most)], days.Count > Most);
    }
}
