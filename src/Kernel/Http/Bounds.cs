using System.ComponentModel.DataAnnotations;

namespace Millrace.Kernel;

/// <summary>
/// A number that the database can keep exactly: between two bounds, with at most so many digits behind the point.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public abstract class ExactAttribute(string least, string most, int digits) : ValidationAttribute
{
    private readonly decimal _least = decimal.Parse(least, System.Globalization.CultureInfo.InvariantCulture);
    private readonly decimal _most = decimal.Parse(most, System.Globalization.CultureInfo.InvariantCulture);

    public override bool IsValid(object? value) =>
        value is null || (value is decimal number && number >= _least && number <= _most && number.Scale <= digits);

    public override string FormatErrorMessage(string name) =>
        $"{name} must be between {least} and {most}, with at most {digits} digits behind the point.";
}

/// <summary>More than nothing and less than a billion, to six digits.</summary>
public sealed class QuantityAttribute() : ExactAttribute("0.000001", "999999999", 6);

/// <summary>A price or cost of one unit; nothing is allowed, less than nothing is not.</summary>
public sealed class UnitCostAttribute() : ExactAttribute("0", "9999999999", 6);

/// <summary>
/// A short text that is more than white space and holds no control characters; of many lines, when it may, with new lines. Of
/// a list of texts, each of them.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class TextAttribute(int longest) : ValidationAttribute
{
    public bool MayBeEmpty { get; init; }

    public bool ManyLines { get; init; }

    public override bool IsValid(object? value) =>
        value switch
        {
            null => true,
            string text => Fits(text),
            IEnumerable<string?> texts => texts.All(text => text is null || Fits(text)),
            _ => false,
        };

    private bool Fits(string text) =>
        text.Length <= longest
        && (MayBeEmpty || !string.IsNullOrWhiteSpace(text))
        && !text.Any(letter => char.IsControl(letter) && !(ManyLines && letter == '\n'))
        && text.IsNormalized();

    public override string FormatErrorMessage(string name) =>
        $"{name} must be a {(ManyLines ? "text" : "line of text")} with "
        + $"{(MayBeEmpty ? "at most" : "1 to")} {longest} characters.";
}

/// <summary>A list without gaps: none of its entries is null.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class FilledAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is not IEnumerable<object?> entries || !entries.Contains(null);

    public override string FormatErrorMessage(string name) => $"{name} must not hold null.";
}

/// <summary>One of a fixed list of words.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class OneOfAttribute(params string[] words) : ValidationAttribute
{
    public override bool IsValid(object? value) =>
        value is null || (value is string word && words.Contains(word, StringComparer.Ordinal));

    public override string FormatErrorMessage(string name) => $"{name} must be one of: {string.Join(", ", words)}.";
}
