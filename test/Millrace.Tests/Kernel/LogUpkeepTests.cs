using Microsoft.Extensions.Logging.Abstractions;
using Millrace.CrashHost;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

/// <summary>Partitions are there in time and as walled as their parents; old steps of cursors go, the last stays.</summary>
public sealed class LogUpkeepTests(Server server)
{
    private const string Partitions = """
        select coalesce(array_agg(format('%s %s', inhrelid::regclass, pg_get_expr(c.relpartbound, c.oid)) order by 1), '{}')
        from pg_inherits join pg_class c on c.oid = inhrelid where c.relkind = 'r'
        """;

    [Fact]
    public async Task Making_partitions_ahead_twice_makes_them_once()
    {
        await using var database = await server.NewDatabase();
        var before = await database.Superuser<string[]>(Partitions);
        Assert.NotEmpty(before);

        await Upkeep(database).Once(TestContext.Current.CancellationToken);
        await Upkeep(database).Once(TestContext.Current.CancellationToken);

        Assert.Equal(before, await database.Superuser<string[]>(Partitions));
    }

    [Fact]
    public async Task Partitions_made_later_reach_further_and_every_one_is_walled_like_its_parent()
    {
        await using var database = await server.NewDatabase();
        await database.Superuser("update kernel.partition_plan set ahead = ahead + 20");
        var before = await database.Superuser<long>("select count(*) from pg_inherits");

        // Several processes at once: one makes them, the others leave it to that one.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Upkeep(database).Once(TestContext.Current.CancellationToken)));

        Assert.True(await database.Superuser<long>("select count(*) from pg_inherits") > before);
        Assert.Equal(
            7L + 20,
            await database.Superuser<long>(
                """
                select count(*) from pg_inherits join pg_class c on c.oid = inhrelid
                where inhparent = 'kernel.event'::regclass
                    and substring(c.relname from '\d+$')::date > (now() at time zone 'utc')::date
                """
            )
        );
        Assert.Equal(
            "",
            await database.Superuser<string>(
                """
                select coalesce(string_agg(c.oid::regclass::text, ', '), '')
                from pg_inherits join pg_class c on c.oid = inhrelid join pg_class parent on parent.oid = inhparent
                where c.relkind = 'r' and parent.relrowsecurity
                    and not (c.relrowsecurity and c.relforcerowsecurity and parent.relforcerowsecurity
                        and exists (select from pg_policy where polrelid = c.oid and polname = 'tenant'))
                """
            )
        );
        // The log itself has a wall; positions have none because they carry no data of a tenant but its number.
        Assert.True(
            await database.Superuser<bool>("select relforcerowsecurity from pg_class where oid = 'kernel.event'::regclass")
        );
    }

    [Fact]
    public async Task A_partition_cannot_be_reached_around_its_parent()
    {
        await using var database = await server.NewDatabase();
        var partition = await database.Superuser<string>(
            "select min(inhrelid::regclass::text) from pg_inherits where inhparent = 'kernel.event'::regclass"
        );
        await using var command = database.Databases.App.CreateCommand($"select count(*) from {partition}");

        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            command.ExecuteScalarAsync(TestContext.Current.CancellationToken)
        );

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Old_steps_of_cursors_are_swept_the_last_stays_and_the_lane_goes_on_from_it()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await using (var host = await database.Probe())
            for (var step = 1; step <= 4; step++)
            {
                await database.Publish(new Probed($"{step}", "d"));
                await Eventually.Get(database.Probed, notes => notes.Length == step, $"step {step} is handled");
            }
        var cursor = await database.Superuser<long>(
            $"select max(pos) from kernel.cursor where consumer = '{ProbeConsumer.Name}'"
        );
        await database.Superuser(
            $"""
            insert into kernel.attempt values
                ('{ProbeConsumer.Name}', 1, 1, 1), ('{ProbeConsumer.Name}', 1, {cursor} + 1, 1), ('somebody else', 1, 1, 1)
            """
        );

        await Upkeep(database).Once(TestContext.Current.CancellationToken);

        Assert.Equal(
            [cursor],
            await database.Superuser<long[]>(
                $"select array_agg(pos) from kernel.cursor where consumer = '{ProbeConsumer.Name}' and lane = 1"
            )
        );
        // Attempts at what was passed go with the steps; those ahead stay.
        Assert.Equal(
            2L,
            await database.Superuser<long>(
                $"select count(*) from kernel.attempt where pos > {cursor} or consumer = 'somebody else'"
            )
        );
        Assert.Equal(2L, await database.Superuser<long>("select count(*) from kernel.attempt"));
        await using var again = await database.Probe();
        await database.Publish(new Probed("5", "d"));
        await Eventually.Get(database.Probed, notes => notes is ["1", "2", "3", "4", "5"], "it goes on, and repeats nothing");
        await database.AssertVerified();
    }

    private static LogUpkeep Upkeep(TestDatabase database) =>
        new(database.Databases, TimeProvider.System, NullLogger<LogUpkeep>.Instance);
}
