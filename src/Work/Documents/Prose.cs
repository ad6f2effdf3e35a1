using System.ComponentModel.DataAnnotations;

namespace Millrace.Work;

/// <summary>A text of several lines: new lines are the only control characters in it.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class ProseAttribute(int longest) : ValidationAttribute
{
    public bool MayBeEmpty { get; init; }

    public override bool IsValid(object? value) =>
        value is null
        || (
            value is string text
            && text.Length <= longest
            && (MayBeEmpty || !string.IsNullOrWhiteSpace(text))
            && !text.Any(letter => char.IsControl(letter) && letter != '\n')
            && text.IsNormalized()
        );

    public override string FormatErrorMessage(string name) =>
        $"{name} must be a text with {(MayBeEmpty ? "at most" : "1 to")} {longest} characters.";
}
