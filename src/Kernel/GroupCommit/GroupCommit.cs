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
    private const int LargestBatch = 256;

    // Batches of different tenants at the same time. Who waits for a turn gets it in the order of asking, so that a busy tenant
    // has one turn, then everybody else.
    private const int Turns = 8;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<int, Lane> _lanes = new();
    private readonly SemaphoreSlim _turns = new(Turns);
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
        var lane = _lanes.GetOrAdd(caller.Tenant, static tenant => new Lane(tenant));
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

    private async Task Run(Lane lane)
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

    // Without those that waited too long for their turn, and the twins of one that waits alone.
    private List<Waiting<TCommand>> Ready(Lane lane, List<Waiting<TCommand>> batch)
    {
        var now = clock.GetTimestamp();
        return batch.FindAll(one =>
        {
            if (clock.GetElapsedTime(one.Since, now) > LongestWait)
                one.Fail(new Busy("This request waited too long for its turn. Nothing was written; try again."));
            else if (lane.Aside(one) is { } first)
                _ = Task.Run(() => After(lane, first, one));
            else
                return true;
            return false;
        });
    }

    // A batch that cannot be done is halved until what stops it stands alone: the others are answered all the same.
    private async Task Do(Lane lane, List<Waiting<TCommand>> batch, TimeSpan forLocks)
    {
        if (batch.Count == 0)
            return;
        try
        {
            var began = clock.GetTimestamp();
            await _attempt.Run(lane.Tenant, batch, forLocks);
            foreach (var one in batch)
                one.Finish();
            _figures.Done(batch.Count, clock.GetElapsedTime(began));
        }
        catch (Exception failed) when (batch.Count == 1 || Attempts.ConcernsAll(failed))
        {
            if (batch is [var single] && (Attempts.IsBlocked(failed) || IsTwin(failed)) && lane.SetAside(single))
                _ = Task.Run(() => Alone(lane, single));
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

    // Somebody outside holds what it needs. It waits for that by itself, as long as any verb does, and holds up nobody.
    private async Task Alone(Lane lane, Waiting<TCommand> waiting)
    {
        _figures.SetAside();
        try
        {
            await _attempt.Alone(lane.Tenant, waiting);
            waiting.Finish();
        }
        catch (Exception failed)
        {
            waiting.Fail(Told(failed));
        }
        finally
        {
            lane.Back(waiting);
        }
    }

    // Another process wrote the same at the same moment, under other locks: judged anew it is found.
    private bool IsTwin(Exception failed) => failed is PostgresException violated && violated.ConstraintName == twins;

    private Exception Told(Exception failed) =>
        IsTwin(failed)
            ? new Busy("The same is being asked for at this moment. Ask again to see what it became.", failed)
            : failed;

    // As long as a twin in another process would wait for the key.
    private async Task After(Lane lane, Waiting<TCommand> first, Waiting<TCommand> twin)
    {
        if (await Task.WhenAny(first.Done, Task.Delay(OnceByKey.TwinWait, clock)) != first.Done)
            twin.Fail(OnceByKey.Running());
        else if (lane.SetAside(twin))
            await Alone(lane, twin);
        else
            twin.Fail(OnceByKey.Running());
    }

    /// <summary>The requests of one tenant, in the order of arrival.</summary>
    private sealed class Lane(int tenant)
    {
        private const int MostAside = 16;
        private readonly Lock _gate = new();
        private List<Waiting<TCommand>> _waiting = [];
        private bool _runs;
        private readonly Dictionary<(Guid, Guid), Waiting<TCommand>> _aside = [];

        internal int Tenant { get; } = tenant;

        internal bool HasBlocked
        {
            get
            {
                lock (_gate)
                    return _aside.Count > 0;
            }
        }

        internal bool Add(Waiting<TCommand> one, out bool starts)
        {
            lock (_gate)
            {
                starts = false;
                if (_waiting.Count >= LongestQueue)
                    return false;
                _waiting.Add(one);
                starts = !_runs;
                _runs = true;
                return true;
            }
        }

        internal List<Waiting<TCommand>>? Take()
        {
            lock (_gate)
            {
                var batch = _waiting;
                if (batch.Count == 0)
                {
                    _runs = false;
                    return null;
                }
                _waiting = batch.Count > LargestBatch ? batch[LargestBatch..] : new(batch.Count + 16);
                return batch.Count > LargestBatch ? batch[..LargestBatch] : batch;
            }
        }

        internal bool SetAside(Waiting<TCommand> one)
        {
            lock (_gate)
                return _aside.Count < MostAside && _aside.TryAdd((one.Caller.Actor, one.Key), one);
        }

        internal Waiting<TCommand>? Aside(Waiting<TCommand> twin)
        {
            lock (_gate)
                return _aside.GetValueOrDefault((twin.Caller.Actor, twin.Key));
        }

        internal void Back(Waiting<TCommand> one)
        {
            lock (_gate)
                _aside.Remove((one.Caller.Actor, one.Key));
        }
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
