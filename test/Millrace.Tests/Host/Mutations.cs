using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millrace.Tests;

/// <summary>Every way in which a valid body is made a bad one: place by place, by the kind of what stands there.</summary>
internal static class Mutations
{
    /// <summary>A place of a body: how a message names it, and how a value is put there.</summary>
    private sealed record Place(string Name, string Property, JsonNode? Value, Func<JsonNode, JsonNode> Owner, bool Optional);

    // These may be left out, be empty or be null.
    private static readonly string[] Optional =
    [
        "bin",
        "lot",
        "reference",
        "tenantId",
        "phone",
        "note",
        "comment",
        "submit",
        "customer",
        "dueOn",
        "mentions",
        "tagIds",
        "assigneeId",
        "projectId",
        "categoryId",
    ];

    // The same in the addresses that begin so, where the names mean something else than elsewhere.
    private static readonly Dictionary<string, string[]> OptionalAt = new(StringComparer.Ordinal)
    {
        ["/api/v1/partners"] =
        [
            "supplier",
            "taxNumber",
            "taxOffice",
            "currency",
            "language",
            "paymentDays",
            "email",
            "website",
            "addresses",
            "contacts",
            "region",
            "postalCode",
            "role",
            "id",
            "creditLimit",
            "reason",
        ],
        ["/api/v1/receipts"] = ["status", "reason", "expires", "take", "expectedId", "unit", "ownerId"],
        ["/api/v1/items"] = ["tracking"],
        ["/api/v1/issues"] = ["status", "expires", "take", "reservationId", "unit"],
        ["/api/v1/reservations"] = ["whenShort", "priority", "heldUntil", "neededOn", "unit", "bin", "lot"],
        ["/api/v1/warehouses"] = ["zone", "putAwayOrder", "removalOrder"],
        ["/api/v1/transfers"] = ["status", "toStatus", "toBin", "unit"],
        ["/api/v1/imports"] = ["onlyGood", "mayUpdate"],
        ["/api/v1/exchanges"] = ["format", "language", "onlyGood", "mayUpdate", "query"],
        ["/api/v1/fields"] = ["choices", "position"],
        ["/api/v1/field-values"] = ["extra"],
        ["/api/v1/list-views"] = ["query", "usual"],
    };

    // Texts of several lines.
    private static readonly string[] Prose = ["note", "text"];

    // Raw JSON, so that a half of a surrogate pair can stand there.
    private static readonly string[] BadTexts =
    [
        "\"a\\u0000b\"",
        "\"a\\u0007b\"",
        "\"a\\nb\"",
        "\"\\ud800\"",
        "\"a\\udc00b\"",
        "17",
        "true",
        "{}",
        "[]",
        $"\"{new string('x', 5000)}\"",
    ];

    private static readonly string[] BadDecimals =
    [
        "1",
        "1.5",
        "-1",
        "\"-1\"",
        "\"1.1234567\"",
        "\"1e3\"",
        "\"NaN\"",
        "\"1,5\"",
        "\"+ 1\"",
        "\"0x10\"",
        "\"\"",
        "\"1000000000000\"",
        "\"79228162514264337593543950336\"",
        $"\"{new string('9', 400)}\"",
        "\"a\\u0000\"",
        "true",
        "{}",
        "null",
    ];

    private static readonly string[] BadIds =
    [
        "\"not-an-id\"",
        "\"\"",
        "17",
        "null",
        "[]",
        "\"00000000-0000-0000-0000-000000000000\"",
        "\"018f6d3e-8c2a-7d10-9a53-0c7b7f0d2b11\"",
        "\"{018f6d3e-8c2a-7d10-9a53-0c7b7f0d2b1\"",
    ];

    private static readonly string[] BadDates =
    [
        "\"2026-13-01\"",
        "\"2026-02-30\"",
        "\"20.11.2026\"",
        "\"2026-11-20T10:00:00Z\"",
        "\"0001-01-01\"",
        "\"9999-12-31\"",
        "20261120",
        "\"\"",
        "null",
    ];

    private static readonly string[] BadLists = ["null", "[]", "{}", "\"x\"", "[null]", "[[]]", "[17]"];

    private static readonly string[] BadNumbers = ["1.5", "99999999999", "\"1\"", "true", "{}", "-1"];

    private static readonly string[] BadFlags = ["\"true\"", "1", "null", "{}", "[]"];

