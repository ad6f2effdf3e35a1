using Millrace.CrashHost;
using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>Committed events get dense positions in lock order, whatever else is open on the server.</summary>
public sealed class SequencerTests(Server server)
{
    [Fact, Case("L1")]
    public async Task A_lower_id_that_commits_after_a_higher_one_was_read_is_delivered_next()
    {
        await using var database = await server.NewDatabase();
        await using var sequencer = await database.Sequence();
        await using var early = database.OpenTenant();
        await early.Publish(new Probed("low", "d"));
        await database.Publish(new Probed("high", "d"));
        await Eventually.Get(database.Delivered, all => all is ["high"], "the higher id is delivered");
        var cursor = await database.Head();

        await early.Commit();
        await database.AssertSequenced();

        // A reader goes on from its cursor: what is new must stand behind it, although its id is lower.
        var behind = await new LogReader(database.Databases).Range(
            cursor,
            cursor + 10,
            tenant: null,
            10,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(["low"], behind.Select(one => one.Read<Probed>().Note));
        Assert.True(behind[0].Id < await database.Superuser<long>("select max(id) from kernel.event"));
    }

    [Fact, Case("L2")]
    public async Task The_one_who_wins_the_stock_row_is_delivered_first_although_its_xid_is_higher()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await factory.Receive(factory.Item, 1);
        await using var lower = factory.Open();
        await using var higher = factory.Open();
        var lowerXid = await lower.One<long>($"select pg_current_xact_id()::text::bigint");
        var higherXid = await higher.One<long>($"select pg_current_xact_id()::text::bigint");
        Assert.True(lowerXid < higherXid);

        var first = await ReceiveStock.Run(higher, [Receipt(factory, "won the row")]);
        var waiting = ReceiveStock.Run(lower, [Receipt(factory, "had the lower xid")]);
        await Eventually.Get(
            () => database.Superuser<long>("select count(*) from pg_locks where locktype = 'transactionid' and not granted"),
            blocked => blocked > 0,
            "the lower xid waits for the row"
        );
        await higher.Commit();
        var second = await waiting;
        await lower.Commit();
        // Both are there before the first tick: only the order inside it can tell them apart.
        await using var sequencer = await database.Sequence();
        await database.AssertSequenced();

        Assert.Equal(
            [first[0].Result.Number, second[0].Result.Number],
            await database.Superuser<string[]>(
                """
                select array_agg(e.payload ->> 'document' order by p.pos) filter (where p.pos > 1)
                from kernel.event_pos p join kernel.event e on e.day = p.event_day and e.id = p.event_id
                """
            )
        );
    }

    [Fact, Case("L3")]
    public async Task One_slow_large_transaction_beside_a_thousand_small_ones_skips_and_stalls_nothing()
    {
        const int small = 1000;
        const int large = 5000;
        await using var database = await server.NewDatabase();
        await using var sequencer = await database.Sequence();
        await using var slow = database.OpenTenant();
        await slow.Publish([.. Enumerable.Range(0, large / 2).Select(at => new Probed($"large {at}", "large"))]);

        var writers = Enumerable
            .Range(0, 4)
            .Select(async writer =>
            {
                for (var at = 0; at < small / 4; at++)
                    await database.Publish(new Probed($"small {writer}.{at}", "small"));
            });
        await Task.WhenAll(writers);
        await Eventually.Get(database.Delivered, all => all.Length == small, "all small ones while the large one is open", 2);

        // The large one's later ids lie above the small ones', its earlier ones below.
        await slow.Publish([.. Enumerable.Range(large / 2, large / 2).Select(at => new Probed($"large {at}", "large"))]);
        await slow.Commit();
        await database.AssertSequenced();
        var notes = await database.Delivered();
        Assert.Equal(small + large, notes.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, large).Select(at => $"large {at}"), notes[small..]);
    }

    [Fact]
    public async Task Cut_connections_of_the_sequencer_do_not_stop_the_log()
    {
        await using var database = await server.NewDatabase();
        await using var sequencer = await database.Sequence();
        for (var round = 1; round <= 2; round++)
        {
            await database.Publish(new Probed($"{round}", "d"));
            await Eventually.Get(database.Delivered, all => all.Length == round, $"round {round}", 5);
            Assert.NotEqual(
                0L,
                await database.Superuser<long>(
                    """
                    select count(pg_terminate_backend(pid)) from pg_stat_activity
                    where datname = current_database() and application_name = 'millrace relay'
                    """
                )
            );
        }
        await database.Publish(new Probed("3", "d"));

        await database.AssertSequenced();
        Assert.Equal(["1", "2", "3"], await database.Delivered());
    }

    private static ReceiveStock.Request Receipt(Factory factory, string reference) =>
        new(factory.Warehouse, Factory.Today, [new(factory.Item, 1)], reference);
}
