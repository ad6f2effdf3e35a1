using System.Text.Json;
using System.Text.RegularExpressions;

namespace Millrace.Tests;

/// <summary>A parameter as the document declares it.</summary>
public sealed record ApiParameter(string Name, string In, bool Required, JsonElement Schema);

/// <summary>An endpoint as the document of the running program declares it.</summary>
public sealed partial record ApiEndpoint(
    string Method,
    string Template,
    IReadOnlyList<ApiParameter> Parameters,
    string? MediaType,
    JsonElement Body,
    IReadOnlySet<int> Statuses,
    JsonElement Document
)
{
    public string Name => $"{Method} {Template}";

    /// <summary>Tokens are given by the rules of OAuth, which has a form of errors of its own.</summary>
    public bool IsOfOAuth => Template is "/oauth/token" or "/oauth/revoke";

    /// <summary>Attempts are counted here, and after too many the door is closed to all that follow.</summary>
    public bool CountsAttempts =>
        Method != "GET"
        && (
            Template.StartsWith("/api/v1/session", StringComparison.Ordinal)
            || Template.StartsWith("/api/v1/password-resets", StringComparison.Ordinal)
            || Template is "/api/v1/invitations/acceptance" or "/api/v1/device-enrolments"
        );

    public static IReadOnlyList<ApiEndpoint> Of(JsonElement document) =>
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            select Read(document, path.Name, method.Name.ToUpperInvariant(), method.Value),
        ];

    /// <summary>The values that a path holds, by the names of the holes; null when it is none of this endpoint.</summary>
    public IReadOnlyDictionary<string, string>? Holes(string path)
    {
        var pattern = $"^{Hole().Replace(Template, "(?<${name}>[^/]+)")}$";
        var match = Regex.Match(path, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return match.Success
            ? Parameters.Where(one => one.In == "path").ToDictionary(one => one.Name, one => match.Groups[one.Name].Value)
            : null;
    }

    public string Path(Func<string, string> fill) => Hole().Replace(Template, hole => fill(hole.Groups["name"].Value));

    /// <summary>What a reference stands for; of a choice the one that is not null.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Resolve(
                reference
                    .GetString()!
                    .Split('/')
                    .Skip(1)
                    .Aggregate(Document, (at, part) => at.GetProperty(part.Replace("~1", "/", StringComparison.Ordinal)))
            );
        foreach (var choice in (string[])["oneOf", "anyOf"])
            if (schema.TryGetProperty(choice, out var choices))
                return Resolve(choices.EnumerateArray().Last(one => TypeOf(one) != "null"));
        return schema;
    }

    /// <summary>The type that is not null.</summary>
    public static string TypeOf(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? "object"
        : type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Select(one => one.GetString()!).First(one => one != "null")
        : type.GetString()!;

    private static ApiEndpoint Read(JsonElement document, string template, string method, JsonElement operation)
    {
        var parameters = operation.TryGetProperty("parameters", out var declared) ? declared.EnumerateArray() : default;
        var (media, body) = (default(string), default(JsonElement));
        if (operation.TryGetProperty("requestBody", out var request))
            foreach (var content in request.GetProperty("content").EnumerateObject())
                (media, body) = (content.Name, content.Value.GetProperty("schema"));
        return new ApiEndpoint(
            method,
            template,
            [
                .. parameters.Select(one => new ApiParameter(
                    one.GetProperty("name").GetString()!,
                    one.GetProperty("in").GetString()!,
                    one.TryGetProperty("required", out var required) && required.GetBoolean(),
                    one.GetProperty("schema")
                )),
            ],
            media,
            body,
            operation
                .GetProperty("responses")
                .EnumerateObject()
                .Select(one => int.Parse(one.Name, System.Globalization.CultureInfo.InvariantCulture))
                .ToHashSet(),
            document
        );
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hole();
}
