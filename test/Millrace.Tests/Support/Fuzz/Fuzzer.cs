using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millrace.Tests;

/// <summary>One request, ready to be sent, and said in a line.</summary>
public sealed record FuzzedRequest(
    string Method,
    string Address,
    byte[]? Body,
    string? MediaType,
    IReadOnlyList<(string Name, string Value)> Headers,
    bool AddressIsOdd
)
{
    public override string ToString()
    {
        var body = Body is null ? "" : Encoding.UTF8.GetString(Body);
        var headers = string.Join(", ", Headers.Select(one => $"{one.Name}: {one.Value}"));
        return $"{Method} {Address} [{MediaType}] [{headers}] {(body.Length > 600 ? body[..600] + "…" : body)}";
    }

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(HttpMethod.Parse(Method), new Uri(Address, UriKind.Relative));
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            if (MediaType is not null)
                message.Content.Headers.TryAddWithoutValidation("Content-Type", MediaType);
        }
        foreach (var (name, value) in Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }
}

/// <summary>Makes requests for one endpoint from what the document says of it: some right, most wrong somewhere.</summary>
public sealed class Fuzzer(ApiEndpoint endpoint, Vocabulary own, Vocabulary foreign, Dice dice)
{
    private const string Raw = "\u0001raw\u0001";
    private readonly List<string> _usedKeys = [];
    private readonly List<string> _raw = [];

    public FuzzedRequest Next()
    {
        // Whatever is drawn, is drawn in the same order in every run.
        var wrong = dice.Throw(8);
        var (address, odd) = Address(wrong is 0 or 1);
        var (body, media) = Body(wrong is 2 or 3 or 4 or 5);
        var headers = Headers(wrong is 6);
        return new FuzzedRequest(endpoint.Method, address, body, media, headers, odd);
    }

    private bool Chance(int percent) => dice.Throw(100) < percent;

    private T Any<T>(IReadOnlyList<T> list) => list[dice.Throw(list.Count)];

    private string Fresh()
    {
        var bytes = new byte[16];
        for (var at = 0; at < bytes.Length; at++)
            bytes[at] = (byte)dice.Throw(256);
        return new Guid(bytes).ToString();
    }

    private (string Address, bool Odd) Address(bool wrong)
    {
        var odd = false;
        var path = endpoint.Path(name =>
        {
            if (wrong && Chance(60))
            {
                var part = Any(OddValues.Address);
                (part, odd) = (part.Length == 0 ? "%20" : part, true);
                return part;
            }
            return (
                    dice.Throw(10) switch
                    {
                        0 => foreign.Hole(endpoint.Template, name, dice),
                        1 when name != "year" && name != "period" => Fresh(),
                        _ => own.Hole(endpoint.Template, name, dice),
                    }
                ) ?? Uri.EscapeDataString($"{Value(Schema(name), name, 0)}");
        });
        var query = new List<string>();
        foreach (var one in endpoint.Parameters.Where(one => one.In == "query"))
        {
            if (!Chance(one.Required ? 92 : 50))
                continue;
            // Of several values each is given by itself; one is enough here.
            var schema = one.Schema.TryGetProperty("items", out var entry) ? entry : one.Schema;
            var value = wrong && Chance(50) ? Any(OddValues.Address) : Uri.EscapeDataString($"{Value(schema, one.Name, 0)}");
            query.Add($"{one.Name}={value}");
            if (wrong && Chance(8))
                query.Add($"{one.Name}={value}");
        }
        if (Chance(5))
            query.Add($"unknown={Any(OddValues.Address)}");
        return (query.Count == 0 ? path : $"{path}?{string.Join('&', query)}", odd);
    }

    private JsonElement Schema(string name) => endpoint.Parameters.First(one => one.Name == name).Schema;

    private List<(string Name, string Value)> Headers(bool wrong)
    {
        var headers = new List<(string Name, string Value)>();
        if (endpoint.Parameters.Any(one => one.Name == "Idempotency-Key"))
        {
            var key = Fresh();
            if (wrong && Chance(60))
                key = _usedKeys.Count > 0 && Chance(60) ? Any(_usedKeys) : Any(OddValues.Keys);
            else
                _usedKeys.Add(key);
            if (!wrong || Chance(85))
                headers.Add(("Idempotency-Key", key));
            if (wrong && Chance(15))
                headers.Add(("Idempotency-Key", Fresh()));
        }
        if (endpoint.Statuses.Contains(412) && !(wrong && Chance(20)))
            headers.Add(("If-Match", wrong && Chance(60) ? Any(OddValues.Tags) : $"\"{1 + dice.Throw(4)}\""));
        if (wrong)
            headers.Add(Any(OddValues.Headers));
        return headers;
    }

    private (byte[]? Body, string? Media) Body(bool wrong)
    {
        if (endpoint.MediaType is null)
        {
            // An endpoint that takes none gets one now and then; one that takes a file gets bytes.
            var file = endpoint.Method == "PUT" && Chance(80);
            return file || (wrong && Chance(30))
                ? (Encoding.UTF8.GetBytes(file ? $"A file of {dice.Throw(1000)}" : Any(OddValues.Json)), Any(Media))
                : (null, null);
        }
        if (endpoint.MediaType.Contains("form", StringComparison.Ordinal))
            return (Encoding.UTF8.GetBytes(Form()), wrong && Chance(10) ? "text/plain" : endpoint.MediaType);
        var media = wrong && Chance(5) ? Any(Media) : endpoint.MediaType;
        if (wrong && Chance(10))
            return (Encoding.UTF8.GetBytes(Any(OddValues.Bodies)), media);
        _raw.Clear();
        var body = Value(endpoint.Body, "", 0);
        for (var times = wrong ? 1 + dice.Throw(2) : 0; times > 0 && body is JsonObject or JsonArray; times--)
            Spoil(body);
        var bytes = Encoding.UTF8.GetBytes(Written(body));
        if (wrong && Chance(3))
            bytes[dice.Throw(bytes.Length)] = 0xC3;
        return (wrong && Chance(3) ? bytes[..dice.Throw(bytes.Length)] : bytes, media);
    }

