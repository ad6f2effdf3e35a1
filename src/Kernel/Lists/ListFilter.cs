using System.Globalization;

namespace Millrace.Kernel;

/// <summary>
/// One condition of a list as it stands in an address: <c>kind:is:raw|semi</c>. A stroke separates values of which one is
/// enough; a stroke or a backslash in a value has a backslash before it.
/// </summary>
internal static class ListFilter
{
    internal const int Most = 20;
    private const int MostValues = 100;

    internal static Sql Read(IReadOnlyList<ListColumn> columns, string text)
    {
        if (text.Contains('\0') || text.Split(':', 3) is not [var name, var how, var rest])
            throw Invalid.Field("filter", $"{text} must have the form column:how:value, such as code:starts:PMP.");
        var column =
            columns.FirstOrDefault(one => one.Name == name)
            ?? throw Invalid.Field(
                "filter",
                $"There is no column {name}. There are: {string.Join(", ", columns.Select(one => one.Name))}."
            );
        var values = Values(rest);
        if (values.Count > MostValues)
            throw Invalid.Field("filter", $"{name} has {values.Count} values; there may be {MostValues}.");
        return Condition(column, how, values)
            ?? throw Invalid.Field(
                "filter",
                $"{name} cannot be asked for {how}:{rest}. It understands: {Understood(column.Kind)}."
            );
    }

    private static Sql? Condition(ListColumn column, string how, IReadOnlyList<string> values) =>
        (column.Kind, how, values) switch
        {
            (_, "empty", _) => column.Kind is ColumnKind.Text or ColumnKind.Choice
                ? Sql.Of($"coalesce({column.Value}, '') = ''")
                : Sql.Of($"{column.Value} is null"),
            (_, "filled", _) => column.Kind is ColumnKind.Text or ColumnKind.Choice
                ? Sql.Of($"coalesce({column.Value}, '') <> ''")
                : Sql.Of($"{column.Value} is not null"),
            (ColumnKind.Text or ColumnKind.Choice, "is", _) => $"{column.Value} = any ({values.ToArray()})",
            (ColumnKind.Text or ColumnKind.Choice, "not", _) => $"coalesce({column.Value}, '') <> all ({values.ToArray()})",
            (ColumnKind.Text, "has", _) => Texts(
                values,
                value => $"position(kernel.fold({value}) in kernel.fold({column.Value})) > 0"
            ),
            (ColumnKind.Text, "starts", _) => Texts(
                values,
                value => $"starts_with(kernel.fold({column.Value}), kernel.fold({value}))"
            ),
            (ColumnKind.Flag, "is", ["true"]) => $"{column.Value}",
            (ColumnKind.Flag, "is", ["false"]) => $"not {column.Value}",
            (ColumnKind.Id, "is", _) => Ids(values) is { } ids ? Sql.Of($"{column.Value} = any ({ids})") : null,
            (ColumnKind.Number, _, _) => Compared(column.Value, how, values, Number),
            (ColumnKind.Date, _, _) => Compared(column.Value, how, values, Date),
            (ColumnKind.Instant, _, _) => Compared(column.Value, how, values, Instant) is { } holds
                ? Sql.All([holds, .. KeptBy(column.KeptBy, how, values)])
                : null,
            _ => null,
        };

    private static Sql? Compared<T>(Sql value, string how, IReadOnlyList<string> texts, Func<string, T?> read)
        where T : struct =>
        (how, texts.Select(read).ToList()) switch
        {
            ("is", [{ } one]) => $"{value} = {one}",
            ("not", [{ } one]) => $"{value} is distinct from {one}",
            ("below", [{ } one]) => $"{value} < {one}",
            ("above", [{ } one]) => $"{value} > {one}",
            ("from", [{ } one]) => $"{value} >= {one}",
            ("to", [{ } one]) => $"{value} <= {one}",
            ("between", [{ } low, { } high]) => $"{value} between {low} and {high}",
            _ => null,
        };

    private static IEnumerable<Sql> KeptBy(Sql? day, string how, IReadOnlyList<string> texts)
    {
        if (day is null)
            yield break;
        var bounds = texts.Select(text => DateOnly.FromDateTime(Instant(text)!.Value)).ToList();
        if (how is "from" or "above" or "between")
            yield return $"{day} >= {bounds[0]}::date - 1";
        if (how is "to" or "below" or "between")
            yield return $"{day} <= {bounds[^1]}";
    }

    private static Sql Texts(IReadOnlyList<string> values, Func<string, Sql> condition) =>
        $"({Sql.Any([.. values.Select(condition)])})";

    private static Guid[]? Ids(IReadOnlyList<string> values)
    {
        var ids = values.Select(text => Guid.TryParse(text, out var id) ? id : (Guid?)null).ToList();
        return ids.Contains(null) ? null : [.. ids.OfType<Guid>()];
    }

    // At most what numeric(19,6) can be compared with; larger numbers would be an error of the database.
    private static decimal? Number(string text) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var one
        )
            ? one
            : null;

    internal static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var one) ? one : null;

    internal static DateTime? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var one)
            ? one.UtcDateTime
            : null;

    private static string Understood(ColumnKind kind) =>
        kind switch
        {
            ColumnKind.Text => "is, not, has, starts, empty, filled",
            ColumnKind.Choice => "is, not, empty, filled",
            ColumnKind.Flag => "is:true, is:false",
            ColumnKind.Id => "is, empty, filled",
            ColumnKind.Number => "is, not, below, above, from, to, between:low|high, empty, filled",
            ColumnKind.Date => "is, not, below, above, from, to, between:2026-01-01|2026-01-31, empty, filled",
            _ => "below, above, from, to, between with instants such as 2026-01-31T12:00:00Z, empty, filled",
        };

    private static List<string> Values(string text)
    {
        var values = new List<string>();
        var one = new System.Text.StringBuilder();
        for (var at = 0; at < text.Length; at++)
            if (text[at] == '|')
            {
                values.Add(one.ToString());
                one.Clear();
            }
            else
                one.Append(text[at] == '\\' && at + 1 < text.Length ? text[++at] : text[at]);
        values.Add(one.ToString());
        return values;
    }
}
