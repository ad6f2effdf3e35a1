using System.Text.RegularExpressions;

namespace Millrace.Tests;

/// <summary>The rules of the style that a machine can check; each says what is wrong with one file.</summary>
internal static partial class StyleRules
{
    internal static IEnumerable<string> Length(Source file) =>
        file.Lines.Count > 300 ? [$"{file.Path} has {file.Lines.Count} lines"] : [];

    internal static IEnumerable<string> Width(Source file)
    {
        var widest = file.Path.EndsWith(".sql", StringComparison.Ordinal) ? 150 : 130;
        return from line in file.Lines.Select((text, at) => (text, at))
            where line.text.Length > widest
            select $"{file.Path}:{line.at + 1} is {line.text.Length} wide";
    }

    internal static IEnumerable<string> Unfinished(Source file) => file.Places(Unfinished());

    internal static IEnumerable<string> Names(Source file) => file.Places(EmptyNames());

    /// <summary>A folder is a topic; these are layers.</summary>
    internal static IEnumerable<string> Folders(Source file) =>
        from folder in file.Path.Split('/').SkipLast(1)
        where
            folder
                is "Services"
                    or "Handlers"
                    or "Models"
                    or "Common"
                    or "Helpers"
                    or "Utils"
                    or "Managers"
                    or "Dtos"
                    or "Interfaces"
        select $"{file.Path} is in {folder}";

    internal static IEnumerable<string> FloatingPoint(Source file) => file.Places(FloatingPoint());

    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HA[C]K|XX[X])\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(
        @"\b(class|record|struct|interface|enum) +\w*(Manager|Helper|Helpers|Util|Utils|Service|Impl|Dto|Base)\b",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex EmptyNames();

    [GeneratedRegex(
        @"\b(double|float|Double|Single|Half|double precision|real|float4|float8|money)\b(?! *=>)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex FloatingPoint();
}
