using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>Takes an item out of use without removing it, or brings it back. Asking again changes nothing.</summary>
public static class RetireItem
{
    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/items/{id:guid}/retirement", (Db db, Guid id) => Run(db, id, retire: true))
            .Needs(CatalogPermissions.WriteItems)
            .Once()
            .WithSummary("Retire an item");
        api.MapPost("/items/{id:guid}/restoration", (Db db, Guid id) => Run(db, id, retire: false))
            .Needs(CatalogPermissions.WriteItems)
            .Once()
            .WithSummary("Bring a retired item back");
    }

    private static async Task<Item> Run(Db db, Guid id, bool retire) =>
        await db.Find<Item>(
            $"""
            update catalog.item set retired_at = case when {retire} then coalesce(retired_at, now()) end, version = version + 1
            where item_id = {id} and (retired_at is null) = {retire}
            returning {Item.Row}
            """
        ) ?? await Item.One(db, id);
}
