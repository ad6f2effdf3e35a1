using Millrace.CrashHost;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>What a consumer writes and how far it has read commit together, whoever holds the lane.</summary>
public sealed class ConsumerTests(Server server)
{
    private static readonly int[] Tenants = [4, 5, 6, 7]; // one of each lane

    [Fact]
    public async Task Two_programs_share_the_lanes_and_the_one_that_stays_takes_over_those_of_the_one_that_leaves()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        var expected = new List<string>();
        await using (var stays = await database.Probe())
        {
            await using (var leaves = await database.Probe())
                await PublishInAll(database, expected, 10);
            // Given back in good order, so it does not take a lease's time.
            await PublishInAll(database, expected, 10);
            await Eventually.Get(database.Probed, notes => notes.Length == expected.Count, "everything is handled");
            await using var joins = await database.Probe();
            await PublishInAll(database, expected, 10);
            await Eventually.Get(database.Probed, notes => notes.Length == expected.Count, "everything is handled");
        }
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await database.Probed()).Order(StringComparer.Ordinal));
        await AssertInOrder(database);
        await database.AssertVerified();
    }

    [Fact]
    public async Task A_lane_whose_lease_went_to_another_term_writes_nothing_any_more()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        var leases = new Leases(database.Databases.App, new LogSettings { Lease = TimeSpan.FromMilliseconds(1) });
        var stop = TestContext.Current.CancellationToken;
        var old = await leases.Take("test.probe/1", stop);
        var fresh = await Eventually.Get(
            () => leases.Take("test.probe/1", stop),
            lease => lease is not null,
            "the lease ran out"
        );
        var cursors = new Cursors("test.probe", 1);

        await using (var late = database.OpenTenant())
        {
            await late.Execute($"insert into public.probed (pos, note) values (1, 'old')");
            await Assert.ThrowsAsync<LaneLost>(() => cursors.Move(late, 0, 1, old!));
        }
        await using (var first = database.OpenTenant())
        {
            await first.Execute($"insert into public.probed (pos, note) values (1, 'new')");
            await cursors.Move(first, 0, 1, fresh!);
            await first.Commit();
        }
        // Even with a valid term a step that was taken is not taken twice.
        await using (var twice = database.OpenTenant())
        {
            await twice.Execute($"insert into public.probed (pos, note) values (1, 'twice')");
            await Assert.ThrowsAsync<LaneLost>(() => cursors.Move(twice, 0, 1, fresh!));
        }

        Assert.Equal(old!.Term + 1, fresh!.Term);
        Assert.False(await leases.Keep(old, stop));
        Assert.Equal(["new"], await database.Probed());
    }

    [Fact]
    public async Task A_batch_in_which_one_event_fails_is_handled_one_by_one_and_each_effect_is_there_once()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        // All in one batch: committed before anybody reads, two tenants of one lane mixed.
        foreach (
            var (tenant, note, does) in ((int, string, string)[])
                [(1, "a1", ""), (5, "b1", ""), (1, "bad", Probed.Throws), (5, "b2", ""), (1, "a2", "")]
        )
            await database.Publish(tenant, new Probed(note, note, does));

        await using var host = await database.Probe(broken: true);
        await Eventually.Get(database.Probed, notes => notes.Length == 4, "all but one are handled");

        Assert.Equal(["a1", "b1", "b2", "a2"], await database.Probed());
        Assert.Equal(["bad"], await database.ParkedNotes());
        Assert.Equal(1, await database.Superuser<int>("select tenant_id from kernel.parked"));
    }

    private static async Task PublishInAll(TestDatabase database, List<string> expected, int each)
    {
        for (var at = 0; at < each; at++)
            foreach (var tenant in Tenants)
            {
                expected.Add($"{tenant}/{expected.Count}");
                await database.Publish(tenant, new Probed(expected[^1], "d"));
            }
    }

    private static async Task AssertInOrder(TestDatabase database) =>
        Assert.Equal(
            0L,
            await database.Superuser<long>(
                """
                select count(*)
                from (select pos, lag(pos) over (partition by tenant_id order by n) as before from public.probed) p
                where before >= pos
                """
            )
        );
}
