namespace Millrace.Kernel;

/// <summary>Who prints: the head of every page. The logo is a PNG or JPEG.</summary>
public sealed record Letterhead(string Name, IReadOnlyList<string> Lines, byte[]? Logo = null);

/// <summary>A column of a printed table; its share is of the page's width, in hundredths.</summary>
public sealed record PrintColumn(string Title, int Share, bool IsNumber = false);

/// <summary>A document to be printed: a title, a few facts, and a table that may go over many pages.</summary>
public sealed record Printout(
    Letterhead Letterhead,
    string Title,
    IReadOnlyList<(string Label, string Text)> Facts,
    IReadOnlyList<PrintColumn> Columns,
    IReadOnlyList<IReadOnlyList<string>> Rows,
    IReadOnlyList<string>? Totals,
    string Footer
)
{
    /// <summary>More is no longer read on paper.</summary>
    public const int MostRows = 5000;
}
