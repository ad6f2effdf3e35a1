namespace Millrace.Kernel;

/// <summary>What stands in a column, and with it how it is filtered, sorted and written into a file.</summary>
public enum ColumnKind
{
    Text,
    Choice,
    Number,
    Date,
    Instant,
    Flag,
    Id,
}

/// <summary>One of the values of a column that has only a few.</summary>
public sealed record Choice(string Value, Words Title)
{
    /// <summary>How a value is called; one that is not among the choices is called by itself.</summary>
    public static string TitleOf(IReadOnlyList<Choice> choices, string value, string language) =>
        choices.FirstOrDefault(choice => choice.Value == value)?.Title.In(language) ?? value;
}

/// <summary>
/// A column of a list: its name in the API, its title for people, and the expression that reads it.
/// </summary>
public sealed record ListColumn(string Name, Words Title, ColumnKind Kind, Sql Value)
{
    /// <summary>By what rows are sorted; never null. A column without it cannot be sorted by.</summary>
    public Sql? Order { get; init; }

    /// <summary>
    /// The columns that rows are sorted by in its place, where it is put together from them; no two rows are alike in all of
    /// them.
    /// </summary>
    public IReadOnlyList<ListColumn> SortsBy { get; init; } = [];

    public bool Sorts => Order is not null || SortsBy.Count > 0;

    /// <summary>A whole number, compared as one: its index would not be used for a decimal.</summary>
    public bool Whole { get; init; }

    /// <summary>It is of another table than the columns sorted by before it, so no index holds them together.</summary>
    public bool Joined { get; init; }

    /// <summary>No two rows have the same value here, so an order that ends with it is total.</summary>
    public bool Unique { get; init; }

    /// <summary>
    /// The day under which its rows are kept when they are many: a condition on the instant looks only there. A row of a day
    /// says an instant of that day or of the one after it, in UTC.
    /// </summary>
    public Sql? KeptBy { get; init; }

    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Rows may be gathered by its values.</summary>
    public bool Groups { get; init; }

    /// <summary>A figure that can be added up over rows.</summary>
    public bool Sums { get; init; }

    /// <summary>Not shown before somebody chooses it.</summary>
    public bool Hidden { get; init; }
}
