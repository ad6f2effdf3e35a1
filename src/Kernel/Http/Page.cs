using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>One page of a list, and the cursor of the next one when there is more.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>Where a list is followed live: the position from which on events are not yet in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Position { get; init; }
}

/// <summary>Which page is wanted: <c>?limit=50&amp;after=…</c>.</summary>
public readonly record struct PageOf(int Limit, string? After)
{
    private const int Most = 200;

    public static ValueTask<PageOf> BindAsync(HttpContext http)
    {
        var limit = 50;
        var given = http.Request.Query["limit"].ToString();
        if (given.Length > 0 && (!int.TryParse(given, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > Most))
            throw Invalid.Field("limit", $"limit must be a number from 1 to {Most}.");
        return ValueTask.FromResult(new PageOf(limit, http.Request.Query["after"]));
    }

    /// <summary>The keys after which this page begins, or the default when it is the first.</summary>
    public TKey? Start<TKey>()
    {
        if (string.IsNullOrEmpty(After))
            return default;
        try
        {
            return JsonSerializer.Deserialize<TKey>(Convert.FromBase64String(After), Wire.Options)
                ?? throw new JsonException("A cursor is never null.");
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            throw Invalid.Field("after", "after must be the cursor that the page before has given as next.");
        }
    }

    /// <summary>Read one row more than the limit; the page is cut here and told where it ends.</summary>
    public Page<T> Cut<T, TKey>(List<T> rows, Func<T, TKey> keyOf) =>
        Cut(rows, row => row, row => JsonSerializer.Serialize(keyOf(row), Wire.Options));

    /// <summary>The same for rows that carry their keys as JSON beside them.</summary>
    internal Page<T> Cut<TRead, T>(List<TRead> rows, Func<TRead, T> rowOf, Func<TRead, string> keyOf)
    {
        var shown = rows.Take(Limit).Select(rowOf).ToList();
        return new Page<T>(
            shown,
            rows.Count <= Limit ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(keyOf(rows[Limit - 1])))
        );
    }
}
