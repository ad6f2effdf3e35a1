using System.Text.Json;

namespace Millrace.Kernel;

/// <summary>An event as it stands in the log, at its position.</summary>
public sealed record LoggedEvent(
    long Position,
    DateOnly Day,
    long Id,
    int Tenant,
    string Type,
    short Version,
    string Aggregate,
    Guid Actor,
    DateTime At,
    string Payload
)
{
    /// <summary>An earlier event of its aggregate was parked by the consumer that reads it.</summary>
    internal bool IsBehind { get; init; }

    /// <summary>The event itself; throws when the stored text is not of that shape, which parks it.</summary>
    public T Read<T>()
        where T : IEvent =>
        JsonSerializer.Deserialize<T>(Payload, Wire.Options)
        ?? throw new JsonException($"The payload of {Type} at {Position} is null.");
}
