using Microsoft.Extensions.Logging;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>One lane of one consumer: takes the lease, reads on from the cursor, and parks what cannot be handled.</summary>
internal sealed class ConsumerLane(
    Consumer consumer,
    Lane lane,
    LogReader reader,
    LogHead head,
    LiveFeed feed,
    Dbs dbs,
    Databases databases,
    EventTypes types,
    LogSettings settings,
    ParkedWatch parked,
    DatabaseOutage outage,
    SemaphoreSlim suspicion,
    TimeProvider clock,
    ILogger log
)
{
    // A statement looks at no more positions than this, so that a stretch nobody here wants cannot outlast its time limit.
    private const long Stretch = 50_000;

    // What takes too long is tried again, for the database may be busy; what always does is poison like any other.
    private const int MostTooLong = 3;
    private readonly Leases _leases = new(databases.App, settings);
    private readonly Cursors _cursors = new(consumer.Name, lane.Number);
    private readonly Parking _parking = new(consumer, lane, types);
    private readonly string[] _unwanted = types.NamesExcept(consumer.Wanted);
    private (long After, int Times) _tooLong;

    internal async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            try
            {
                if (await _leases.Take($"{consumer.Name}/{lane.Number}", stop) is { } lease)
                    await Work(lease, stop);
                else
                    await Task.Delay(settings.Lease / 10, clock, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception lost) when (lost is NpgsqlException or TimeoutException or Busy or LaneLost)
            {
                outage.Lost(log, $"{consumer.Name} lane {lane.Number} stopped", lost);
                await Task.Delay(outage.Rest, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    private async Task Work(Lease lease, CancellationToken stop)
    {
        try
        {
            var (cursor, scanned) = await Start(lease, stop);
            var kept = clock.GetTimestamp();
            var retried = clock.GetTimestamp();
            var abreast = clock.GetTimestamp();
            while (!stop.IsCancellationRequested)
            {
                if (clock.GetElapsedTime(kept) > settings.Lease / 3)
                {
                    var behind = scanned < head.Position ? clock.GetElapsedTime(abreast) : (TimeSpan?)null;
                    if (!await _leases.Keep(lease, stop, scanned, behind))
                        return;
                    kept = clock.GetTimestamp();
                }
                if (clock.GetElapsedTime(retried) > settings.Lease / 6)
                {
                    if (await parked.IsAsked(consumer.Name, stop))
                        await RetryParked(stop);
                    retried = clock.GetTimestamp();
                }
                var moved = head.Moved.Next;
                scanned = await feed.Past(scanned, IsWanted, stop);
                var through = Math.Min(head.Position, scanned + Stretch);
                if (through <= scanned)
                {
                    abreast = clock.GetTimestamp();
                    // Woken by the head; by itself only for the lease, and for a person who asks for a parked event.
                    await Pulse.WaitAny(moved, settings.Lease / 6, clock, stop);
                    continue;
                }
                var events = await reader.Lane(consumer.Name, scanned, through, lane, _unwanted, settings.Batch, stop);
                scanned = events.Count == settings.Batch ? events[^1].Position : through;
                if (events.Count > 0)
                    cursor = await _leases.KeepWhile(lease, () => Handle(events, cursor, scanned, lease, stop), clock);
                else if (scanned < head.Position)
                    scanned = await reader.NextAfter(scanned, stop) - 1;
            }
        }
        finally
        {
            await _leases.GiveBack(lease);
        }
    }

    private bool IsWanted(LoggedEvent one) =>
        one.Tenant % lane.Of == lane.Number && !_unwanted.Contains(one.Type, StringComparer.Ordinal);

    /// <summary>
    /// After a holder that vanished, its first batch is tried one by one, with every attempt written down before.
    /// </summary>
    private async Task<(long Cursor, long Scanned)> Start(Lease lease, CancellationToken stop)
    {
        long cursor;
        await using (var db = dbs.Open(DbScope.NoTenant))
        {
            cursor = await _cursors.Read(db);
            await db.Commit();
        }
        if (!lease.LeftUnclean)
            return (cursor, cursor);
        var suspects = await FirstBatch(cursor, lease, stop);
        foreach (var suspect in suspects)
        {
            // One at a time over all lanes of the process: if it ends now, this is the event that has an attempt too many.
            await suspicion.WaitAsync(stop);
            try
            {
                if (!await _leases.Keep(lease, stop))
                    throw new LaneLost($"the lease of term {lease.Term} went to another process");
                cursor = await Suspect(suspect, cursor, lease);
            }
            finally
            {
                suspicion.Release();
            }
        }
        return (cursor, cursor);
    }

    private async Task<List<LoggedEvent>> FirstBatch(long after, Lease lease, CancellationToken stop)
    {
        var end = await reader.Head(stop);
        var events = new List<LoggedEvent>();
        while (after < end && events.Count < settings.Batch)
        {
            if (!await _leases.Keep(lease, stop))
                throw new LaneLost($"the lease of term {lease.Term} went to another process");
            var through = Math.Min(end, after + Stretch);
            events.AddRange(
                await reader.Lane(consumer.Name, after, through, lane, _unwanted, settings.Batch - events.Count, stop)
            );
            after = await reader.NextAfter(through, stop) - 1;
        }
        return events;
    }

    private async Task<long> Suspect(LoggedEvent suspect, long cursor, Lease lease)
    {
        int attempts;
        await using (var db = dbs.Open(DbScope.NoTenant))
        {
            attempts = await _parking.CountAttempt(db, suspect);
            await db.Commit();
        }
        if (attempts <= Parking.MostCrashes)
            try
            {
                return await _leases.KeepWhile(lease, () => HandleAlone(suspect, cursor, lease), clock);
            }
            catch (Exception lived) when (Passing(lived))
            {
                await _parking.TakeBackAttempt(dbs, suspect);
                throw;
            }
        await Park(suspect, cursor, lease, $"The program ended {Parking.MostCrashes} times while handling this event.");
        return suspect.Position;
    }

    private async Task<long> Handle(List<LoggedEvent> events, long cursor, long scanned, Lease lease, CancellationToken stop)
    {
        try
        {
            await using var db = dbs.Open(DbScope.Consumer);
            foreach (var run in events.GroupBy(one => one.Tenant))
                await _parking.HandleRun(db, [.. run]);
            await _cursors.Move(db, cursor, scanned, lease);
            await db.Commit();
            return scanned;
        }
        catch (Exception failed) when (!Passes(failed, cursor))
        {
            log.LogWarning(
                failed,
                "{Consumer} failed on a batch of {Count}; its events are handled one by one.",
                consumer.Name,
                events.Count
            );
        }
        foreach (var one in events)
        {
            stop.ThrowIfCancellationRequested();
            if (!await _leases.Keep(lease, stop))
                throw new LaneLost($"the lease of term {lease.Term} went to another process");
            cursor = await HandleAlone(one, cursor, lease);
        }
        return cursor;
    }

    private async Task<long> HandleAlone(LoggedEvent one, long cursor, Lease lease)
    {
        try
        {
            await using var db = dbs.Open(DbScope.Consumer);
            await _parking.HandleFree(db, [one]);
            await _cursors.Move(db, cursor, one.Position, lease);
            await db.Commit();
        }
        catch (Exception poison) when (!Passes(poison, cursor))
        {
            log.LogError(poison, "{Consumer} parked {Type} at {Position}.", consumer.Name, one.Type, one.Position);
            await Park(one, cursor, lease, $"{poison.GetType().Name}: {poison.Message}");
        }
        return one.Position;
    }

    private async Task Park(LoggedEvent one, long cursor, Lease lease, string error)
    {
        await using var db = dbs.Open(DbScope.ForTenant(one.Tenant));
        await Parking.Park(db, consumer.Name, one, error);
        await _cursors.Move(db, cursor, one.Position, lease);
        await db.Commit();
    }

    /// <summary>A person asked to try again: the aggregate's events are handled in order until one fails again.</summary>
    private async Task RetryParked(CancellationToken stop)
    {
        foreach (var one in await _parking.AskedAgain(databases.Relay, stop))
        {
            // The request is used up before the event is tried: one that ends the process must not do so for ever.
            await OfParked(one, db => Parking.Try(db, consumer.Name, one));
            try
            {
                await OfParked(one, db => _parking.HandleParked(db, one));
                log.LogInformation("{Consumer} handled the parked {Type} at {Position}.", consumer.Name, one.Type, one.Position);
            }
            catch (Exception again) when (Passing(again))
            {
                await OfParked(one, db => Parking.AskAgain(db, consumer.Name, one));
                throw;
            }
            catch (Exception again)
            {
                await OfParked(
                    one,
                    db => Parking.FailedAgain(db, consumer.Name, one, $"{again.GetType().Name}: {again.Message}")
                );
            }
        }
    }

    private async Task OfParked(LoggedEvent one, Func<Db, Task> step)
    {
        await using var db = dbs.Open(DbScope.ForTenant(one.Tenant));
        await step(db);
        await db.Commit();
    }

    /// <summary>Whether to try again from the cursor; counts how often what follows it took too long.</summary>
    private bool Passes(Exception failed, long cursor)
    {
        if (!TookTooLong(failed))
            return Passing(failed);
        _tooLong = (cursor, _tooLong.After == cursor ? _tooLong.Times + 1 : 1);
        return _tooLong.Times < MostTooLong;
    }

    private static bool TookTooLong(Exception failed) =>
        failed is TimeoutException or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled };

    /// <summary>
    /// Trouble of the moment or of this holder, not of the event: the batch is tried again, nothing is parked.
    /// A cancellation is never ours (handlers are not given the program's stop): it is the handler that gave up.
    /// </summary>
    private static bool Passing(Exception failed) =>
        failed is Busy or LaneLost
        || failed
            is PostgresException
            {
                SqlState: Pooler.Gone or "55P03" or "40P01" or "40001" or "57P01" or "57P02" or "57P03" or "53300"
            }
        || failed is NpgsqlException and not PostgresException;
}

/// <summary>Another process went on with this lane.</summary>
internal sealed class LaneLost(string reason) : Exception(reason);
