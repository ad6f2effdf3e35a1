using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// One transaction for a batch: holds the keys, looks for answers that are kept already, has the module do its work, and keeps
/// the answers with it.
/// </summary>
internal sealed class Attempt<TCommand>(Dbs dbs, DoTogether<TCommand> together)
{
    private static readonly TimeSpan LongestThought = TimeSpan.FromSeconds(3);

    internal async Task Run(int tenant, IReadOnlyList<Waiting<TCommand>> batch, TimeSpan forLocks)
    {
        await using var db = Open(tenant, forLocks, dbs.OpenBatch);
        var first = First(batch);
        HoldKeys(db, first);
        await Do(db, first);
    }

    /// <summary>A transaction that holds one row and nothing else, however long any verb may wait for it.</summary>
    internal async Task<Db> Hold(int tenant, HeldRow row)
    {
        var db = Open(tenant, Patience.Default.Lock, dbs.Open);
        try
        {
            db.Ahead(row.Wait);
            await db.Send();
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>In the transaction that holds the row they all waited for.</summary>
    internal Task Run(Db held, IReadOnlyList<Waiting<TCommand>> batch)
    {
        var first = First(batch);
        held.Ahead($"select set_config('lock_timeout', {Db.Milliseconds(Attempts.First)}, true)");
        HoldKeys(held, first);
        return Do(held, first);
    }

    /// <summary>With the patience of any other verb: a second for a twin with the same key, five for a row.</summary>
    internal async Task Alone(int tenant, Waiting<TCommand> waiting)
    {
        await using var db = Open(tenant, OnceByKey.TwinWait, dbs.Open);
        var first = First([waiting]);
        HoldKeys(db, first);
        try
        {
            await db.Send();
        }
        catch (PostgresException waited) when (Attempts.IsBlocked(waited))
        {
            throw OnceByKey.Running();
        }
        db.Ahead($"select set_config('lock_timeout', {Db.Milliseconds(Patience.Default.Lock)}, true)");
        await Do(db, first);
    }

    private static Db Open(int tenant, TimeSpan forLocks, Func<DbScope, Db> open)
    {
        DbScope scope = new(tenant, DbScope.System, "batch", new Patience(forLocks, Patience.Default.Statement))
        {
            ByKeys = true,
        };
        var db = open(scope);
        // A batch thinks for milliseconds. Should its process stand still with rows in hand, they are free again before those who
        // wait for them lose their patience.
        db.Ahead($"select set_config('idle_in_transaction_session_timeout', {Db.Milliseconds(LongestThought)}, true)");
        return db;
    }

    // Of several with one key the first is done; the others hear what it did.
    private static List<Waiting<TCommand>> First(IReadOnlyList<Waiting<TCommand>> batch)
    {
        var byKey = new Dictionary<(Guid, Guid), Waiting<TCommand>>(batch.Count);
        var first = new List<Waiting<TCommand>>(batch.Count);
        foreach (var one in batch)
            if (byKey.TryAdd((one.Caller.Actor, one.Key), one))
            {
                one.Begin(twin: null);
                first.Add(one);
            }
            else
                one.Begin(byKey[(one.Caller.Actor, one.Key)]);
        return first;
    }

    // In one order everywhere, before any row.
    private static void HoldKeys(Db db, List<Waiting<TCommand>> batch)
    {
        var locks = batch.Select(one => OnceByKey.LockOf(one.Caller, one.Key)).Order(StringComparer.Ordinal).ToArray();
        db.Ahead($"select pg_advisory_xact_lock(hashtextextended(held, 0)) from unnest({locks}) as held");
    }

    private async Task Do(Db db, List<Waiting<TCommand>> batch)
    {
        var clients = batch.Select(one => one.Caller.Actor).ToArray();
        var keys = batch.Select(one => one.Key).ToArray();
        var transaction = db.Later<string>($"select pg_current_xact_id()::text");
        var kept = db.Later<KeptAnswer>(
            $"""
            select a.client_id, a.key, a.fingerprint, a.status, a.body
            from {Sql.Few($"unnest({clients}, {keys})", batch.Count)} as w (client_id, key)
            cross join lateral (
                select * from kernel.answer a where a.client_id = w.client_id and a.key = w.key limit 1) a
            where a.created_at > now() - interval '24 hours'
            """
        );
        await together(db, batch.ConvertAll(one => one.Asked), Look);
        foreach (var one in batch)
            one.Render();
        // Where everything was refused or known, nothing was done: rolled back with all that was held for it.
        if (batch.FindAll(one => one.Answer is not null) is not { Count: > 0 } answered)
            return;
        Keep(db, answered);
        await db.Commit();

        async Task Look()
        {
            await db.Send();
            db.Remember(transaction.Rows[0]);
            foreach (var found in kept.Rows)
                batch.Find(one => one.Key == found.Key && one.Caller.Actor == found.ClientId)!.Found(found);
        }
    }

    private static void Keep(Db db, List<Waiting<TCommand>> answered)
    {
        var clients = answered.Select(one => one.Caller.Actor).ToArray();
        var keys = answered.Select(one => one.Key).ToArray();
        var fingerprints = answered.Select(one => one.Fingerprint).ToArray();
        var statuses = answered.Select(one => (short)one.Answer!.Status).ToArray();
        var bodies = answered.Select(one => one.Answer!.Body).ToArray();
        db.Later(
            $"""
            insert into kernel.answer (tenant_id, client_id, key, fingerprint, status, body)
            select {db.Scope.Tenant}, a.* from unnest({clients}, {keys}, {fingerprints}, {statuses}, {bodies}) as a
            on conflict (tenant_id, client_id, key) do update
                set fingerprint = excluded.fingerprint, status = excluded.status, body = excluded.body, created_at = now()
                where answer.created_at <= now() - interval '24 hours'
            """
        );
    }
}
