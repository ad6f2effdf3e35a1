using System.Globalization;
using System.Text;

namespace Millrace.Kernel;

/// <summary>Makes of the cells of a row what the fields say they are; every fault of a row is found at once.</summary>
internal sealed class RowReader(ImportKind kind, FileForm form, IReadOnlyDictionary<string, int> mapping)
{
    private readonly List<(ImportField Field, int At)> _mapped =
    [
        .. kind.Fields.Where(field => mapping.ContainsKey(field.Name)).Select(field => (field, mapping[field.Name])),
    ];

    // Where a key stood first; texts are short and rows are bounded, so this stays within a few dozen megabytes.
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);

    internal (ImportRow Row, IReadOnlyList<ImportFault> Faults) Read(SheetRow row)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        var faults = new List<ImportFault>();
        foreach (var (field, at) in _mapped)
        {
            var cell = at < row.Cells.Count ? row.Cells[at] : null;
            var (value, code) = cell is null or "" ? (field.Otherwise, field.Needed ? "needed" : null) : Value(field, cell);
            if (code is not null)
                faults.Add(new ImportFault(row.No, field.Name, Shown(cell), code, Sentence(field, code)));
            else if (value is not null && field.Rules.FirstOrDefault(rule => !rule.IsValid(value)) is { } broken)
                faults.Add(
                    new ImportFault(row.No, field.Name, Shown(cell), "rule", broken.FormatErrorMessage(field.Title.English))
                );
            values[field.Name] = value;
        }
        if (faults.Count == 0 && KeyOf(values) is { } key && !_keys.TryAdd(key, row.No))
            faults.Add(
                new ImportFault(
                    row.No,
                    kind.Fields.First(field => field.Key).Name,
                    key.Replace('\u001f', ' '),
                    "twice",
                    $"Row {_keys[key].ToString(CultureInfo.InvariantCulture)} has the same key. Keep one of the two."
                )
            );
        return (new ImportRow(row.No, values), faults);
    }

    private string? KeyOf(Dictionary<string, object?> values)
    {
        var keys = kind.Fields.Where(field => field.Key).ToList();
        return keys.Count == 0
            ? null
            : string.Join('\u001f', keys.Select(field => values.GetValueOrDefault(field.Name)?.ToString()));
    }

    private (object? Value, string? Code) Value(ImportField field, object cell) =>
        field.Kind switch
        {
            ColumnKind.Number => cell is decimal number ? (number, null)
            : cell is string text && form.Number(text) is { } read ? (read, null)
            : (null, "number"),
            ColumnKind.Date => cell is DateTime date ? (DateOnly.FromDateTime(date), null)
            : cell is string text && form.Date(text) is { } read ? (read, null)
            : (null, "date"),
            ColumnKind.Flag => Flag(cell) is { } flag ? (flag, null) : (null, "flag"),
            ColumnKind.Choice => ChoiceOf(field, Shown(cell)) is { } choice ? (choice, null) : (null, "choice"),
            _ => (Shown(cell).Normalize(NormalizationForm.FormC), null),
        };

    private static bool? Flag(object cell) =>
        cell is bool flag
            ? flag
            : Folded(Shown(cell)) switch
            {
                "yes" or "y" or "true" or "1" or "x" or "evet" or "e" or "dogru" => true,
                "no" or "n" or "false" or "0" or "hayir" or "h" or "yanlis" => false,
                _ => null,
            };

    private static string? ChoiceOf(ImportField field, string text) =>
        field
            .Choices.FirstOrDefault(one =>
                Folded(text) is var folded
                && (Folded(one.Value) == folded || Folded(one.Title.English) == folded || Folded(one.Title.Turkish) == folded)
            )
            ?.Value;

    private static string Shown(object? cell) =>
        cell switch
        {
            null => "",
            decimal number => number.ToString("0.##########", CultureInfo.InvariantCulture),
            DateTime date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => cell.ToString() ?? "",
        };

    private static string Sentence(ImportField field, string code) =>
        code switch
        {
            "needed" => $"{field.Title.English} is missing.",
            "number" => $"{field.Title.English} must be a number, such as {field.Example}.",
            "date" => $"{field.Title.English} must be a date, such as {field.Example}.",
            "flag" => $"{field.Title.English} must be yes or no.",
            _ => $"{field.Title.English} must be one of: {string.Join(", ", field.Choices.Select(one => one.Title.English))}.",
        };

    /// <summary>As people compare: without case, accents and the Turkish dots.</summary>
    internal static string Folded(string text) =>
        string.Concat(
            text.Trim()
                .Replace('ı', 'i')
                .Replace('İ', 'i')
                .Normalize(NormalizationForm.FormD)
                .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                .Select(char.ToLowerInvariant)
        );
}
