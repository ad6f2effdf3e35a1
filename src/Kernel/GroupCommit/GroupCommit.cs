using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// The hottest verbs, committed together: while one batch of a tenant commits, the next gathers, so that a row that everybody
/// wants is locked once for many. Each caller is answered alone, after the commit, with what was decided about its request.
/// </summary>
public sealed class GroupCommit<TCommand>(string name, Dbs dbs, TimeProvider clock, DoTogether<TCommand> together, string twins)
    : IDisposable
{
    /// <summary>Requests of one tenant that may wait; more are told to come back.</summary>
    internal const int LongestQueue = 4096;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<int, Lane<TCommand>> _lanes = new();

    // Batches of different tenants at the same time. Who waits for a turn gets it in the order of asking, so that a busy tenant
    // has one turn, then everybody else.
    private readonly SemaphoreSlim _turns = new(Databases.MostBatches);
    private readonly Attempt<TCommand> _attempt = new(dbs, together);
    private readonly BatchFigures _figures = new(name);

    /// <summary>Waits for the batch of this request. What it returns is stored under the request's key with its effect.</summary>
    public Task<IResult> Ask<TResult>(HttpContext http, TCommand command, Func<TResult, IResult> answer)
    {
        var caller = Caller.Required(http);
        var waiting = new Waiting<TCommand>(
            new Asked<TCommand>(command, new Hand(caller.Actor, RequestId.Of(http))),
            result => answer((TResult)result),
            caller,
            IdempotencyKey.Of(http),
            Fingerprint.Of(http),
            clock.GetTimestamp()
        );
        var lane = _lanes.GetOrAdd(caller.Tenant, static tenant => new Lane<TCommand>(tenant, LongestQueue));
        if (!lane.Add(waiting, out var starts))
        {
            _figures.Full();
            throw new Busy($"{LongestQueue} requests of your organisation wait already. Nothing was written; try again.");
        }
        if (starts)
            _ = Task.Run(() => Run(lane));
        return waiting.Done;
    }

    public void Dispose() => _turns.Dispose();

    private async Task Run(Lane<TCommand> lane)
    {
        while (true)
        {
            await _turns.WaitAsync();
            try
            {
                if (lane.Take() is not { } batch)
                    return;
                await Do(lane, Ready(lane, batch), lane.HasBlocked ? Attempts.Impatient : Attempts.First);
            }
            finally
            {
                _turns.Release();
            }
        }
    }

    // Without those that waited too long for their turn, and the twins of one that waits outside of the batches.
    private List<Waiting<TCommand>> Ready(Lane<TCommand> lane, List<Waiting<TCommand>> batch) =>
        batch.FindAll(one =>
        {
            if (HasWaited(one, LongestWait))
                one.Fail(new Busy("This request waited too long for its turn. Nothing was written; try again."));
            else if (lane.Away(one) is { } first)
                _ = Task.Run(() => After(lane, first, one));
            else
                return true;
            return false;
        });

    // A batch that cannot be done is halved until what stops it stands alone: the others are answered all the same.
    private async Task Do(Lane<TCommand> lane, List<Waiting<TCommand>> batch, TimeSpan forLocks)
    {
        if (batch.Count == 0)
            return;
        try
        {
            var began = clock.GetTimestamp();
            await _attempt.Run(lane.Tenant, batch, forLocks);
            Settle(lane, batch);
            _figures.Done(batch.Count, clock.GetElapsedTime(began));
        }
        catch (Exception failed) when (batch.Count == 1 || Attempts.ConcernsAll(failed))
        {
            if (batch is [var single] && (Attempts.IsBlocked(failed) || IsTwin(failed)))
                Aside(lane, single);
            else
                foreach (var one in batch)
                    one.Fail(Told(failed));
        }
        catch (Exception)
        {
            _figures.Halved();
            var half = batch.Count / 2;
            await Do(lane, batch[..half], Attempts.Impatient);
            await Do(lane, batch[half..], Attempts.Impatient);
        }
    }

    // Answers all that could be judged; the others wait for a row that somebody else holds.
    private void Settle(Lane<TCommand> lane, List<Waiting<TCommand>> batch)
    {
        foreach (var one in batch)
            if (one.BlockedBy is not { } row)
                one.Finish();
            else
            {
                _figures.SetAside();
                if (lane.Park(one, row))
                    _ = Task.Run(() => Watch(lane, row));
            }
    }

    // Waits for one row after the other, holding nothing else, so that nobody waits who does not need it.
    private async Task Watch(Lane<TCommand> lane, HeldRow? row)
    {
        for (; row is not null; row = lane.Unwatched())
            while (lane.HasParked(row))
                await WaitFor(lane, row);
    }

    // All that wait for the row when it is free are done in the transaction that got it.
    private async Task WaitFor(Lane<TCommand> lane, HeldRow row)
    {
        List<Waiting<TCommand>>? batch = null;
        try
        {
            await using var db = await _attempt.Hold(lane.Tenant, row);
            var began = clock.GetTimestamp();
            batch = Ready(lane, lane.TakeParked(row, _ => true));
            if (batch.Count == 0)
                return;
            await _attempt.Run(db, batch);
            Settle(lane, batch);
            _figures.Done(batch.Count, clock.GetElapsedTime(began));
        }
        catch (Exception failed) when (batch is null || Attempts.ConcernsAll(failed))
        {
            var isOver = !Attempts.IsBlocked(failed);
            foreach (var one in batch ?? lane.TakeParked(row, one => isOver || HasWaited(one, Patience.Default.Lock)))
                one.Fail(Told(failed));
        }
        catch (Exception)
        {
            Return(lane, batch!);
        }
    }

    private bool HasWaited(Waiting<TCommand> one, TimeSpan time) => clock.GetElapsedTime(one.Since) >= time;

    // To be tried again, until it has waited too long.
    private void Return(Lane<TCommand> lane, List<Waiting<TCommand>> batch)
    {
        if (lane.Return(batch))
            _ = Task.Run(() => Run(lane));
    }

    private void Aside(Lane<TCommand> lane, Waiting<TCommand> single)
    {
        if (lane.Alone(single))
            _ = Task.Run(() => Alone(lane, single));
        else
            Return(lane, [single]);
    }

    // Not a row holds it up but, say, its key. It waits for that by itself, as long as any verb does, and holds up nobody.
    private async Task Alone(Lane<TCommand> lane, Waiting<TCommand> waiting)
    {
        _figures.SetAside();
        Exception? why = null;
        try
        {
            await _attempt.Alone(lane.Tenant, waiting);
        }
        catch (Exception failed)
        {
            why = failed;
        }
        lane.Back(waiting);
        if (why is null)
            Settle(lane, [waiting]);
        else
            waiting.Fail(Told(why));
    }

    // Another process wrote the same at the same moment, under other locks: judged anew it is found.
    private bool IsTwin(Exception failed) => failed is PostgresException violated && violated.ConstraintName == twins;

    private Exception Told(Exception failed) =>
        IsTwin(failed)
            ? new Busy("The same is being asked for at this moment. Ask again to see what it became.", failed)
            : failed;

    // As long as a twin in another process would wait for the key.
    private async Task After(Lane<TCommand> lane, Waiting<TCommand> first, Waiting<TCommand> twin)
    {
        if (await Task.WhenAny(first.Done, Task.Delay(OnceByKey.TwinWait, clock)) != first.Done)
            twin.Fail(OnceByKey.Running());
        else if (lane.Alone(twin))
            await Alone(lane, twin);
        else
            twin.Fail(OnceByKey.Running());
    }
}

/// <summary>How long a batch waits for a lock, and what its failures say about those in it.</summary>
internal static class Attempts
{
    internal static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);

    /// <summary>While a batch is taken apart, or when somebody is known to hold a row for long.</summary>
    internal static readonly TimeSpan Impatient = TimeSpan.FromMilliseconds(3);

    internal static bool IsBlocked(Exception failed) =>
        failed is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    /// <summary>The database is gone or overwhelmed: asking again piece by piece would only make it worse.</summary>
    internal static bool ConcernsAll(Exception failed) =>
        failed
            is Busy
                or TimeoutException
                or (NpgsqlException and not PostgresException)
                or PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "53300" or "57014" or Pooler.Gone };
}
