using System.Text.Json;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>What is asked of a list: which rows, in which order.</summary>
public sealed record ListQuery(
    IReadOnlyList<string> Filter,
    string? Match = null,
    string? Search = null,
    string? Sort = null,
    Guid? CompanyId = null,
    IReadOnlyList<string>? Within = null
)
{
    internal IReadOnlyList<string> Conditions { get; } = [.. Filter, .. Within ?? []];
}

/// <summary>
/// A list that a module declares once: where its rows are, what a row shows, and its columns. From it come paging, filters,
/// sorting, groups with totals, and export.
/// </summary>
public sealed class ListOf<TRow>(string name, Sql from, Sql row, ListColumn key, IReadOnlyList<ListColumn> columns) : IList
{
    private const int MostGroups = 500;
    private const int MostNamed = 2000;

    public string Name { get; } = name;

    public IReadOnlyList<ListColumn> Columns { get; } = columns;

    /// <summary>The folded text in which is searched; without it a list has no search.</summary>
    public Sql? SearchedIn { get; init; }

    /// <summary>Whose its rows are, when they are of one company; who asks names it.</summary>
    public Sql? OfCompany { get; init; }

    /// <summary>The name under which its rows have entries in the search of the kernel, which finds few of many.</summary>
    public string? SearchedAs { get; init; }

    /// <summary>The kind of document whose fields of one's own are columns here too.</summary>
    public string? FieldsOf { get; init; }

    /// <summary>Its pages say from which position on it is followed live.</summary>
    public bool Live { get; init; }

    /// <summary>Its rows are those of the installation itself, whoever asks.</summary>
    public bool OfInstallation { get; init; }

    /// <summary>Columns by which the list is sorted when nothing else is asked for.</summary>
    public string SortedBy { get; init; } = "";

    /// <summary>Reads what the rows of a page show beside what stands in their table, for all of them at once.</summary>
    public Func<Db, IReadOnlyList<TRow>, Task<IReadOnlyList<TRow>>>? Completed { get; init; }

    /// <summary>What is hidden until a filter asks for its column, such as retired rows.</summary>
    public (string Column, Sql Shown)? Usually { get; init; }

    public async Task<Page<TRow>> Read(Db db, PageOf page, ListQuery query)
    {
        var rows = new List<(TRow Row, string Key)>();
        // Read before the rows: what is sequenced later is pushed to whoever follows from here, so nothing is missed.
        var position = Live ? await db.One<long>($"select pos from kernel.event_pos order by pos desc limit 1") : (long?)null;
        var where = Where(query, await ColumnsFor(db, query.Conditions));
        await using (var reader = await db.Read(PageStatement(page, query, where, await Found(db, query))))
        {
            var read = Rows.Reader<TRow>(reader);
            var at = reader.GetOrdinal("list_key");
            while (await reader.ReadAsync())
                rows.Add((read(reader), reader.GetString(at)));
        }
        var cut = page.Cut(rows, one => one.Row, one => one.Key) with { Position = position };
        return Completed is null ? cut : cut with { Items = await Completed(db, cut.Items) };
    }

    internal Sql PageStatement(PageOf page, ListQuery query, Sql where, Sql found)
    {
        var sort = SortOf(query);
        return $"""
            select {row}, {sort.Key} as list_key from {from}
            where {where} and {found} and {sort.Behind(page.Start<List<JsonElement>>())}
            order by {sort.By} limit {page.Limit + 1}
            """;
    }

    /// <summary>Rows gathered by one or two columns, how many they are, and their sums; the largest groups first.</summary>
    public async Task<ListGroups> Groups(Db db, ListQuery query, IReadOnlyList<string> by)
    {
        var known = await ColumnsFor(db, [.. query.Conditions, .. by]);
        var chosen = by.Select(named => GroupColumn(known, named)).ToList();
        if (chosen.Count is < 1 or > 2 || chosen.Distinct().Count() < chosen.Count)
            throw Invalid.Field("by", "Rows are gathered by one or two different columns.");
        var sums = Columns.Where(column => column.Sums).ToList();
        // By number, so that an expression with a value in it is the same in both places.
        Sql keys = Sql.List([.. chosen.Select(column => Sql.Of($"{column.Value}::text"))]);
        Sql totals =
            sums.Count == 0
                ? Sql.Of($"'[]'")
                : Sql.Of($"jsonb_build_array({Sql.List([.. sums.Select(one => Sql.Of($"sum({one.Value})::text"))])})");
        Sql numbers = chosen.Count == 1 ? Sql.Of($"1") : Sql.Of($"1, 2");
        Sql statement = $"""
            select {keys}, count(*), {totals}::text from {from} where {Where(query, known)} and {await Found(db, query)}
            group by {numbers} order by count(*) desc, {numbers} limit {MostGroups + 1}
            """;
        var groups = new List<ListGroup>();
        await using var reader = await db.Read(statement);
        while (await reader.ReadAsync())
            groups.Add(
                new ListGroup(
                    [.. Enumerable.Range(0, chosen.Count).Select(at => reader.IsDBNull(at) ? null : reader.GetString(at))],
                    reader.GetInt64(chosen.Count),
                    SumsOf(sums, reader.GetString(chosen.Count + 1))
                )
            );
        var all = groups.Count <= MostGroups;
        return new ListGroups(all ? groups : groups[..MostGroups], all);
    }

