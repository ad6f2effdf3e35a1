using System.Globalization;
using System.Text;

namespace Millrace.Kernel;

/// <summary>A file's name without anything that could be a path, a header or a trick of the eye.</summary>
internal static class FileName
{
    private const int Longest = 200;

    /// <summary>
    /// Of a file that is sent. A program that sends a path, or a way out of a folder, is wrong or means harm: it is told so.
    /// </summary>
    internal static string Sent(string given) =>
        given.AsSpan().IndexOfAny('/', '\\') < 0 && given.Trim() != ".." && given is not [_, ':', ..]
            ? Plain(given)
            : throw Invalid.Field("name", "name must be the name of a file alone, such as invoice.pdf, without a folder.");

    internal static string Plain(string given)
    {
        var name = given[(given.LastIndexOfAny(['/', '\\']) + 1)..];
        var letters = name.Where(letter => Category(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            .Select(letter => letter is '"' or '<' or '>' or ':' or '|' or '?' or '*' ? '_' : letter);
        name = string.Concat(letters).Trim(' ', '.');
        try
        {
            name = name.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            name = ""; // half of a surrogate pair
        }
        return name.Length is > 0 and <= Longest && name.Any(char.IsLetterOrDigit)
            ? name
            : throw Invalid.Field(
                "name",
                $"name must be the name of a file, such as invoice.pdf, with 1 to {Longest} characters."
            );
    }

    private static UnicodeCategory Category(char letter) => CharUnicodeInfo.GetUnicodeCategory(letter);
}
