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
    JsonElement? After,
    IReadOnlyDictionary<Guid, string> Names
);

/// <summary>The same as the database gives it.</summary>
internal sealed record AuditedRow(
    DateOnly Day,
    long Id,
    DateTime At,
    Guid ActorId,
    string? Actor,
    string Request,
    string Entity,
    string Key,
    string Kind,
    string? Before,
    string? After
)
{
    /// <summary>A page as it is shown; the names are looked up for all of it at once.</summary>
    internal static async Task<Page<AuditedChange>> Shown(Db db, Page<AuditedRow> page)
    {
        var read = page
            .Items.Select(row => (Row: row, Before: AuditJson.Of(row.Before), After: AuditJson.Of(row.After)))
            .ToList();
        var known = await MemberFacts.Names(db, read.SelectMany(one => Ids(one.Before).Concat(Ids(one.After))));
        return new Page<AuditedChange>([.. read.Select(one => one.Row.With(one.Before, one.After, known))], page.Next);
    }

    private AuditedChange With(JsonElement? before, JsonElement? after, IReadOnlyDictionary<Guid, string> known) =>
        new(
            Id,
            At,
            ActorId,
            Actor,
            Request,
            Entity,
            Key,
            Kind,
            before,
            after,
            Ids(before).Concat(Ids(after)).Distinct().Where(known.ContainsKey).ToDictionary(id => id, id => known[id])
        );

    private static IEnumerable<Guid> Ids(JsonElement? values) =>
        values is not { ValueKind: JsonValueKind.Object } row
            ? []
            : row.EnumerateObject()
                .Where(one => one.Value.ValueKind == JsonValueKind.String)
                .Select(one => one.Value.TryGetGuid(out var id) ? id : Guid.Empty)
                .Where(id => id != Guid.Empty);
}
