using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>Sets what one unit of an item costs in a company from now on; what was posted stays as it was.</summary>
public static class ChangeCost
{
    public sealed record Request([UnitCost] decimal UnitCost);

    public sealed record Result(Guid CompanyId, decimal UnitCost);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPut(
                "/items/{id:guid}/costs/{companyId:guid}",
                (Db db, Guid id, Guid companyId, Request request) => Run(db, id, companyId, request.UnitCost)
            )
            .Needs(CatalogPermissions.WriteCosts)
            .Writes()
            .WithSummary("Set the cost of an item in a company");

    /// <summary>Gives items their first cost; one that is there stays.</summary>
    public static async Task SetFirst(Db db, Guid companyId, IReadOnlyDictionary<Guid, decimal> costs)
    {
        if (costs.Count == 0)
            return;
        await db.Execute(
            $"""
            insert into catalog.item_cost (tenant_id, item_id, company_id, unit_cost)
            select {db.Scope.Tenant}, item_id, {companyId}, unit_cost
            from unnest({costs.Keys.ToArray()}, {costs.Values.ToArray()}) as c (item_id, unit_cost)
            order by item_id on conflict do nothing
            """
        );
    }

    public static async Task<Result> Run(Db db, Guid id, Guid companyId, decimal unitCost)
    {
        await Item.One(db, id);
        await ListCompanies.One(db, companyId);
        return await db.One<Result>(
            $"""
            insert into catalog.item_cost (tenant_id, item_id, company_id, unit_cost)
            values ({db.Scope.Tenant}, {id}, {companyId}, {unitCost})
            on conflict (tenant_id, item_id, company_id) do update set unit_cost = excluded.unit_cost, changed_at = now()
            returning company_id, unit_cost
            """
        );
    }
}
