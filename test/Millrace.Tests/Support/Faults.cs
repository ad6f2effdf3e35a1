using System.Text.RegularExpressions;

namespace Millrace.Tests;

/// <summary>Collects what is wrong with answers to bad requests, so that one run shows all of it.</summary>
public sealed partial class Faults
{
    private readonly List<string> _found = [];

    public int Checked { get; private set; }

    /// <summary>
    /// A bad request is answered with a 4xx, as a problem with a stable code, and without a word about the inside.
    /// </summary>
    public void Check(string what, Answer answer, int? status = null, string? code = null)
    {
        Checked++;
        var fault =
            (int)answer.Status is < 400 or > 499 ? "was not refused"
            : status is { } wanted && (int)answer.Status != wanted ? $"is not {wanted}"
            : !answer.Text.StartsWith("{\"type\":\"/problems/", StringComparison.Ordinal) ? "is no problem"
            : !Code().IsMatch(answer.Code) ? "has no stable code"
            : code is not null && answer.Code != code ? $"is not {code}"
            : Inside().IsMatch(answer.Text) ? "tells of the inside"
            : null;
        if (fault is not null)
            _found.Add($"{what} {fault}: {(int)answer.Status} {(answer.Text.Length > 300 ? answer.Text[..300] : answer.Text)}");
    }

    public void None()
    {
        Assert.True(Checked > 0, "Nothing was checked.");
        Assert.True(_found.Count == 0, $"{_found.Count} of {Checked}:\n{string.Join('\n', _found)}");
    }

    [GeneratedRegex("^[a-z_]+(\\.[a-z_]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(
        @"System\.|Microsoft\.|Millrace\.|Npgsql|Exception|StackTrace|\bat [A-Z]\w+\.|\.cs\b|Guid|DateOnly"
            + @"|DateTime|Int32|Int64|Nullable|Boolean"
            + @"|\bRequest request\b|\bint\b|\bstring\? |select |insert |kernel\.|BytePosition|LineNumber",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Inside();
}
