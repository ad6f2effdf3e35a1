using System.Text.Json.Nodes;

namespace Millrace.Tests;

/// <summary>Values that mean something to the program, learnt from requests that succeed.</summary>
public sealed class Vocabulary
{
    // Under no endpoint for all of them together.
    private readonly Dictionary<(string Endpoint, string Name), List<JsonNode>> _fields = [];
    private readonly HashSet<(string Endpoint, string Name)> _seen = [];
    private readonly Dictionary<(string Template, string Name), List<string>> _holes = [];

    public Vocabulary(Sample sample, IReadOnlyList<ApiEndpoint> endpoints)
    {
        foreach (var call in Call.Everything.Select(one => one.Filled(sample.Value)))
        {
            var parts = call.Path.Split('?', 2);
            // What has an address of its own, such as the groups of a list, is nobody's id.
            var named = endpoints.Any(one => one.Template == parts[0]);
            foreach (var endpoint in named ? [] : endpoints)
            foreach (var (name, value) in endpoint.Holes(parts[0]) ?? new Dictionary<string, string>())
                Add(_holes, (endpoint.Template, name), value);
            foreach (var pair in (parts.ElementAtOrDefault(1) ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
                Know(pair.Split('=')[0], Uri.UnescapeDataString(pair.Split('=')[1]));
            var taking = endpoints.Where(one => one.Method == call.Method.Method && one.Holes(parts[0]) is not null);
            if (call.Body is not null)
                Learn(JsonNode.Parse(call.Body)!, taking.Single().Name, "");
        }
    }

    public void Know(string name, string value) => Add(_fields, ("", name), JsonValue.Create(value));

    /// <summary>A field of the request that succeeds here, also one that holds others.</summary>
    public bool Knows(string endpoint, string name) => _seen.Contains((endpoint, name));

    /// <summary>What this endpoint takes, or else what others take under the same name.</summary>
    public JsonNode? Field(string endpoint, string name, Dice dice) =>
        _fields.TryGetValue((endpoint, name), out var known) || _fields.TryGetValue(("", name), out known)
            ? known[dice.Throw(known.Count)].DeepClone()
            : null;

    public string? Hole(string template, string name, Dice dice) =>
        _holes.TryGetValue((template, name), out var known) ? known[dice.Throw(known.Count)] : null;

    private void Learn(JsonNode node, string endpoint, string name)
    {
        _seen.Add((endpoint, name));
        if (node is JsonObject fields)
            foreach (var (field, value) in fields)
                Learn(value!, endpoint, field);
        else if (node is JsonArray entries)
            foreach (var entry in entries)
                Learn(entry!, endpoint, name);
        else
        {
            Add(_fields, (endpoint, name), node);
            Add(_fields, ("", name), node);
        }
    }

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> to, TKey key, TValue value)
        where TKey : notnull
    {
        if (!to.TryGetValue(key, out var known))
            to[key] = known = [];
        known.Add(value);
    }
}
