using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace Millrace.Kernel;

/// <summary>A right to do something alone, on the database's clock, with a term that every write of its holder checks.</summary>
public sealed record Lease(string Name, long Term, bool LeftUnclean);

/// <summary>Takes, keeps and gives back leases. Clocks and names of machines play no part.</summary>
public sealed class Leases(NpgsqlDataSource source, LogSettings settings)
{
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly string _holder = Guid.CreateVersion7().ToString("N");

    /// <summary>The lease if it is free or has run out, with a new term; otherwise nothing.</summary>
    public async Task<Lease?> Take(string name, CancellationToken stop)
    {
        if (!_known.ContainsKey(name))
            await Know(name, stop);
        await using var command = source.CreateCommand(
            """
            with old as (select name, holder from kernel.lease
                where name = $1 and until < clock_timestamp() for update skip locked)
            update kernel.lease l set holder = $2, term = term + 1, until = clock_timestamp() + $3
            from old where l.name = old.name returning l.term, old.holder <> ''
            """
        );
        Add(command, name, _holder, settings.Lease);
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop) ? new Lease(name, reader.GetInt64(0), reader.GetBoolean(1)) : null;
    }

    /// <summary>False when the lease belongs to somebody else by now. A lane says with it how far it is.</summary>
    public async Task<bool> Keep(Lease lease, CancellationToken stop, long? scanned = null, TimeSpan? behind = null)
    {
        await using var command = source.CreateCommand(
            """
            update kernel.lease set until = clock_timestamp() + $3, scanned = coalesce($5, scanned),
                behind_since = clock_timestamp() - $6
            where name = $1 and holder = $2 and term = $4
            """
        );
        Add(command, lease.Name, _holder, settings.Lease);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = lease.Term });
        command.Parameters.Add(new NpgsqlParameter<long?> { TypedValue = scanned, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan?> { TypedValue = behind, NpgsqlDbType = NpgsqlDbType.Interval });
        return await command.ExecuteNonQueryAsync(stop) == 1;
    }

    /// <summary>
    /// Keeps the lease while this is done, so that what takes long is not begun by a second holder beside the first. Who has lost
    /// it all the same learns so when it writes.
    /// </summary>
    public async Task<T> KeepWhile<T>(Lease lease, Func<Task<T>> work, TimeProvider clock)
    {
        using var done = new CancellationTokenSource();
        var beat = Beat(lease, clock, done.Token);
        try
        {
            return await work();
        }
        finally
        {
            await done.CancelAsync();
            await beat;
        }
    }

    private async Task Beat(Lease lease, TimeProvider clock, CancellationToken done)
    {
        try
        {
            while (true)
            {
                await Task.Delay(settings.Lease / 3, clock, done);
                await Keep(lease, done);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or NpgsqlException or TimeoutException)
        {
            // Done, or without a database: then the work's own writes say what is the matter.
        }
    }

    /// <summary>Given back in good order: the next holder need not suspect a crash.</summary>
    public async Task GiveBack(Lease lease)
    {
        await using var command = source.CreateCommand(
            "update kernel.lease set until = '-infinity', holder = '' where name = $1 and holder = $2 and term = $3"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = lease.Name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _holder });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = lease.Term });
        try
        {
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            // Without a database it cannot be given back; it runs out by itself.
        }
    }

    private async Task Know(string name, CancellationToken stop)
    {
        await using var command = source.CreateCommand("insert into kernel.lease (name) values ($1) on conflict do nothing");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        await command.ExecuteNonQueryAsync(stop);
        _known[name] = true;
    }

    private static void Add(NpgsqlCommand command, string name, string holder, TimeSpan time)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = holder });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = time });
    }
}

/// <summary>Times and sizes of the log.</summary>
public sealed record LogSettings
{
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(10);
    public TimeSpan IdleTick { get; init; } = TimeSpan.FromMilliseconds(200);
    public int Batch { get; init; } = 1000;

    /// <summary>Lanes are part of the cursors' keys: changing their number needs a migration.</summary>
    public const int Lanes = 4;
}

/// <summary>One of the parallel ways through the log; a tenant is always in the same one.</summary>
public sealed record Lane(int Number, int Of);
