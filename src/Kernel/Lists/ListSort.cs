using System.Text.Json;

namespace Millrace.Kernel;

/// <summary>
/// In which order a list is read: <c>sort=name,-created</c>, and where two rows are alike by their key, so that the order is
/// total and every page begins exactly behind the one before.
/// </summary>
internal sealed class ListSort
{
    private const int Most = 3;
    private readonly IReadOnlyList<Step> _steps;

    private ListSort(IReadOnlyList<Step> steps) => _steps = steps;

    /// <summary>Down is from the largest to the smallest.</summary>
    private readonly record struct Step(ListColumn Column, Sql Order, bool Down);

    internal static ListSort Read(IReadOnlyList<ListColumn> columns, ListColumn key, string text)
    {
        var names = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length > Most)
            throw Invalid.Field("sort", $"A list is sorted by at most {Most} columns; these are {names.Length}.");
        var steps = new List<Step>();
        var sorted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var plain = name.TrimStart('-');
            var column = columns.FirstOrDefault(one => one.Name == plain && one.Sorts);
            if (column is null || !sorted.Add(plain))
                throw Invalid.Field(
                    "sort",
                    $"The list cannot be sorted by {plain}. Each once: "
                        + $"{string.Join(", ", columns.Where(one => one.Sorts).Select(one => one.Name))}."
                );
            Add(column, down: name != plain);
        }
        if (steps is not [.., { Column.Unique: true }])
            Add(key, down: steps is [.., { Down: true }]);
        return new ListSort(steps);

        void Add(ListColumn column, bool down) =>
            steps.AddRange((column.Order is null ? column.SortsBy : [column]).Select(one => new Step(one, one.Order!, down)));
    }

    internal Sql By => Sql.List([.. _steps.Select(step => step.Down ? Sql.Of($"{step.Order} desc") : step.Order)]);

    /// <summary>The values by which a row stands where it stands, as JSON.</summary>
    internal Sql Key => $"jsonb_build_array({Sql.List([.. _steps.Select(step => step.Order)])})::text";

    /// <summary>Only what comes behind the row with this key.</summary>
    internal Sql Behind(List<JsonElement>? cursor)
    {
        if (cursor is null)
            return $"true";
        if (cursor.Count != _steps.Count)
            throw Foreign();
        var keys = _steps.Select((step, at) => KeyOf(step.Column, cursor[at])).ToList();
        if (_steps.All(step => step.Down == _steps[0].Down && !step.Column.Joined))
        {
            var order = Sql.List([.. _steps.Select(step => step.Order)]);
            return _steps[0].Down ? Sql.Of($"({order}) < ({Sql.List(keys)})") : Sql.Of($"({order}) > ({Sql.List(keys)})");
        }
        // The first column bounds the walk along its index; the others decide among those that are alike in it.
        var first = _steps[0];
        var bound = first.Down ? Sql.Of($"{first.Order} <= {keys[0]}") : Sql.Of($"{first.Order} >= {keys[0]}");
        return $"{bound} and {From(keys, 0)}";
    }

    private Sql From(IReadOnlyList<Sql> keys, int at)
    {
        var step = _steps[at];
        var beyond = step.Down ? Sql.Of($"{step.Order} < {keys[at]}") : Sql.Of($"{step.Order} > {keys[at]}");
        return at == _steps.Count - 1 ? beyond : Sql.Of($"({beyond} or ({step.Order} = {keys[at]} and {From(keys, at + 1)}))");
    }

    private static Sql KeyOf(ListColumn column, JsonElement key)
    {
        var kind = column.Kind;
        if (column.Whole)
            return key.ValueKind == JsonValueKind.Number && key.TryGetInt64(out var whole) ? Sql.Of($"{whole}") : throw Foreign();
        if (kind == ColumnKind.Number && key.ValueKind == JsonValueKind.Number && key.TryGetDecimal(out var number))
            return $"{number}";
        if (kind == ColumnKind.Flag && key.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return $"{key.GetBoolean()}";
        if (key.ValueKind != JsonValueKind.String || key.GetString() is not { } text || text.Contains('\0'))
            throw Foreign();
        return kind switch
        {
            ColumnKind.Text or ColumnKind.Choice => $"{text}",
            ColumnKind.Id when Guid.TryParse(text, out var id) => $"{id}",
            ColumnKind.Date when ListFilter.Date(text) is { } date => $"{date}",
            ColumnKind.Instant when ListFilter.Instant(text) is { } instant => $"{instant}",
            _ => throw Foreign(),
        };
    }

    private static Invalid Foreign() =>
        Invalid.Field("after", "after belongs to another order of the list. Begin with the first page.");
}
