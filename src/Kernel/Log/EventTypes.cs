using System.Collections.Concurrent;
using System.Reflection;

namespace Millrace.Kernel;

/// <summary>Something that happened. What must be handled in order, and is parked together, shares an aggregate.</summary>
public interface IEvent
{
    [System.Text.Json.Serialization.JsonIgnore]
    string Aggregate { get; }

    /// <summary>How many things happened with it, for the metrics; a run of vouchers is one event.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    long Counts => 1;
}

/// <summary>The name and version under which an event is kept in the log for years.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EventTypeAttribute(string name, short version) : Attribute
{
    public string Name { get; } = name;
    public short Version { get; } = version;
}

/// <summary>All event types this program can read, declared by the modules at start.</summary>
public sealed class EventTypes(IEnumerable<EventDeclaration> declarations)
{
    private static readonly ConcurrentDictionary<Type, EventTypeAttribute> Declared = new();
    private readonly HashSet<(string Name, short Version)> _known =
    [
        .. declarations.Select(one => (Of(one.Type).Name, Of(one.Type).Version)),
    ];

    internal bool Knows(string name, short version) => _known.Contains((name, version));

    internal string[] NamesExcept(IReadOnlyCollection<string> names) =>
        [.. _known.Select(key => key.Name).Except(names, StringComparer.Ordinal)];

    /// <summary>The names of the types that somebody with these permissions may see on a screen.</summary>
    internal HashSet<string> SeenBy(IReadOnlySet<string> permissions) =>
        [.. declarations.Where(one => permissions.Contains(one.SeenWith)).Select(one => Of(one.Type).Name)];

    internal static EventTypeAttribute Of(IEvent one) => Of(one.GetType());

    internal static EventTypeAttribute Of(Type type) =>
        Declared.GetOrAdd(
            type,
            static missing =>
                missing.GetCustomAttribute<EventTypeAttribute>()
                ?? throw new InvalidOperationException($"{missing.Name} has no [EventType].")
        );
}

/// <summary>An event type that a module publishes or reads.</summary>
public sealed record EventDeclaration(Type Type, string SeenWith);
