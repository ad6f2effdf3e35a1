using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>Changes what an item is called and counted in, unless somebody else changed it meanwhile. Its code stays.</summary>
public static class ChangeItem
{
    public sealed record Request(
        [Required, Text(200)] string Name,
        [Required, OneOf(ItemKind.Raw, ItemKind.Semi, ItemKind.Finished, ItemKind.Goods, ItemKind.Other)] string Kind,
        [Required, Text(12)] string Unit,
        [OneOf(ItemTracking.None, ItemTracking.Lot, ItemTracking.Serial)] string? Tracking = null
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/items/{id:guid}", Run)
            .Needs(CatalogPermissions.WriteItems)
            .Writes()
            .ProducesProblem(412)
            .ProducesProblem(428)
            .WithSummary("Change an item; If-Match names the version you have read");

    private static async Task<Item> Run(HttpContext http, Db db, Guid id, Request request)
    {
        var expected = Versions.Expected(http);
        var changed = await db.Find<Item>(
            $"""
            update catalog.item set name = {request.Name}, kind = {request.Kind}, unit = {request.Unit},
                tracking = coalesce({request.Tracking}, tracking), version = version + 1
            where item_id = {id} and version = {expected} and ({FitsUnits(request)})
            returning {Item.Row}
            """
        );
        if (changed is null)
        {
            var item = await Item.One(db, id);
            throw item.Version == expected ? UnitsInTheWay(item, request) : Versions.Changed("item");
        }
        Versions.Show(http, changed.Version);
        return changed;
    }

    // What the other units are worth is said in the item's own.
    private static Sql FitsUnits(Request request) =>
        $"unit = {request.Unit} or not exists (select from catalog.item_unit u where u.item_id = catalog.item.item_id)";

    private static Refused UnitsInTheWay(Item item, Request request) =>
        new(
            "unit.others",
            $"{item.Code} has other units, which are worth so much {item.Unit}. "
                + $"Remove them before it is counted in {request.Unit}.",
            new { item.Code, item.Unit }
        );
}
