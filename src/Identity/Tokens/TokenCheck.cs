using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// Checks bearer tokens. One that was found right is remembered until it expires: verifying costs 80 µs, remembering none.
/// </summary>
internal sealed class TokenCheck(SigningKeys keys, TimeProvider clock)
{
    internal const string Issuer = "millrace";
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan KeyRefresh = TimeSpan.FromSeconds(10);

    // Another process may have signed it a moment ahead of this clock.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(30);

    /// <summary>What a token says: who bears it, and from which consent of a person it came, if from any.</summary>
    internal sealed record Claims(Caller Caller, Guid Family, DateTimeOffset From, DateTimeOffset Until)
    {
        internal int Tenant => Caller.Tenant;

        internal Guid Actor => Caller.Actor;
    }

    private readonly ConcurrentDictionary<string, Claims> _right = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private Task _refresh = Task.CompletedTask;
    private long _refreshed;

    internal async ValueTask<Claims?> Check(string token)
    {
        var now = clock.GetUtcNow() - keys.Ahead;
        if (_right.TryGetValue(token, out var known))
        {
            if (known.Until > now)
                return known;
            _right.TryRemove(token, out _);
            return null;
        }
        using var claims = Jws.Verify(token, keys.Find) ?? await WithFreshKeys(token);
        if (claims is null || Read(claims.RootElement) is not { } read || read.Until <= now || read.From > now + ClockSlack)
            return null;
        if (_right.Count >= MostRemembered)
            foreach (var (old, past) in _right)
                if (past.Until <= now)
                    _right.TryRemove(old, out _);
        if (_right.Count < MostRemembered)
            _right.TryAdd(token, read);
        return read;
    }

    // Another process may have signed with a key this one has not read yet; asked at most once in ten seconds.
    // Who comes while the answer is on its way waits for it: right after a start all tokens are still unknown.
    private async Task<JsonDocument?> WithFreshKeys(string token)
    {
        Task refresh;
        lock (_gate)
        {
            if (
                _refresh.IsFaulted
                || (_refresh.IsCompleted && (_refreshed == 0 || clock.GetElapsedTime(_refreshed) >= KeyRefresh))
            )
                (_refreshed, _refresh) = (clock.GetTimestamp(), keys.Refresh());
            refresh = _refresh;
        }
        await refresh;
        return Jws.Verify(token, keys.Find);
    }

    private static Claims? Read(JsonElement claims) =>
        claims.ValueKind == JsonValueKind.Object
        && Text(claims, "iss") == Issuer
        && Text(claims, "aud") == Issuer
        && Guid.TryParse(Text(claims, "sub"), out var actor)
        && Number(claims, "tid") is { } tenant and > 0 and <= int.MaxValue
        && Number(claims, "exp") is { } until and > 0 and < MostSeconds
        && Text(claims, "scope") is { } scope
            ? new Claims(
                new Caller(
                    (int)tenant,
                    actor,
                    scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal),
                    ByCookie: false
                ),
                Guid.TryParse(Text(claims, "fam"), out var family) ? family : Guid.Empty,
                DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(Number(claims, "nbf") ?? 0, 0, MostSeconds)),
                DateTimeOffset.FromUnixTimeSeconds(until)
            )
            : null;

    // The year 9999, beyond which no date can be made.
    private const long MostSeconds = 253_402_300_799;

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;
}
