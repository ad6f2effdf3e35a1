using System.Text.Json;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// One change of one row: who, when, in which request, and from what to what; with the names of the people, roles and machines
/// that it says by their ids.
/// </summary>
public sealed record AuditedChange(
    long Id,
    DateTime At,
    Guid ActorId,
    string? Actor,
    string Request,
    string Entity,
    string Key,
    string Kind,
    JsonElement? Before,
    JsonElement? After
)
{
    private static readonly Dictionary<Guid, string> None = [];

    public required IReadOnlyDictionary<Guid, string> Names { get; init; } = None;

    /// <summary>Changes with who made them.</summary>
    internal static readonly Sql From = $"""
        kernel.v_audit a
        left join identity.member m on m.tenant_id = a.tenant_id and m.person_id = a.actor
        left join identity.client c on c.tenant_id = a.tenant_id and c.client_id = a.actor
        """;

    internal static readonly Sql Who = $"coalesce(m.name, c.name)";

    internal static readonly Sql Row = $"""
        a.audit_id as id, a.at, a.actor as actor_id, {Who} as actor, a.request, a.entity, a.key, a.change as kind,
        a.before, a.after
        """;

    /// <summary>The same with their names, which are looked up for all of them at once.</summary>
    internal static async Task<IReadOnlyList<AuditedChange>> WithNames(Db db, IReadOnlyList<AuditedChange> changes)
    {
        var known = await MemberFacts.Names(db, changes.SelectMany(change => change.Ids));
        return
        [
            .. changes.Select(change =>
                change with
                {
                    Names = change.Ids.Distinct().Where(known.ContainsKey).ToDictionary(id => id, id => known[id]),
                }
            ),
        ];
    }

    private IEnumerable<Guid> Ids => IdsIn(Before).Concat(IdsIn(After));

    private static IEnumerable<Guid> IdsIn(JsonElement? values) =>
        values is not { ValueKind: JsonValueKind.Object } row
            ? []
            : row.EnumerateObject()
                .Where(one => one.Value.ValueKind == JsonValueKind.String)
                .Select(one => one.Value.TryGetGuid(out var id) ? id : Guid.Empty)
                .Where(id => id != Guid.Empty);
}