    /// <summary>All matches as plain values of these columns, one after the other, for a file.</summary>
    internal async Task<NpgsqlDataReader> Stream(Db db, ListQuery query, IReadOnlyList<ListColumn> chosen) =>
        await db.Read(
            $"""
            select {Sql.List([.. chosen.Select(column => column.Value)])} from {from}
            where {Where(query, await ColumnsFor(db, query.Conditions))} and {await Found(db, query)}
            order by {SortOf(query).By}
            """
        );

    /// <summary>In whose name it is read when that is not who asks.</summary>
    public DbScope ScopeFor(DbScope asking) => OfInstallation ? DbScope.ForTenant(0) : asking;

    Task<NpgsqlDataReader> IList.Stream(Db db, ListQuery query, IReadOnlyList<ListColumn> chosen) => Stream(db, query, chosen);

    /// <summary>The columns of the list and the fields that the organisation has of its own.</summary>
    public async Task<IReadOnlyList<ListColumn>> AllColumns(Db db) =>
        FieldsOf is null
            ? Columns
            :
            [
                .. Columns,
                .. (await Field.Of(db, FieldsOf))
                    .Where(field => field.RetiredAt is null)
                    .Select(field => field.Column(key.Value)),
            ];

    /// <summary>The same, where what is asked for speaks of such a field; it need not be looked up otherwise.</summary>
    public async Task<IReadOnlyList<ListColumn>> ColumnsFor(Db db, IReadOnlyList<string> asked) =>
        asked.Any(text => text.StartsWith(Field.Prefix, StringComparison.Ordinal)) ? await AllColumns(db) : Columns;

    void IList.Judge(ListQuery query, IReadOnlyList<ListColumn> known)
    {
        _ = Where(query, known);
        _ = SortOf(query);
    }

    private ListSort SortOf(ListQuery query) =>
        ListSort.Read(Columns, key, string.IsNullOrWhiteSpace(query.Sort) ? SortedBy : query.Sort);

    internal Sql Where(ListQuery query, IReadOnlyList<ListColumn> known)
    {
        if (query.Conditions.Count > ListFilter.Most)
            throw Invalid.Field(
                "filter",
                $"A list takes at most {ListFilter.Most} conditions; these are {query.Conditions.Count}."
            );
        var conditions = query.Filter.Select(text => ListFilter.Read(known, text)).ToList();
        var all = new List<Sql>();
        if (OfCompany is not null)
            all.Add(
                $"{OfCompany} = {query.CompanyId ?? throw Invalid.Field("companyId", "companyId is needed: whose list it is.")}"
            );
        if (conditions.Count > 0)
            all.Add(query.Match == "any" ? $"({Sql.Any(conditions)})" : Sql.All(conditions));
        all.AddRange((query.Within ?? []).Select(text => ListFilter.Read(known, text)));
        if (
            Usually is { } usually
            && !query.Conditions.Any(text => text.StartsWith($"{usually.Column}:", StringComparison.Ordinal))
        )
            all.Add(usually.Shown);
        return Sql.All(all);
    }

    /// <summary>
    /// The rows in which all words are. Few of them are named by the search entries; where they are many, or have no entries, the
    /// list is walked in its order and meets them soon.
    /// </summary>
    internal async Task<Sql> Found(Db db, ListQuery query)
    {
        if (string.IsNullOrWhiteSpace(query.Search))
            return $"true";
        var within = SearchedIn ?? throw Invalid.Field("search", $"The list {Name} has no search. Use its filters.");
        var words = SearchEverything.Words(query.Search);
        if (SearchedAs is { } entity && await Named(db, entity, words) is { } ids)
            return $"{key.Value} = any ({ids})";
        return Sql.All([.. words.Select(word => Sql.Of($"position(kernel.needle({word}) in ' ' || {within}) > 0"))]);
    }

    private static Task<Guid[]?> Named(Db db, string entity, string[] words) =>
        db.Find<Guid[]>($"select kernel.found({entity}, {words}, {MostNamed})");

    private static ListColumn GroupColumn(IReadOnlyList<ListColumn> known, string named) =>
        known.FirstOrDefault(column => column.Name == named && column.Groups)
        ?? throw Invalid.Field(
            "by",
            $"Rows cannot be gathered by {named}; they can by: "
                + $"{string.Join(", ", known.Where(column => column.Groups).Select(column => column.Name))}."
        );

    private static Dictionary<string, string?> SumsOf(List<ListColumn> sums, string json) =>
        sums.Zip(JsonSerializer.Deserialize<string?[]>(json)!)
            .ToDictionary(one => one.First.Name, one => one.Second, StringComparer.Ordinal);
}

/// <summary>A list without the type of its rows.</summary>
public interface IList
{
    string Name { get; }

    IReadOnlyList<ListColumn> Columns { get; }

    Task<IReadOnlyList<ListColumn>> AllColumns(Db db);

    Task<IReadOnlyList<ListColumn>> ColumnsFor(Db db, IReadOnlyList<string> asked);

    DbScope ScopeFor(DbScope asking);

    internal Task<NpgsqlDataReader> Stream(Db db, ListQuery query, IReadOnlyList<ListColumn> chosen);

    /// <summary>Says what is wrong with what is asked for, if something is.</summary>
    internal void Judge(ListQuery query, IReadOnlyList<ListColumn> known);
}

/// <summary>Rows that are alike in the columns they are gathered by.</summary>
public sealed record ListGroup(IReadOnlyList<string?> Keys, long Count, IReadOnlyDictionary<string, string?> Sums);

/// <summary>The groups of a list; not all of them when there are more than a screen can show.</summary>
public sealed record ListGroups(IReadOnlyList<ListGroup> Groups, bool All);
