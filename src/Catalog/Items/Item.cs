using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>An item as lists and forms show it.</summary>
public sealed record Item(
    Guid Id,
    string Code,
    string Name,
    string Kind,
    string Unit,
    string Tracking,
    int Version,
    DateTime? RetiredAt,
    Guid? VariantOf,
    string Variant
)
{
    internal static readonly Sql Row = $"""
        item_id as id, code, name, kind, unit, tracking, version, retired_at, variant_of, {VariantText} as variant
        """;

    /// <summary>In what it differs from the others: red · M.</summary>
    internal static Sql VariantText => $"array_to_string(variant_values, ' · ')";

    internal static async Task<Item> One(Db db, Guid id) =>
        await db.Find<Item>($"select {Row} from catalog.item where item_id = {id}") ?? throw Refused.Missing("item", id);

    internal static Task<DocumentCard?> Card(Db db, Guid id) =>
        db.Find<DocumentCard>(
            $"select null::uuid as company_id, code || ' · ' || name as title from catalog.item where item_id = {id}"
        );
}

/// <summary>The kinds of items; posting rules choose the stock account by them.</summary>
public static class ItemKind
{
    public const string Raw = "raw";
    public const string Semi = "semi";
    public const string Finished = "finished";
    public const string Goods = "goods";
    public const string Other = "other";

    public static readonly IReadOnlyList<Choice> Choices =
    [
        new(Raw, new("Raw material", "Hammadde")),
        new(Semi, new("Semi-finished", "Yarı mamul")),
        new(Finished, new("Finished good", "Mamul")),
        new(Goods, new("Trading good", "Ticari mal")),
        new(Other, new("Other", "Diğer")),
    ];
}

/// <summary>Whether goods of an item are told apart: not at all, by lot, or piece by piece.</summary>
public static class ItemTracking
{
    public const string None = "none";
    public const string Lot = "lot";
    public const string Serial = "serial";

    public static readonly IReadOnlyList<Choice> Choices =
    [
        new(None, new("Not tracked", "İzlenmez")),
        new(Lot, new("By lot", "Parti bazında")),
        new(Serial, new("By serial number", "Seri no bazında")),
    ];
}

/// <summary>What other modules need of items, in one look-up.</summary>
public static class ItemFacts
{
    public sealed record Row(
        Guid CompanyId,
        Guid Id,
        string Code,
        string Kind,
        bool Retired,
        decimal? UnitCost,
        string Tracking = ItemTracking.None
    );

    /// <summary>
    /// Items with their cost in a company, pair by pair; ids that do not exist here are left out. Where nothing gets a value, the
    /// costs need not be looked up.
    /// </summary>
    public static Later<Row> Later(Db db, IReadOnlyCollection<(Guid CompanyId, Guid ItemId)> wanted, bool withCosts = true) =>
        db.Later<Row>(
            $"""
            select w.company_id, i.item_id as id, i.code, i.kind, i.retired_at is not null as retired,
                {Cost(withCosts)}, i.tracking
            from {Sql.Few(
                $"unnest({wanted.Select(one => one.CompanyId).ToArray()}, {wanted.Select(one => one.ItemId).ToArray()})",
                wanted.Count
            )} as w (company_id, item_id)
            cross join lateral (select * from catalog.item i where i.item_id = w.item_id limit 1) i
            """
        );

    private static Sql Cost(bool isWanted) =>
        isWanted
            ? (Sql)
                $"""
                    (select c.unit_cost from catalog.item_cost c
                    where c.item_id = w.item_id and c.company_id = w.company_id limit 1) as unit_cost
                    """
            : $"null::numeric as unit_cost";

    /// <summary>These items with their cost in one company, at once.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Row>> Read(Db db, Guid companyId, IEnumerable<Guid> items)
    {
        var rows = Later(db, [.. items.Distinct().Select(item => (companyId, item))]);
        await db.Send();
        return rows.Rows.ToDictionary(row => row.Id);
    }
}
