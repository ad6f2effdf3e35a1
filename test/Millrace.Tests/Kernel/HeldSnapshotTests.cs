using Millrace.CrashHost;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>
/// Somebody holds an old snapshot, so that nothing which dies can be cleared away. Nothing dies in the log: a minute in earnest
/// is scaled to many times the batches of the baseline.
/// </summary>
public sealed class HeldSnapshotTests(Server server)
{
    private const int Batch = 40;
    private const int Rounds = 12;

    [Fact, Case("L15")]
    public async Task While_a_snapshot_is_held_the_tables_of_the_log_grow_no_dead_rows_and_delivery_keeps_its_pace()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await using var host = await database.Probe(settings: new LogSettings { Lease = TimeSpan.FromSeconds(0.6) });
        var handled = 0;
        await Round(); // everything is compiled and planned
        var free = new List<TimeSpan>();
        for (var at = 0; at < 5; at++)
            free.Add(await Round());

        await using var holder = await database.OpenAsSuperuser();
        await holder.Run("begin isolation level repeatable read; select pg_current_xact_id()");
        var held = new List<TimeSpan>();
        for (var at = 0; at < Rounds; at++)
            held.Add(await Round());

        // The last five, when most has piled up.
        var (before, after) = (Median(free), Median(held.TakeLast(5)));
        Assert.True(
            after < (3 * before) + TimeSpan.FromMilliseconds(100),
            $"A batch took {before.TotalMilliseconds:0} ms, and {after.TotalMilliseconds:0} ms with the snapshot held."
        );
        // Sessions report what they did now and then; once all inserts are known, so is what died.
        const string tables =
            "relid in (select inhrelid from pg_inherits where inhparent in "
            + "('kernel.event'::regclass, 'kernel.event_pos'::regclass)) or relid = 'kernel.cursor'::regclass";
        await Eventually.Get(
            () => database.Superuser<long>($"select sum(n_tup_ins)::bigint from pg_stat_all_tables where {tables}"),
            written => written > 2 * handled,
            "the statistics have arrived"
        );
        Assert.Equal(
            0L,
            await database.Superuser<long>(
                $"select sum(n_dead_tup + n_tup_upd + n_tup_del)::bigint from pg_stat_all_tables where {tables}"
            )
        );
        // Leases are written over in place; there are few, and while nothing can be cleaned they grow by some pages a second.
        Assert.InRange(await database.Superuser<long>("select pg_relation_size('kernel.lease')"), 1, 128 * 8192);
        await holder.Run("commit");

        async Task<TimeSpan> Round()
        {
            var began = TimeProvider.System.GetTimestamp();
            for (var at = 0; at < Batch; at++)
                await database.Publish(1 + (at % 5), new Probed($"{handled + at}", $"{at % 7}"));
            handled += Batch;
            await Eventually.Get(
                () => database.Superuser<long>("select count(*) from public.probed"),
                count => count == handled,
                "the batch is handled"
            );
            return TimeProvider.System.GetElapsedTime(began);
        }
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> times) =>
        times.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : default;
}
