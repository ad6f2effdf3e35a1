using Microsoft.Extensions.DependencyInjection;
using Millrace.CrashHost;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>A consumer that begins again at the first position, and catches up, while events are written all the time.</summary>
public sealed class RebuildTests(Server server)
{
    private const int Tenants = 5;

    [Fact, Case("L6")]
    public async Task A_consumer_rebuilt_twice_while_events_are_written_counts_each_of_every_tenant_once()
    {
        await using var database = await Prepared();
        await using var host = await database.Probe();
        await using var other = await database.Probe();
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(1, Tenants).Select(tenant => Write(database, tenant, enough.Token)).ToArray();
        var rebuild = host.Services.GetRequiredService<Rebuild>();

        for (var time = 1; time <= 2; time++)
        {
            var before = await database.Superuser<long>("select count(*) from kernel.event_pos");
            await Eventually.Get(() => Handled(database), handled => handled >= before && handled > 50, "it works");
            await rebuild.Run(ProbeConsumer.Name, db => db.Execute($"delete from public.probed"));
        }
        await Eventually.Get(() => Handled(database), handled => handled > 50, "it catches up while events come");
        await enough.CancelAsync();
        var published = await Task.WhenAll(writers);

        await Eventually.Get(() => Handled(database), handled => handled == published.Sum(), "every event is handled again", 90);
        for (var tenant = 1; tenant <= Tenants; tenant++)
            Assert.Equal(
                ((long)published[tenant - 1], (long)published[tenant - 1]),
                (
                    await database.Superuser<long>($"select count(*) from public.probed where tenant_id = {tenant}"),
                    await database.Superuser<long>($"select count(distinct pos) from public.probed where tenant_id = {tenant}")
                )
            );
        // Each tenant's in the order of the log.
        Assert.Equal(
            0L,
            await database.Superuser<long>(
                """
                select count(*)
                from (select pos, lag(pos) over (partition by tenant_id order by n) as before from public.probed) p
                where before > pos
                """
            )
        );
        await database.AssertVerified();
    }

    [Fact, Case("L6")]
    public async Task A_consumer_that_is_new_catches_up_with_a_log_that_others_have_handled_while_it_grows()
    {
        await using var database = await Prepared();
        await using (var sequencer = await database.Sequence())
        {
            for (var tenant = 1; tenant <= Tenants; tenant++)
                await database.Publish(tenant, [.. Enumerable.Range(0, 400).Select(at => new Probed($"{tenant} {at}", "d"))]);
            await database.AssertSequenced();
        }
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(1, Tenants).Select(tenant => Write(database, tenant, enough.Token)).ToArray();
        await using var late = await database.Probe();

        await Eventually.Get(() => Handled(database), handled => handled > 400 * Tenants, "it reaches what was written since");
        await enough.CancelAsync();
        var published = (await Task.WhenAll(writers)).Sum() + (400 * Tenants);

        await Eventually.Get(() => Handled(database), handled => handled == published, "every event is handled");
        Assert.Equal((long)published, await database.Superuser<long>("select count(distinct pos) from public.probed"));
        await database.AssertVerified();
    }

    [Fact, Case("L6")]
    public async Task A_consumer_with_parked_events_is_not_rebuilt()
    {
        await using var database = await Prepared();
        await using var host = await database.Probe(broken: true);
        await database.Publish(new Probed("bad", "d", Probed.Throws), new Probed("good", "e"));
        await Eventually.Get(database.Probed, notes => notes is ["good"], "the good one is handled");

        var refused = await Assert.ThrowsAsync<Refused>(() =>
            host.Services.GetRequiredService<Rebuild>().Run(ProbeConsumer.Name, db => db.Execute($"delete from public.probed"))
        );

        Assert.Contains("1 parked events", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["good"], await database.Probed());
    }

    private async Task<TestDatabase> Prepared()
    {
        var database = await server.NewDatabase();
        await database.PrepareProbe();
        await database.Superuser("grant delete on public.probed to millrace_app");
        return database;
    }

    private static Task<long> Handled(TestDatabase database) => database.Superuser<long>("select count(*) from public.probed");

    private static async Task<int> Write(TestDatabase database, int tenant, CancellationToken enough)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var written = 0;
        for (; !enough.IsCancellationRequested; written += 2)
        {
            await database.Publish(tenant, new Probed($"{tenant}-{written}", "a"), new Probed($"{tenant}-{written + 1}", "b"));
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
        return written;
    }
}
