namespace Millrace.Kernel;

/// <summary>The requests of one tenant: in the order of arrival, and those that wait for a row or alone.</summary>
internal sealed class Lane<TCommand>(int tenant, int longest)
{
    private const int LargestBatch = 256;
    private const int MostAlone = 8;
    private const int MostWatched = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid, Guid), Waiting<TCommand>> _away = [];
    private readonly Dictionary<HeldRow, List<Waiting<TCommand>>> _parked = [];
    private readonly Queue<HeldRow> _unwatched = new();
    private List<Waiting<TCommand>> _waiting = [];
    private int _parkedRequests;
    private int _watchers;
    private int _alone;
    private bool _runs;

    internal int Tenant { get; } = tenant;

    internal bool HasBlocked
    {
        get
        {
            lock (_gate)
                return _alone > 0;
        }
    }

    /// <summary>No when too many wait already. Who is told that it starts runs the lane.</summary>
    internal bool Add(Waiting<TCommand> one, out bool starts)
    {
        lock (_gate)
        {
            starts = false;
            if (_waiting.Count + _parkedRequests >= longest)
                return false;
            _waiting.Add(one);
            starts = Starts();
            return true;
        }
    }

    /// <summary>Before those that came later.</summary>
    internal bool Return(IReadOnlyCollection<Waiting<TCommand>> batch)
    {
        lock (_gate)
        {
            _waiting.InsertRange(0, batch);
            return Starts();
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

    /// <summary>Until the row is free. Who is told that it is the first has to watch the row.</summary>
    internal bool Park(Waiting<TCommand> one, HeldRow row)
    {
        lock (_gate)
        {
            _parkedRequests++;
            _away.TryAdd(KeyOf(one), one);
            if (_parked.TryGetValue(row, out var those))
            {
                those.Add(one);
                return false;
            }
            _parked.Add(row, [one]);
            if (_watchers < MostWatched)
            {
                _watchers++;
                return true;
            }
            _unwatched.Enqueue(row);
            return false;
        }
    }

    internal bool HasParked(HeldRow row)
    {
        lock (_gate)
        {
            if (_parked[row].Count > 0)
                return true;
            _parked.Remove(row);
            return false;
        }
    }

    internal List<Waiting<TCommand>> TakeParked(HeldRow row, Func<Waiting<TCommand>, bool> which)
    {
        lock (_gate)
        {
            var those = _parked[row];
            var taken = those.Where(which).Take(LargestBatch).ToList();
            those.RemoveAll(taken.ToHashSet().Contains);
            _parkedRequests -= taken.Count;
            foreach (var one in taken)
                IsBack(one);
            return taken;
        }
    }

    /// <summary>The next row that nobody watches yet; none ends the watching.</summary>
    internal HeldRow? Unwatched()
    {
        lock (_gate)
        {
            if (_unwatched.TryDequeue(out var row))
                return row;
            _watchers--;
            return null;
        }
    }

    internal bool Alone(Waiting<TCommand> one)
    {
        lock (_gate)
        {
            if (_alone == MostAlone || !_away.TryAdd(KeyOf(one), one))
                return false;
            _alone++;
            return true;
        }
    }

    internal void Back(Waiting<TCommand> one)
    {
        lock (_gate)
        {
            _alone--;
            IsBack(one);
        }
    }

    /// <summary>The first with the same key, when that waits outside of the batches.</summary>
    internal Waiting<TCommand>? Away(Waiting<TCommand> twin)
    {
        lock (_gate)
            return _away.GetValueOrDefault(KeyOf(twin));
    }

    private void IsBack(Waiting<TCommand> one)
    {
        if (_away.GetValueOrDefault(KeyOf(one)) == one)
            _away.Remove(KeyOf(one));
    }

    private static (Guid, Guid) KeyOf(Waiting<TCommand> one) => (one.Caller.Actor, one.Key);

    private bool Starts()
    {
        var starts = !_runs;
        _runs = true;
        return starts;
    }
}
