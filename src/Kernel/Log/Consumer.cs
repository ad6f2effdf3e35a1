namespace Millrace.Kernel;

/// <summary>
/// Follows the log exactly once: what <see cref="Handle"/> writes and how far the log was read commit together.
/// It is called with a run of events of one tenant, in order of position, inside that tenant's transaction.
/// </summary>
public sealed record Consumer(string Name, IReadOnlyList<Type> Events, Func<Db, IReadOnlyList<LoggedEvent>, Task> Handle)
{
    internal string[] Wanted { get; } = [.. Events.Select(type => EventTypes.Of(type).Name).Distinct(StringComparer.Ordinal)];
}
