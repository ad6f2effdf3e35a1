using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>Items by code, searched in code and name; one item with its costs and units.</summary>
public static class ListItems
{
    public sealed record Cost(Guid CompanyId, decimal UnitCost);

    public sealed record Detail(
        Guid Id,
        string Code,
        string Name,
        string Kind,
        string Unit,
        string Tracking,
        int Version,
        DateTime? RetiredAt,
        Guid? VariantOf,
        string Variant,
        IReadOnlyList<Cost> Costs,
        IReadOnlyList<ItemUnits.Unit> Units
    );

    internal static readonly ListOf<Item> List = new(
        "items",
        $"catalog.item",
        Item.Row,
        new ListColumn("id", new Words("Id", "Kimlik"), ColumnKind.Id, $"item_id") { Order = $"item_id" },
        [
            new("code", new("Code", "Kod"), ColumnKind.Text, $"code") { Order = $"code", Unique = true },
            new("name", new("Name", "Ad"), ColumnKind.Text, $"name") { Order = $"name_key" },
            new("kind", new("Kind", "Tür"), ColumnKind.Choice, $"kind")
            {
                Order = $"kind",
                Groups = true,
                Choices = ItemKind.Choices,
            },
            new("unit", new("Unit", "Birim"), ColumnKind.Text, $"unit") { Groups = true },
            new("tracking", new("Tracking", "İzleme"), ColumnKind.Choice, $"tracking")
            {
                Groups = true,
                Hidden = true,
                Choices = ItemTracking.Choices,
            },
            new("variant", new("Variant", "Varyant"), ColumnKind.Text, Item.VariantText) { Hidden = true },
            new("variantOf", new("Variant of", "Hangisinin varyantı"), ColumnKind.Id, $"variant_of") { Hidden = true },
            new("created", new("Created", "Oluşturuldu"), ColumnKind.Instant, $"created_at")
            {
                Order = $"created_at",
                Hidden = true,
            },
            new("retired", new("Retired", "Kullanım dışı"), ColumnKind.Flag, $"(retired_at is not null)") { Hidden = true },
        ]
    )
    {
        SearchedIn = $"search",
        FieldsOf = "item",
        SearchedAs = "item",
        SortedBy = "code",
        Usually = ("retired", $"retired_at is null"),
    };

    internal static readonly StartCard New = new(
        "newItems",
        new Words("Items of the last seven days", "Son yedi günün malzemeleri"),
        StartQuestion.Changed,
        CatalogPermissions.ReadItems,
        ask =>
            $"""
                select 'item' as type, item_id::text as id, code as title, name as detail, created_at as at
                from catalog.item where created_at > now() - interval '7 days' and retired_at is null
                order by created_at desc, item_id desc
                """
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapList("/items", List, CatalogPermissions.ReadItems, "Items");
        api.MapGet("/items/{id:guid}", Show)
            .Needs(CatalogPermissions.ReadItems)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("One item");
    }

    private static async Task<Detail> Show(HttpContext http, Db db, Guid id)
    {
        var item = await Item.One(db, id);
        var costs = await db.Query<Cost>(
            $"select company_id, unit_cost from catalog.item_cost where item_id = {id} order by company_id limit 1000"
        );
        Versions.Show(http, item.Version);
        return new Detail(
            item.Id,
            item.Code,
            item.Name,
            item.Kind,
            item.Unit,
            item.Tracking,
            item.Version,
            item.RetiredAt,
            item.VariantOf,
            item.Variant,
            costs,
            await ItemUnits.Of(db, id)
        );
    }
}
