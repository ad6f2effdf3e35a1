using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>An item as lists and forms show it.</summary>
public sealed record Item(Guid Id, string Code, string Name, string Kind, string Unit, int Version, DateTime? RetiredAt)
{
    internal static async Task<Item> One(Db db, Guid id) =>
        await db.Find<Item>(
            $"select item_id as id, code, name, kind, unit, version, retired_at from catalog.item where item_id = {id}"
        ) ?? throw Refused.Missing("item", id);
}

/// <summary>The kinds of items; posting rules choose the stock account by them.</summary>
public static class ItemKind
{
    public const string Raw = "raw";
    public const string Semi = "semi";
    public const string Finished = "finished";
    public const string Goods = "goods";
    public const string Other = "other";
}

/// <summary>What other modules need of items, in one look-up.</summary>
public static class ItemFacts
{
    public sealed record Row(Guid Id, string Code, string Kind, bool Retired, decimal? UnitCost);

    /// <summary>The items of these ids with their cost in a company; ids that do not exist here are left out.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Row>> Read(Db db, Guid companyId, IEnumerable<Guid> items)
    {
        var rows = await db.Query<Row>(
            $"""
            select i.item_id as id, i.code, i.kind, i.retired_at is not null as retired, c.unit_cost
            from catalog.item i
            left join catalog.item_cost c on c.tenant_id = i.tenant_id and c.item_id = i.item_id and c.company_id = {companyId}
            where i.item_id = any ({items.Distinct().ToArray()})
            """
        );
        return rows.ToDictionary(row => row.Id);
    }
}
