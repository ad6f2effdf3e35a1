using System.Globalization;

namespace Millrace.Kernel;

/// <summary>
/// A field that an organisation has of its own on items, partners or documents: its name is given once, its titles are for
/// people.
/// </summary>
public sealed record Field(
    Guid Id,
    string DocumentType,
    string Name,
    string TitleEn,
    string TitleTr,
    string Kind,
    string[] Choices,
    int Position,
    int Version,
    DateTime? RetiredAt
)
{
    /// <summary>Before the name of a field where it stands among the columns of a list.</summary>
    internal const string Prefix = "field.";

    private const int LongestText = 200;
    private const int MostDigits = 6;

    internal static readonly Sql Row =
        $"field_id as id, document_type, name, title_en, title_tr, kind, choices, position, version, retired_at";

    internal static Task<List<Field>> Of(Db db, string documentType) =>
        db.Query<Field>(
            $"select {Row} from kernel.field where document_type = {documentType} order by position, name limit {Fields.Most * 4}"
        );

    /// <summary>Why this text is no value of the field, or null.</summary>
    internal string? FaultOf(string text) =>
        Kind switch
        {
            "number" => decimal.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
            && number is >= -999_999_999_999m and <= 999_999_999_999m
            && number.Scale <= MostDigits
                ? null
                : $"{TitleEn} must be a number with at most {MostDigits} digits behind the point, such as 12.5.",
            "date" => ListFilter.Date(text) is null ? $"{TitleEn} must be a date, such as 2026-11-20." : null,
            "flag" => text is "true" or "false" ? null : $"{TitleEn} must be true or false.",
            "choice" => Choices.Contains(text, StringComparer.Ordinal)
                ? null
                : $"{TitleEn} must be one of: {string.Join(", ", Choices)}.",
            _ => text.Length <= LongestText && !text.Any(char.IsControl)
                ? null
                : $"{TitleEn} has at most {LongestText} letters, on one line.",
        };

    internal ColumnKind ColumnKind =>
        Kind switch
        {
            "number" => ColumnKind.Number,
            "date" => ColumnKind.Date,
            "flag" => ColumnKind.Flag,
            "choice" => ColumnKind.Choice,
            _ => ColumnKind.Text,
        };

    internal IReadOnlyList<Choice> ShownChoices => [.. Choices.Select(choice => new Choice(choice, new Words(choice, choice)))];

    /// <summary>The field among the columns of a list whose rows have this key.</summary>
    internal ListColumn Column(Sql key)
    {
        Sql text = $"""
            (select v.given ->> {Name} from kernel.field_value v
                where v.tenant_id = (select kernel.tenant()) and v.document_type = {DocumentType} and v.document_id = {key})
            """;
        var value = Kind switch
        {
            "number" => Sql.Of($"{text}::numeric"),
            "date" => Sql.Of($"{text}::date"),
            "flag" => Sql.Of($"coalesce({text} = 'true', false)"),
            _ => text,
        };
        return new ListColumn(Prefix + Name, new Words(TitleEn, TitleTr), ColumnKind, value)
        {
            Hidden = true,
            Groups = Kind is "choice" or "flag",
            Choices = ShownChoices,
        };
    }
}
