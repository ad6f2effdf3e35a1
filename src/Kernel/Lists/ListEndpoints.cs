using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>What may be asked of every list, in the query of its address.</summary>
public sealed record ListParameters(
    [property: Description("Conditions column:how:value; a stroke separates values of which one is enough.")] string[]? Filter,
    [property: OneOf("", "all", "any"), Description("Whether all conditions are to hold, which is usual, or any.")] string? Match,
    [property: Description("Conditions that are to hold in any case, beside those of filter.")] string[]? Within,
    [property: Text(100, MayBeEmpty = true), Description("Words that all are to be found.")] string? Search,
    [property: Text(200, MayBeEmpty = true), Description("At most three columns, the largest first behind a minus.")]
        string? Sort,
    [property: Description("Whose rows, where the list is of one company; there it is needed.")] Guid? CompanyId
)
{
    public ListQuery Query => new(Filter ?? [], Match, Search, Sort, CompanyId, Within);
}

/// <summary>A list of the program and the permission with which it is seen.</summary>
public sealed record DeclaredList(IList List, string SeenWith);

/// <summary>The lists that the modules have declared.</summary>
public sealed class ListNames(IEnumerable<DeclaredList> declared)
{
    internal IList? Known(string name) => declared.FirstOrDefault(one => one.List.Name == name)?.List;

    /// <summary>The list, when there is one of this name that the caller may see.</summary>
    internal IList MaySee(HttpContext http, string name) =>
        declared.FirstOrDefault(one => one.List.Name == name && Caller.Required(http).Permissions.Contains(one.SeenWith))?.List
        ?? throw Refused.Missing("list", name);
}

/// <summary>The addresses that every list has: its rows, its groups, all of it as a file, and its columns.</summary>
public static class ListEndpoints
{
    public sealed record ShownChoice(string Value, string Title);

    public sealed record ShownColumn(
        string Name,
        string Title,
        string Kind,
        bool Sorts,
        bool Groups,
        bool Sums,
        bool Hidden,
        IReadOnlyList<ShownChoice> Choices
    );

    public sealed record Shape(string Name, IReadOnlyList<ShownColumn> Columns);

    /// <summary>Lists with their views, what comes into them from files, and what the start page says of them.</summary>
    internal static void AddLists(this IServiceCollection services)
    {
        services.AddSingleton<ListNames>();
        services.DeclarePermission(ListViews.Share, "Share views of lists with everybody who sees them");
        services.DeclarePermission(Fields.Write, "Define fields of one's own on items, partners and documents");
        ImportEndpoints.Add(services);
        Exchanges.Add(services);
        StartCards.Declare(services);
    }

    public static void DeclareList(this IServiceCollection services, IList list, string seenWith) =>
        services.AddSingleton(new DeclaredList(list, seenWith));

    /// <summary>Maps a list at its address, with its groups and its export below it.</summary>
    public static void MapList<TRow>(this IEndpointRouteBuilder api, string path, ListOf<TRow> list, string seenWith, string what)
    {
        api.MapGet(
                path,
                async (Db db, Dbs dbs, PageOf page, [AsParameters] ListParameters asked) =>
                {
                    await using var other = Other(list, db, dbs);
                    return await list.Read(other ?? db, page, asked.Query);
                }
            )
            .Needs(seenWith)
            .Reads()
            .WithSummary(what);
        api.MapGet(
                $"{path}/groups",
                async (Db db, Dbs dbs, [AsParameters] ListParameters asked, string[] by) =>
                {
                    await using var other = Other(list, db, dbs);
                    return await list.Groups(other ?? db, asked.Query, by);
                }
            )
            .Needs(seenWith)
            .Reads()
            .WithSummary($"{what}: how many, and their sums, by one or two columns");
        api.MapGet(
                $"{path}/export",
                async (
                    Db db,
                    Dbs dbs,
                    [AsParameters] ListParameters asked,
                    string[]? column,
                    [OneOf("csv", "xlsx")] string? format,
                    [OneOf("en", "tr")] string? language
                ) =>
                    new ExportList(
                        dbs,
                        list.ScopeFor(db.Scope),
                        list,
                        asked.Query,
                        new ExportList.Wish(
                            format ?? "csv",
                            Chosen(await list.ColumnsFor(db, column ?? []), column ?? []),
                            language ?? "en"
                        )
                    )
            )
            .Needs(seenWith)
            .Problems(400, 503)
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .WithRequestTimeout(ExportList.Longest)
            .WithSummary($"{what}: all that are found, as a file");
    }

    /// <summary>Where its rows are not those of who asks.</summary>
    private static Db? Other(IList list, Db db, Dbs dbs) =>
        list.ScopeFor(db.Scope) is var scope && scope == db.Scope ? null : dbs.Open(scope);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(
                "/lists/{name}",
                async (HttpContext http, Db db, ListNames lists, string name, [OneOf("en", "tr")] string? language) =>
                    new Shape(
                        name,
                        [.. (await lists.MaySee(http, name).AllColumns(db)).Select(column => Shown(column, language))]
                    )
            )
            .SignedIn("It says which columns a list has, to those who may see the list.")
            .Problems(400, 404)
            .WithSummary("The columns of a list, and what can be done with them");
        ListViews.Map(api);
        Fields.Map(api);
    }

    private static ShownColumn Shown(ListColumn column, string? language) =>
        new(
            column.Name,
            column.Title.In(language),
            column.Kind.ToString().ToLowerInvariant(),
            column.Sorts,
            column.Groups,
            column.Sums,
            column.Hidden,
            [.. column.Choices.Select(choice => new ShownChoice(choice.Value, choice.Title.In(language)))]
        );

    internal static IReadOnlyList<ListColumn> Chosen(IReadOnlyList<ListColumn> columns, IReadOnlyList<string> names) =>
        names.Count == 0
            ? [.. columns.Where(column => column is { Hidden: false, Kind: not ColumnKind.Id })]
            :
            [
                .. names.Select(name =>
                    columns.FirstOrDefault(column => column.Name == name)
                    ?? throw Invalid.Field(
                        "column",
                        $"There is no column {name}. There are: {string.Join(", ", columns.Select(one => one.Name))}."
                    )
                ),
            ];
}
