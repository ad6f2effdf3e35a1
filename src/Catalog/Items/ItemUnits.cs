using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>
/// In what else an item is counted, such as boxes of twelve. Documents are kept in the item's own unit, so a change holds from
/// now on and for nothing that was recorded.
/// </summary>
public static class ItemUnits
{
    /// <summary>So many of one item, at most.</summary>
    private const int Most = 20;

    /// <summary>One of it is numerator/denominator of the item's own unit.</summary>
    public sealed record Unit(string Code, int Numerator, int Denominator);

    public sealed record Request([Range(1, 1_000_000_000)] int Numerator, [Range(1, 1_000_000_000)] int Denominator);

    private sealed record Known(string Code, string Unit, int Others);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/items/{id:guid}/units/{unit}", Set)
            .Needs(CatalogPermissions.WriteItems)
            .Writes()
            .WithSummary("Say how much of an item's own unit another unit of it is");
        api.MapDelete("/items/{id:guid}/units/{unit}", Remove)
            .Needs(CatalogPermissions.WriteItems)
            .Writes()
            .WithSummary("Remove a unit of an item");
    }

    internal static Task<List<Unit>> Of(Db db, Guid item) =>
        db.Query<Unit>(
            $"""
            select unit as code, numerator, denominator from catalog.item_unit
            where item_id = {item} order by unit limit {Most}
            """
        );

    public static async Task<Unit> Set(Db db, Guid id, [Text(12)] string unit, Request request)
    {
        // The item is held, so that no two add its last one, and its own unit stays what it is.
        var item =
            await db.Find<Known>(
                $"""
                select code, unit, (
                    select count(*)::int from catalog.item_unit u where u.item_id = i.item_id and u.unit <> {unit}) as others
                from catalog.item i where item_id = {id} for no key update
                """
            ) ?? throw Refused.Missing("item", id);
        if (item.Unit == unit)
            throw new Refused(
                "unit.own",
                $"{item.Code} is counted in {unit} already. Say what another unit of it is worth.",
                new { item.Code, Unit = unit }
            );
        if (item.Others >= Most)
            throw new Refused(
                "unit.too_many",
                $"{item.Code} has {item.Others} units besides its own, and can have {Most}. Remove one first.",
                new { item.Code, Most }
            );
        return await db.One<Unit>(
            $"""
            insert into catalog.item_unit (tenant_id, item_id, unit, numerator, denominator)
            values ({db.Scope.Tenant}, {id}, {unit}, {request.Numerator}, {request.Denominator})
            on conflict (tenant_id, item_id, unit)
                do update set numerator = excluded.numerator, denominator = excluded.denominator
            returning unit as code, numerator, denominator
            """
        );
    }

    private static async Task<NoContent> Remove(Db db, Guid id, [Text(12)] string unit)
    {
        await Item.One(db, id);
        await db.Execute($"delete from catalog.item_unit where item_id = {id} and unit = {unit}");
        return TypedResults.NoContent();
    }
}
