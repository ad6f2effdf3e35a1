using System.Globalization;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// The Serial Shipping Container Code of GS1: 17 digits that say who gave it and which one it is, and a last one that tells a
/// mistyped number from a right one.
/// </summary>
internal static class Sscc
{
    internal const int Length = 18;

    /// <summary>Eighteen digits: no bin that is not a unit has such a name.</summary>
    internal static bool LooksLike(string text) => text.Length == Length && text.All(char.IsAsciiDigit);

    /// <summary>The number of a company: the first digit of the count, its prefix, the rest of the count.</summary>
    internal static string? Of(string prefix, long given)
    {
        var room = Length - 1 - prefix.Length;
        var count = given.ToString("D" + room, CultureInfo.InvariantCulture);
        if (count.Length > room)
            return null;
        var digits = count[..1] + prefix + count[1..];
        return digits + CheckDigit(digits);
    }

    internal static Refused? RefusalOf(string text)
    {
        if (!LooksLike(text))
            return new Refused(
                "sscc.digits",
                $"{text} is no SSCC: that has {Length} digits. Scan the bars that begin with (00).",
                new { Sscc = text }
            );
        var wanted = CheckDigit(text[..^1]);
        return text[^1] == wanted
            ? null
            : new Refused(
                "sscc.check_digit",
                $"The last digit of {text} would be {wanted}. Look for a mistyped digit, or scan it.",
                new { Sscc = text, Wanted = wanted.ToString() }
            );
    }

    // From the right, every other digit counts three times; the last one makes the sum a multiple of ten.
    private static char CheckDigit(string digits)
    {
        var sum = digits.Reverse().Select((digit, at) => (digit - '0') * (at % 2 == 0 ? 3 : 1)).Sum();
        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
