using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>Items by code, searched in code and name; one item with its costs.</summary>
public static class ListItems
{
    public sealed record Cost(Guid CompanyId, decimal UnitCost);

    public sealed record Detail(
        Guid Id,
        string Code,
        string Name,
        string Kind,
        string Unit,
        int Version,
        DateTime? RetiredAt,
        IReadOnlyList<Cost> Costs
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/items", List).Needs(CatalogPermissions.ReadItems).Reads().WithSummary("Items by code");
        api.MapGet("/items/{id:guid}", Show)
            .Needs(CatalogPermissions.ReadItems)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("One item");
    }

    private static async Task<Page<Item>> List(
        Db db,
        PageOf page,
        [Text(100, MayBeEmpty = true)] string? search,
        string? kind,
        bool? retired
    )
    {
        var rows = await db.Query<Item>(
            $"""
            select item_id as id, code, name, kind, unit, version, retired_at from catalog.item
            where code > {page.Start<string>() ?? ""}
                and position(kernel.fold({search ?? ""}) in search) > 0
                and ({kind ?? ""} = '' or kind = {kind ?? ""})
                and (retired_at is not null) = {retired ?? false}
            order by code limit {page.Limit + 1}
            """
        );
        return page.Cut(rows, row => row.Code);
    }

    private static async Task<Detail> Show(HttpContext http, Db db, Guid id)
    {
        var item = await Item.One(db, id);
        var costs = await db.Query<Cost>(
            $"select company_id, unit_cost from catalog.item_cost where item_id = {id} order by company_id limit 1000"
        );
        Versions.Show(http, item.Version);
        return new Detail(item.Id, item.Code, item.Name, item.Kind, item.Unit, item.Version, item.RetiredAt, costs);
    }
}
