namespace Millrace.Kernel;

/// <summary>
/// The bars of Code 128 (ISO/IEC 15417) for plain ASCII text: set B, and set C for long rows of digits, two in one sign.
/// </summary>
internal static class Code128
{
    private const int SetB = 104;
    private const int SetC = 105;
    private const int ToC = 99;
    private const int ToB = 100;

    /// <summary>Behind the start it says that what follows is numbered as GS1 has it.</summary>
    private const int Function1 = 102;
    private const string Stop = "2331112";

    // Widths of three bars and three gaps in turn, for the values 0 to 105.
    private static readonly string[] Signs =
    [
        .. (
            "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
            + "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
            + "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
            + "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
            + "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
            + "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
            + "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232"
        ).Split(' '),
    ];

    /// <summary>Letters beyond ASCII have no bars.</summary>
    internal static bool Holds(string text) => text.Length > 0 && text.All(letter => letter is >= ' ' and <= '~');

    /// <summary>How wide each bar and each gap is, in modules, beginning with a bar.</summary>
    internal static int[] Widths(string text, bool ofGs1 = false)
    {
        if (!Holds(text))
            throw new ArgumentException($"{text} cannot be written as Code 128.", nameof(text));
        var values = Values(text);
        if (ofGs1)
            values.Insert(1, Function1);
        var check = (values[0] + values.Select((value, at) => value * at).Sum()) % 103;
        return [.. values.Append(check).SelectMany(value => Signs[value]).Concat(Stop).Select(width => width - '0')];
    }

    private static List<int> Values(string text)
    {
        var values = new List<int>();
        var inC = false;
        for (var at = 0; at < text.Length; )
        {
            var digits = text[at..].TakeWhile(char.IsAsciiDigit).Count();
            // A change of sets costs a sign, so it has to save more than one.
            var wantsC = digits >= 2 && (inC || digits >= 6 || (digits >= 4 && (at == 0 || at + digits == text.Length)));
            if (values.Count == 0)
                values.Add(wantsC ? SetC : SetB);
            else if (wantsC != inC)
                values.Add(wantsC ? ToC : ToB);
            inC = wantsC;
            values.Add(inC ? ((text[at] - '0') * 10) + text[at + 1] - '0' : text[at] - ' ');
            at += inC ? 2 : 1;
        }
        return values;
    }
}