    private static readonly string[] Media =
    [
        "text/plain",
        "application/xml",
        "application/json; charset=klingon",
        "multipart/form-data",
        "*/*",
        "application/octet-stream",
        "nonsense",
    ];

    // The form of the token endpoint is read by hand, so the document cannot say what is in it.
    private string Form()
    {
        var fields = new List<string>();
        foreach (
            var (name, right) in ((string, string)[])
                [
                    ("grant_type", "client_credentials"),
                    ("grant_type", "refresh_token"),
                    ("grant_type", "authorization_code"),
                    ("client_id", $"{own.Field("", "client_id", dice)}"),
                    ("client_secret", $"{own.Field("", "client_secret", dice)}"),
                    ("refresh_token", "1.abc"),
                    ("token", "1.abc"),
                    ("code", "1.abc"),
                    ("code_verifier", new string('v', 43)),
                    ("redirect_uri", "https://app.example/back"),
                    ("scope", "openid"),
                ]
        )
            if (Chance(45))
                fields.Add($"{name}={(Chance(70) ? Uri.EscapeDataString(right) : Any(OddValues.Address))}");
        return string.Join('&', fields);
    }

    private JsonNode? Value(JsonElement declared, string name, int depth)
    {
        var schema = endpoint.Resolve(declared);
        if (schema.TryGetProperty("enum", out var words) && Chance(80))
            return JsonValue.Create(Any([.. words.EnumerateArray().Select(one => one.ToString())]));
        switch (ApiEndpoint.TypeOf(schema))
        {
            case "object":
                var made = new JsonObject();
                var required = schema.TryGetProperty("required", out var names)
                    ? names.EnumerateArray().Select(one => one.GetString()!).ToHashSet(StringComparer.Ordinal)
                    : [];
                if (schema.TryGetProperty("properties", out var properties))
                    foreach (var field in properties.EnumerateObject())
                        if (
                            required.Contains(field.Name)
                                ? Chance(99)
                                : depth < 6 && Chance(own.Knows(endpoint.Name, field.Name) ? 65 : 15)
                        )
                            made[field.Name] = Value(field.Value, field.Name, depth + 1);
                return made;
            case "array":
                var entries = new JsonArray();
                for (var count = dice.Throw(8) is var many and < 3 ? many : 1; count > 0 && depth < 6; count--)
                    entries.Add(Value(schema.GetProperty("items"), name, depth + 1));
                return entries;
            case var type:
                return Known(name) ?? Plain(type, schema);
        }
    }

    private JsonNode? Known(string name)
    {
        if (Chance(8) && foreign.Field(endpoint.Name, name, dice) is { } others)
            return others;
        if (Chance(5) || own.Field(endpoint.Name, name, dice) is not { } known)
            return null;
        // Something that must be there once, such as a code, is new now and then.
        return known.GetValueKind() == JsonValueKind.String && !Guid.TryParse($"{known}", out _) && Chance(15)
            ? JsonValue.Create($"{known}-{dice.Throw(100_000)}")
            : known;
    }

    private JsonValue Plain(string type, JsonElement schema) =>
        type switch
        {
            "integer" or "number" => JsonValue.Create(dice.Throw(20)),
            "boolean" => JsonValue.Create(Chance(50)),
            _ => JsonValue.Create(
                (schema.TryGetProperty("format", out var format) ? format.GetString() : "") switch
                {
                    "uuid" => Fresh(),
                    "date" => "2026-01-15",
                    "date-time" => "2026-01-15T12:00:00Z",
                    "decimal" => $"{dice.Throw(100)}",
                    _ => $"word {dice.Throw(1000)}",
                }
            ),
        };

    /// <summary>One place of the body becomes another: a value of the wrong kind or size, a field too many or too few.</summary>
    private void Spoil(JsonNode body)
    {
        var places = new List<JsonNode>();
        Collect(body, places);
        switch (Any(places))
        {
            case JsonObject fields when fields.Count == 0 || Chance(20):
                fields[$"unknown{dice.Throw(10)}"] = Odd();
                break;
            case JsonObject fields:
                var name = Any([.. fields.Select(one => one.Key)]);
                if (Chance(20))
                    fields.Remove(name);
                else
                    fields[name] = Odd();
                break;
            case JsonArray { Count: > 0 } entries:
                entries[dice.Throw(entries.Count)] = Odd();
                break;
            case JsonArray entries:
                entries.Add(Odd());
                break;
        }
    }

    private static void Collect(JsonNode node, List<JsonNode> places)
    {
        places.Add(node);
        var inside = node is JsonObject fields ? fields.Select(one => one.Value) : node.AsArray();
        foreach (var one in inside)
            if (one is JsonObject or JsonArray)
                Collect(one, places);
    }

    private JsonValue Odd()
    {
        _raw.Add(Any(OddValues.Json));
        return JsonValue.Create($"{Raw}{_raw.Count - 1}");
    }

    // Odd values are no JSON a library would write, so they take their place in the text.
    private string Written(JsonNode? body)
    {
        var text = body?.ToJsonString() ?? "null";
        for (var at = _raw.Count - 1; at >= 0; at--)
            text = text.Replace(JsonSerializer.Serialize($"{Raw}{at}"), _raw[at], StringComparison.Ordinal);
        return text;
    }
}
