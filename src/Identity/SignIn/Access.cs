using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>How old the last look for changes may be, and how long anything is remembered.</summary>
public sealed record AccessTimes(TimeSpan Freshness, TimeSpan Longest)
{
    public static readonly AccessTimes Default = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromMinutes(1));
}

/// <summary>
/// Who a cookie or a token stands for and what they may do now. Remembered for a minute; what the database notes as changed is
/// forgotten within a quarter of a second in every process, and before the next request in the one that changed it.
/// </summary>
public sealed class Access(Dbs dbs, SigningKeys keys, TimeProvider clock, AccessTimes times)
{
    private const int MostRemembered = 20_000;
    private const int MostChanges = 5_000;

    private readonly TokenCheck _tokens = new(keys, clock);
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Reading> _readings = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private HashSet<long> _seen = [];
    private Task _look = Task.CompletedTask;
    private long _looked;
    private long _notBefore;
    private int _generation;

    private sealed record Known(Caller Caller, Guid Family, long Since);

    private sealed record Reading(Task<Caller?> Caller, long Since, int Generation);

    private sealed record Change(long ChangeId, int TenantId, Guid? Subject);

    internal TokenCheck Tokens => _tokens;

    /// <summary>The caller of a request, or nobody. Costs a look into a dictionary when it is known.</summary>
    public async ValueTask<Caller?> Find(HttpContext http)
    {
        if (CredentialOf(http) is not { } credential)
            return null;
        if (!IsFresh())
            await Look();
        if (
            _known.TryGetValue(credential.Text, out var known)
            && clock.GetElapsedTime(known.Since) < times.Longest
            && (credential.Cookie is not null || await _tokens.Check(credential.Text) is not null)
        )
            return known.Caller;
        return await ReadOnce(credential);
    }

    /// <summary>The caller has just changed rights: nothing read before now counts in this process.</summary>
    public void LookAgain() => Volatile.Write(ref _notBefore, clock.GetTimestamp());

    // A shop's sixty connections begin with one credential at one moment: one of them reads, the others wait for it.
    private async Task<Caller?> ReadOnce(Credential credential)
    {
        Task<Caller?> caller;
        lock (_gate)
        {
            if (_readings.TryGetValue(credential.Text, out var other) && IsYoung(other))
                caller = other.Caller;
            else
            {
                var (since, generation) = (clock.GetTimestamp(), Volatile.Read(ref _generation));
                caller = Read(credential);
                _readings[credential.Text] = new Reading(caller, since, generation);
            }
        }
        try
        {
            return await caller;
        }
        finally
        {
            lock (_gate)
                if (_readings.TryGetValue(credential.Text, out var last) && last.Caller == caller)
                    _readings.Remove(credential.Text);
        }
    }

    // What was changed after it began is not in it.
    private bool IsYoung(Reading reading) =>
        reading.Since >= Volatile.Read(ref _notBefore)
        && reading.Generation == Volatile.Read(ref _generation)
        && clock.GetElapsedTime(reading.Since) < times.Freshness;

    private async Task<Caller?> Read(Credential credential)
    {
        var generation = Volatile.Read(ref _generation);
        var since = clock.GetTimestamp();
        var (caller, family) = credential.Cookie is { } cookie
            ? (await CallerRead.BySession(dbs, cookie), Guid.Empty)
            : await CallerRead.ByToken(dbs, await _tokens.Check(credential.Text));
        // Read beside a change that was already handled: right for this request, not to be remembered.
        if (caller is null || generation != Volatile.Read(ref _generation))
        {
            _known.TryRemove(credential.Text, out _);
            return caller;
        }
        if (_known.Count >= MostRemembered)
            foreach (var (text, old) in _known)
                if (clock.GetElapsedTime(old.Since) >= times.Longest)
                    _known.TryRemove(text, out _);
        if (_known.Count < MostRemembered)
            _known[credential.Text] = new Known(caller, family, since);
        return caller;
    }

    private bool IsFresh()
    {
        var looked = Volatile.Read(ref _looked);
        return looked != 0 && looked >= Volatile.Read(ref _notBefore) && clock.GetElapsedTime(looked) < times.Freshness;
    }

    // Everybody who comes while it is read waits for the one answer; whose answer began too early asks once more.
    private async Task Look()
    {
        for (var attempt = 0; attempt < 3 && !IsFresh(); attempt++)
        {
            Task look;
            lock (_gate)
            {
                if (_look.IsCompleted && !IsFresh())
                    _look = ReadChanges();
                look = _look;
            }
            await look;
        }
    }

    private async Task ReadChanges()
    {
        var began = clock.GetTimestamp();
        await using var db = dbs.Open(DbScope.NoTenant);
        // A minute back, because a change is seen when it commits and not when it was noted; no transaction lasts so long.
        var changes = await db.Query<Change>(
            $"""
            select change_id, tenant_id, subject from identity.right_change
            where at > now() - interval '1 minute' order by change_id desc limit {MostChanges}
            """
        );
        await db.Commit();
        var fresh = changes.FindAll(one => !_seen.Contains(one.ChangeId));
        if (fresh.Count > 0)
        {
            Interlocked.Increment(ref _generation);
            Forget(changes.Count == MostChanges ? null : fresh);
            _seen = [.. changes.Select(one => one.ChangeId)];
        }
        Volatile.Write(ref _looked, began);
    }

    private void Forget(List<Change>? changes)
    {
        if (changes is null)
        {
            _known.Clear();
            return;
        }
        var tenants = changes.Where(one => one.Subject is null).Select(one => one.TenantId).ToHashSet();
        var subjects = changes
            .Where(one => one.Subject is not null)
            .Select(one => (one.TenantId, one.Subject!.Value))
            .ToHashSet();
        foreach (var (text, known) in _known)
            if (
                tenants.Contains(known.Caller.Tenant)
                || subjects.Contains((known.Caller.Tenant, known.Caller.Actor))
                || subjects.Contains((known.Caller.Tenant, known.Family))
            )
                _known.TryRemove(text, out _);
    }

    private sealed record Credential(string Text, SessionCookie? Cookie);

    private static Credential? CredentialOf(HttpContext http)
    {
        const string bearer = "Bearer ";
        return http.Request.Headers.Authorization switch
        {
            [] => SessionCookie.Of(http) is { } cookie ? new Credential(http.Request.Cookies[SessionCookie.Name]!, cookie) : null,
            [{ } header] when header.StartsWith(bearer, StringComparison.OrdinalIgnoreCase) => new Credential(
                header[bearer.Length..],
                null
            ),
            _ => null,
        };
    }
}
