using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>
/// Makes an item for each combination of colours, sizes and whatever else one differs in. They have the unit, the other units,
/// the tracking and the costs of the item they vary, and go their own ways from there. What is there already stays.
/// </summary>
public static class MakeVariants
{
    private const int Most = 200;
    private const int LongestCode = 40;
    private const int LongestName = 200;

    public sealed record Attribute(
        [Required, Text(30)] string Name,
        [Required, Length(1, 50), Filled, Text(30)] IReadOnlyList<string> Values
    );

    public sealed record Request([Required, Length(1, 4), Filled] IReadOnlyList<Attribute> Attributes);

    /// <summary>How many were made now, of how many that were asked for.</summary>
    public sealed record Result(int Made, int Asked);

    private sealed record Made(Guid Id, string Code);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/items/{id:guid}/variants", Run)
            .Needs(CatalogPermissions.WriteItems)
            .Once()
            .ProducesProblem(404)
            .WithSummary("Make the variants of an item, one for each combination of its attributes");

    public static async Task<Result> Run(Db db, Guid id, Request request)
    {
        var names = request.Attributes.Select(one => one.Name).ToArray();
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Length)
            throw Invalid.Field("attributes", "Each attribute may stand there once.");
        // Held, so that two who make them at once make them once.
        if (await db.Find<Guid?>($"select item_id from catalog.item where item_id = {id} for no key update") is null)
            throw Refused.Missing("item", id);
        var item = await Item.One(db, id);
        await Fits(db, item, names);
        var wanted = Combinations(item, request.Attributes);
        var made = await Write(db, item, names, wanted);
        await CopyParts(db, item, [.. made.Select(one => one.Id)]);
        return new Result(made.Count, wanted.Count);
    }

    private static async Task Fits(Db db, Item item, string[] names)
    {
        if (item.VariantOf is not null)
            throw new Refused(
                "item.is_variant",
                $"{item.Code} is a variant itself. Make variants of the item it varies.",
                new { item.Code }
            );
        if (item.RetiredAt is not null)
            throw new Refused(
                "item.retired",
                $"The item {item.Code} is retired. Bring it back before you make variants of it.",
                new { item.Code }
            );
        var others = await db.Find<string[]>($"select variant_names from catalog.item where variant_of = {item.Id} limit 1");
        if (others is not null && !others.SequenceEqual(names))
            throw new Refused(
                "item.other_attributes",
                $"The variants of {item.Code} differ in {string.Join(", ", others)}. Give values of these, in this order.",
                new { item.Code, Attributes = string.Join(", ", others) }
            );
    }

    // Nothing is cut short: a code or a name that does not fit is refused.
    private static List<(string Code, string Name, string[] Values)> Combinations(Item item, IReadOnlyList<Attribute> attributes)
    {
        IEnumerable<string[]> all =
        [
            [],
        ];
        foreach (var attribute in attributes)
            all = all.SelectMany(before => attribute.Values.Select(value => (string[])[.. before, value.Trim()])).Take(Most + 1);
        var combinations = all.DistinctBy(values => string.Join('\n', values))
            .Select(values =>
                (
                    Code: $"{item.Code}-{string.Join('-', values.Select(Short))}",
                    Name: $"{item.Name}, {string.Join(", ", values)}",
                    Values: values
                )
            )
            .ToList();
        if (combinations.Count > Most)
            throw Invalid.Field("attributes", $"These are more than {Most} variants. Make them in parts.");
        if (
            combinations.FirstOrDefault(one => one.Code.Length > LongestCode || one.Name.Length > LongestName) is
            { Code: { } long_ }
        )
            throw Invalid.Field(
                "attributes",
                $"{long_} is longer than a code of {LongestCode} or a name of {LongestName} letters may be. Use shorter values."
            );
        return combinations;
    }

    /// <summary>A value as a part of a code: capital letters and digits only.</summary>
    private static string Short(string value)
    {
        var plain = value.Replace('ı', 'i').Normalize(NormalizationForm.FormD).ToUpperInvariant();
        var letters = plain.Where(one =>
            CharUnicodeInfo.GetUnicodeCategory(one) != UnicodeCategory.NonSpacingMark && char.IsLetterOrDigit(one)
        );
        return string.Concat(letters);
    }

    private static async Task<List<Made>> Write(
        Db db,
        Item item,
        string[] names,
        List<(string Code, string Name, string[] Values)> wanted
    )
    {
        // PostgreSQL takes no list of lists, so the values of each travel joined by what none of them holds.
        var taken = await db.Query<string>(
            $"""
            select i.code from unnest({wanted.Select(one => one.Code).ToArray()}, {Joined(wanted)}) as w (code, joined)
            join catalog.item i on i.code = w.code
            where not (i.variant_of is not distinct from {item.Id} and array_to_string(i.variant_values, chr(10)) = w.joined)
            limit 1
            """
        );
        if (taken is [var other])
            throw new Refused(
                "item.code_taken",
                $"The code {other} belongs to another item. Use another value.",
                new { Code = other }
            );
        return await db.Query<Made>(
            $"""
            insert into catalog.item (tenant_id, item_id, code, name, kind, unit, tracking, variant_of, variant_names,
                variant_values)
            select {db.Scope.Tenant}, w.id, w.code, w.name, {item.Kind}, {item.Unit}, {item.Tracking}, {item.Id}, {names},
                string_to_array(w.joined, chr(10))
            from unnest({wanted.Select(_ => Guid.CreateVersion7()).ToArray()}, {wanted.Select(one => one.Code).ToArray()},
                {wanted.Select(one => one.Name).ToArray()}, {Joined(wanted)}) as w (id, code, name, joined)
            order by w.code
            on conflict do nothing
            returning item_id as id, code
            """
        );
    }

    private static string[] Joined(List<(string Code, string Name, string[] Values)> wanted) =>
        [.. wanted.Select(one => string.Join('\n', one.Values))];

    private static async Task CopyParts(Db db, Item item, Guid[] made)
    {
        await db.Execute(
            $"""
            insert into catalog.item_unit (tenant_id, item_id, unit, numerator, denominator)
            select u.tenant_id, m.id, u.unit, u.numerator, u.denominator
            from catalog.item_unit u cross join unnest({made}) as m (id) where u.item_id = {item.Id} order by m.id, u.unit
            """
        );
        await db.Execute(
            $"""
            insert into catalog.item_cost (tenant_id, item_id, company_id, unit_cost)
            select c.tenant_id, m.id, c.company_id, c.unit_cost
            from catalog.item_cost c cross join unnest({made}) as m (id) where c.item_id = {item.Id} order by m.id, c.company_id
            """
        );
    }
}
