using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>The warehouses of a company. Every warehouse has the bin MAIN from the start.</summary>
public static class Warehouses
{
    public const string MainBin = "MAIN";

    public sealed record Warehouse(Guid Id, Guid CompanyId, string Code, string Name);

    public sealed record Request(Guid CompanyId, [Required, Text(20)] string Code, [Required, Text(100)] string Name);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/warehouses", List).Needs(InventoryPermissions.Read).Reads().WithSummary("Warehouses by code");
        api.MapPost(
                "/warehouses",
                async Task<Created<Warehouse>> (Db db, Request request) =>
                    TypedResults.Created((string?)null, await Create(db, request))
            )
            .Needs(InventoryPermissions.WriteWarehouses)
            .Once()
            .WithSummary("Create a warehouse");
    }

    public static async Task<Warehouse> Create(Db db, Request request)
    {
        await ListCompanies.One(db, request.CompanyId);
        var made =
            await db.Find<Warehouse>(
                $"""
                insert into inventory.warehouse (tenant_id, warehouse_id, company_id, code, name)
                values ({db.Scope.Tenant}, {Guid.CreateVersion7()}, {request.CompanyId}, {request.Code}, {request.Name})
                on conflict on constraint warehouse_code do nothing
                returning warehouse_id as id, company_id, code, name
                """
            )
            ?? throw new Refused(
                "warehouse.code_taken",
                $"The code {request.Code} belongs to another warehouse. Choose another."
            );
        await Bins.Add(db, made.Id, new Bins.NewBin(MainBin));
        return made;
    }

    private static async Task<Page<Warehouse>> List(Db db, PageOf page, Guid? companyId) =>
        page.Cut(
            await db.Query<Warehouse>(
                $"""
                select warehouse_id as id, company_id, code, name from inventory.warehouse
                where retired_at is null and code > {page.Start<string>()
                    ?? ""} and company_id = coalesce({companyId}, company_id)
                order by code limit {page.Limit + 1}
                """
            ),
            row => row.Code
        );
}
