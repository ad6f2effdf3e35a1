using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>What a screen gets: everything of its tenant up to a position, without a hole, from where it left off.</summary>
public sealed record LiveBatch(long Through, bool Resync, IReadOnlyList<LiveEvent> Events);

/// <summary>One event as a screen sees it.</summary>
public sealed record LiveEvent(long Position, string Type, string Aggregate, JsonElement Data);

/// <summary>
/// The newest part of the log in memory, read once per process and shared by all screens connected to it; the lanes of consumers
/// see in it where there is nothing for them.
/// </summary>
public sealed class LiveFeed(
    LogReader reader,
    LogHead head,
    EventTypes types,
    DatabaseOutage outage,
    TimeProvider clock,
    ILogger<LiveFeed> log
) : BackgroundService
{
    private const int Kept = 10_000;
    private const int PageSize = 500;
    private static readonly TimeSpan LongestRead = TimeSpan.FromMilliseconds(50);
    private readonly Lock _gate = new();

    // Each at its position, so that a screen looks only at what is new to it.
    private readonly LoggedEvent?[] _recent = new LoggedEvent?[Kept];
    private long _from = long.MaxValue;
    private long _through = -1;

    /// <summary>Fires when the feed has read on.</summary>
    private readonly Pulse _grown = new();

    private long Through => Volatile.Read(ref _through);

    /// <summary>Everything of a tenant after a position; without one, from now on. Ends when the caller goes.</summary>
    public async IAsyncEnumerable<LiveBatch> Follow(Caller caller, long? since, [EnumeratorCancellation] CancellationToken stop)
    {
        var at = since ?? await reader.Head(stop);
        var view = new View(caller.Tenant, types.SeenBy(caller.Permissions));
        if (!await reader.Knows(at, stop))
        {
            at = await reader.Head(stop);
            yield return new LiveBatch(at, Resync: true, []);
        }
        else
            yield return new LiveBatch(at, Resync: false, []);
        var told = at;
        while (!stop.IsCancellationRequested)
        {
            var grown = _grown.Next;
            var batch = FromMemory(view, at) ?? await FromLog(view, at, stop);
            if (batch.Through > at)
            {
                // A screen of a quiet tenant hears its new position with the next event of its own, or every now and then.
                at = batch.Through;
                if (batch.Events.Count == 0 && at - told <= Kept / 2)
                    continue;
                told = at;
                yield return batch;
                continue;
            }
            await Pulse.WaitAny(grown, TimeSpan.FromSeconds(30), clock, stop);
        }
    }

    /// <summary>
    /// From a position on to before the first event that is wanted, as far as memory knows. What is about to be read for all is
    /// waited for, unless that takes long.
    /// </summary>
    internal async Task<long> Past(long position, Func<LoggedEvent, bool> isWanted, CancellationToken stop)
    {
        var grown = _grown.Next;
        position = InMemory(position);
        if (position != Through || position >= head.Position)
            return position;
        await Pulse.WaitAny(grown, LongestRead, clock, stop);
        return InMemory(position);

        long InMemory(long at)
        {
            lock (_gate)
                while (at >= _from && at < _through && !(At(at + 1) is { } next && isWanted(next)))
                    at++;
            return at;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                var moved = head.Moved.Next;
                if (_through < 0 && head.Position >= 0)
                    lock (_gate)
                        _from = _through = head.Position;
                if (_through >= 0 && _through < head.Position)
                    await ReadOn(stoppingToken);
                else
                    await Pulse.WaitAny(moved, TimeSpan.FromSeconds(1), clock, stoppingToken);
            }
            catch (Exception lost) when (lost is NpgsqlException or TimeoutException)
            {
                outage.Lost(log, "The live feed cannot read the log", lost);
                await Task.Delay(outage.Rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
    }

    private async Task ReadOn(CancellationToken stop)
    {
        // Of a long stretch only the end is kept, so only the end is read; who follows from before it reads the log.
        if (head.Position - Kept is var start && start > _through)
            lock (_gate)
                _from = _through = start;
        var events = await reader.Range(_through, head.Position, tenant: null, PageSize, stop);
        lock (_gate)
        {
            foreach (var one in events)
                _recent[one.Position % Kept] = one;
            // Positions whose events are no longer kept have nothing to show.
            _through = events.Count == 0 ? head.Position : events[^1].Position;
            _from = Math.Max(_from, _through - Kept);
        }
        _grown.Fire();
    }

    private LoggedEvent? At(long position) => _recent[position % Kept] is { } one && one.Position == position ? one : null;

    /// <summary>Nothing when the position is older than what is kept in memory.</summary>
    private LiveBatch? FromMemory(View view, long after)
    {
        lock (_gate)
        {
            if (after < _from)
                return null;
            if (after >= _through)
                return new LiveBatch(after, Resync: false, []);
            var shown = new List<LiveEvent>();
            var at = after;
            while (at < _through && shown.Count < PageSize)
                if (At(++at) is { } one && view.Shows(one))
                    shown.Add(Shown(one));
            return new LiveBatch(at, Resync: false, shown);
        }
    }

    private async Task<LiveBatch> FromLog(View view, long after, CancellationToken stop)
    {
        var through = await reader.Head(stop);
        var events = await reader.Range(after, through, view.Tenant, PageSize, stop);
        return new LiveBatch(
            events.Count == PageSize ? events[^1].Position : through,
            Resync: false,
            [.. events.Where(view.Shows).Select(Shown)]
        );
    }

    /// <summary>What one screen may see.</summary>
    private sealed record View(int Tenant, HashSet<string> Types)
    {
        internal bool Shows(LoggedEvent one) => one.Tenant == Tenant && Types.Contains(one.Type);
    }

    private static LiveEvent Shown(LoggedEvent one)
    {
        using var document = JsonDocument.Parse(one.Payload);
        return new LiveEvent(one.Position, one.Type, one.Aggregate, document.RootElement.Clone());
    }
}
