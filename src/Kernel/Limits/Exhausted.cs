using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>Addresses that have used up their share, until they may ask again: refused without looking anybody up.</summary>
internal sealed class Exhausted(TimeProvider clock)
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<string, (Allowance Answer, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);

    internal Allowance? Find(HttpContext http)
    {
        if (_known.IsEmpty)
            return null;
        var address = LimitRequests.AddressOf(http);
        if (!_known.TryGetValue(address, out var known))
            return null;
        var wait = known.Until - clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
            return known.Answer with { Wait = wait };
        _known.TryRemove(address, out _);
        return null;
    }

    internal void Remember(HttpContext http, Allowance answer)
    {
        var now = clock.GetUtcNow();
        if (_known.Count >= Most)
            foreach (var (address, known) in _known)
                if (known.Until <= now)
                    _known.TryRemove(address, out _);
        if (_known.Count < Most)
            _known[LimitRequests.AddressOf(http)] = (answer, now + answer.Wait);
    }
}