    internal static IEnumerable<(string What, string Body)> Of(string valid, string path = "")
    {
        var here = OptionalAt.Where(one => path.StartsWith(one.Key, StringComparison.Ordinal)).SelectMany(one => one.Value);
        foreach (var place in Places(JsonNode.Parse(valid), "$", root => root, [.. Optional, .. here]))
        {
            if (place.Property.Length > 0 && !place.Optional)
                yield return ($"{place.Name} left out", Changed(valid, place, owner => owner.Remove(place.Property)));
            foreach (var bad in BadAt(place))
                yield return ($"{place.Name} = {(bad.Length > 60 ? bad[..60] : bad)}", Replaced(valid, place, bad));
            if (place.Value is JsonObject)
                yield return ($"{place.Name} with a field nobody knows", Changed(valid, place, owner => owner["zzz"] = 1));
        }
        foreach (var (what, body) in Whole(valid))
            yield return (what, body);
    }

    private static IEnumerable<(string What, string Body)> Whole(string valid)
    {
        yield return ("no body", "");
        foreach (var text in (string[])["null", "[]", "17", "\"x\"", "{", "{]", "{\"a\"", "nonsense", "{}"])
            yield return ($"the body {text}", text);
        yield return ("a body cut short", valid[..^1]);
        yield return ("a body with a tail", valid + "x");
        yield return ("two bodies", valid + valid);
        yield return ("a comment", valid.Replace("{", "{/* */", StringComparison.Ordinal));
        yield return ("a comma too many", valid[..^1] + ",}");
        yield return ("deep nesting", $"{string.Concat(Enumerable.Repeat("{\"a\":", 200))}1{new string('}', 200)}");
        yield return ("a field inside 5,000 lists", valid[..^1] + $",\"zzz\":{new string('[', 5000)}{new string(']', 5000)}}}");
        foreach (var (name, value) in JsonNode.Parse(valid)!.AsObject())
            yield return ($"{name} given twice", $"{valid[..^1]},\"{name}\":{value!.ToJsonString()}}}");
    }

    private static string[] BadAt(Place place) =>
        place.Value switch
        {
            JsonArray => [.. ListsFor(place), $"[{string.Join(',', Enumerable.Repeat(place.Value[0]!.ToJsonString(), 501))}]"],
            JsonObject => [],
            JsonValue value when value.GetValueKind() == JsonValueKind.Number => BadNumbers,
            JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => BadFlags,
            _ when place.Property.EndsWith("Id", StringComparison.Ordinal) => place.Optional
                ? [.. BadIds.Except(["null"])]
                : BadIds,
            _ when place.Property is "quantity" => [.. BadDecimals, "\"0\""],
            _ when place.Property is "difference" => [.. BadDecimals.Except(["\"-1\""]), "\"0\""],
            _ when place.Property is "unitCost" or "from" => BadDecimals,
            _ when Prose.Contains(place.Property) => [.. BadTexts.Except(["\"a\\nb\""])],
            _ when place.Property is "date" => BadDates,
            _ when place.Property is "password" => ["17", "null", "{}", $"\"{new string('x', 5000)}\"", "\"\"", "\"wrong\""],
            _ when place.Optional => BadTexts,
            _ => [.. BadTexts, "null", "\"\"", "\"  \""],
        };

    private static IEnumerable<string> ListsFor(Place place) =>
        place.Optional ? BadLists.Except(["null", "[]"])
        : place.Property is "conditions" ? BadLists.Except(["[]"])
        : BadLists;

    private static IEnumerable<Place> Places(JsonNode? node, string name, Func<JsonNode, JsonNode> find, string[] optional)
    {
        if (node is JsonArray)
            foreach (var place in Places(node[0], $"{name}[0]", root => find(root)[0]!, optional))
                yield return place;
        if (node is not JsonObject fields)
            yield break;
        yield return new Place(name, "", fields, find, false);
        foreach (var (property, value) in fields)
        {
            yield return new Place($"{name}.{property}", property, value, find, optional.Contains(property));
            foreach (var place in Places(value, $"{name}.{property}", root => find(root)[property]!, optional))
                yield return place;
        }
    }

    private static string Changed(string valid, Place place, Action<JsonObject> change)
    {
        var root = JsonNode.Parse(valid)!;
        change(place.Owner(root).AsObject());
        return root.ToJsonString();
    }

    private static string Replaced(string valid, Place place, string raw) =>
        Changed(valid, place, owner => owner[place.Property] = "@here@").Replace("\"@here@\"", raw, StringComparison.Ordinal);
}
