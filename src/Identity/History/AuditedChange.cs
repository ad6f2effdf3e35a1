using System.Text.Json;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>One change of one row: who, when, in which request, and from what to what.</summary>
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
    internal AuditedChange Shown =>
        new(Id, At, ActorId, Actor, Request, Entity, Key, Kind, AuditJson.Of(Before), AuditJson.Of(After));
}
