using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Millrace.Kernel;

/// <summary>Subject and body in one language; {name} stands for a value, an empty line begins a paragraph.</summary>
public sealed record MailText(string Subject, string Body);

/// <summary>A mail the program writes, in the languages of its readers.</summary>
public sealed record MailTemplate(string Name, MailText English, MailText Turkish)
{
    internal MailText In(string language) => language == "tr" ? Turkish : English;
}

/// <summary>A template with its values: the subject, and the body as plain text and as simple HTML.</summary>
internal sealed partial record WrittenMail(string Subject, string Text, string Html)
{
    internal static WrittenMail Write(MailText template, IReadOnlyDictionary<string, string> values) =>
        new(
            Fill(template.Subject, values, Line),
            Fill(template.Body, values, value => value),
            Page(Paragraphs(template.Body).Select(paragraph => Fill(Encode(paragraph), values, Marked)))
        );

    private static string Fill(string text, IReadOnlyDictionary<string, string> values, Func<string, string> show) =>
        Hole()
            .Replace(
                text,
                hole =>
                    values.TryGetValue(hole.Groups["name"].Value, out var value)
                        ? show(value)
                        : throw new InvalidOperationException($"The template wants {hole.Value}, which the mail does not have.")
            );

    // A value of several lines has no place in a header.
    private static string Line(string value) => string.Join(' ', value.Split((char[])['\r', '\n', '\t', '\0'], Trim));

    private static string[] Paragraphs(string text) => text.ReplaceLineEndings("\n").Split("\n\n", Trim);

    private static string Encode(string text) => WebUtility.HtmlEncode(text).Replace("\n", "<br>", StringComparison.Ordinal);

    private static string Marked(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var link) && link.Scheme is "http" or "https"
            ? $"<a href=\"{WebUtility.HtmlEncode(value)}\">{WebUtility.HtmlEncode(value)}</a>"
            : Encode(value);

    private static string Page(IEnumerable<string> paragraphs) =>
        paragraphs
            .Aggregate(
                new StringBuilder("<!doctype html><html><body style=\"font-family:sans-serif;line-height:1.5\">"),
                (page, paragraph) => page.Append(CultureInfo.InvariantCulture, $"<p>{paragraph}</p>")
            )
            .Append("</body></html>")
            .ToString();

    private const StringSplitOptions Trim = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    [GeneratedRegex(@"\{(?<name>[a-zA-Z]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hole();
}
