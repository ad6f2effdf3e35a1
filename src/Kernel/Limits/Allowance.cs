using System.Collections.Concurrent;

namespace Millrace.Kernel;

/// <summary>
/// What a limit said: how many requests are left, until when it is whole again, and how long to wait if refused.
/// </summary>
public readonly record struct Allowance(Limit Limit, long Left, TimeSpan Whole, TimeSpan Wait)
{
    public bool IsRefused => Wait > TimeSpan.Zero;

    /// <summary>
    /// A bucket told by one instant, the one at which it is full again: a request moves it by a step, and is refused when it
    /// would be more than a window away.
    /// </summary>
    internal static (Allowance Answer, DateTimeOffset Full) Judge(Limit limit, DateTimeOffset? full, DateTimeOffset now)
    {
        var from = full is { } known && known > now ? known : now;
        var next = from + limit.Step;
        var wait = next - now - Limit.Window;
        return wait > TimeSpan.Zero
            ? (new Allowance(limit, 0, from - now, wait), from)
            : (new Allowance(limit, (long)((Limit.Window - (next - now)) / limit.Step), next - now, TimeSpan.Zero), next);
    }
}

/// <summary>
/// The buckets of this process. Their number is bounded: beyond it, newcomers share one bucket until others are full again.
/// </summary>
internal sealed class Buckets(TimeProvider clock, int most = 100_000)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _full = new(StringComparer.Ordinal);
    private long _swept;

    internal int Count => _full.Count;

    internal Allowance Take(Limit limit, string who)
    {
        var now = clock.GetUtcNow();
        var key = $"{limit.Policy}/{who}";
        if (!_full.ContainsKey(key) && !HasRoom(now))
            key = $"{limit.Policy}/*";
        while (true)
        {
            var known = _full.TryGetValue(key, out var full);
            var (answer, next) = Allowance.Judge(limit, known ? full : null, now);
            if (answer.IsRefused || (known ? _full.TryUpdate(key, next, full) : _full.TryAdd(key, next)))
                return answer;
        }
    }

    private bool HasRoom(DateTimeOffset now)
    {
        if (_full.Count < most)
            return true;
        // At most once a second, by whoever comes first: walking through all of them is not free.
        var last = Interlocked.Read(ref _swept);
        if (now.Ticks - last < TimeSpan.TicksPerSecond || Interlocked.CompareExchange(ref _swept, now.Ticks, last) != last)
            return false;
        foreach (var (key, full) in _full)
            if (full <= now)
                _full.TryRemove(new KeyValuePair<string, DateTimeOffset>(key, full));
        return _full.Count < most;
    }
}
