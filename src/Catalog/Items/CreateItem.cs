using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>Adds an item; its code is its name among people and is given once.</summary>
public static class CreateItem
{
    public sealed record Request(
        [Required, Text(40)] string Code,
        [Required, Text(200)] string Name,
        [Required, OneOf(ItemKind.Raw, ItemKind.Semi, ItemKind.Finished, ItemKind.Goods, ItemKind.Other)] string Kind,
        [Required, Text(12)] string Unit,
        [OneOf(ItemTracking.None, ItemTracking.Lot, ItemTracking.Serial)] string? Tracking = null
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/items",
                async Task<Created<Item>> (Db db, Request request) => TypedResults.Created((string?)null, await Run(db, request))
            )
            .Needs(CatalogPermissions.WriteItems)
            .Once()
            .WithSummary("Create an item");

    public static async Task<Item> Run(Db db, Request request) =>
        await db.Find<Item>(
            $"""
            insert into catalog.item (tenant_id, item_id, code, name, kind, unit, tracking)
            values ({db.Scope.Tenant}, {Guid.CreateVersion7()}, {request.Code}, {request.Name}, {request.Kind}, {request.Unit},
                {request.Tracking ?? ItemTracking.None})
            on conflict on constraint item_code do nothing
            returning {Item.Row}
            """
        )
        ?? throw new Refused(
            "item.code_taken",
            $"The code {request.Code} belongs to another item. Choose another code.",
            new { request.Code }
        );
}
