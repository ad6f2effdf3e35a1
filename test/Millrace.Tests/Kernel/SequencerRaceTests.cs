using Millrace.CrashHost;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

/// <summary>Many writers on few rows for some seconds: what is committed is delivered once, in the order of the locks.</summary>
public sealed class SequencerRaceTests(Server server)
{
    private const int Rows = 5;
    private const int Writers = 8;
    private const int Fewest = 3;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Fact, Case("L5")]
    public async Task Rollbacks_and_killed_backends_never_stall_the_log_and_lock_order_is_kept()
    {
        await using var database = await server.NewDatabase();
        await database.Superuser(
            $"""
            create table public.contended (row int primary key, turn bigint not null default 0);
            insert into public.contended select generate_series(1, {Rows});
            grant select, update on public.contended to millrace_app
            """
        );
        // Two of them with a short lease: while one works the other asks for the lease all the time.
        await using var one = await database.Sequence(new LogSettings { Lease = TimeSpan.FromSeconds(0.5) });
        await using var two = await database.Sequence(new LogSettings { Lease = TimeSpan.FromSeconds(0.5) });
        await using var killer = await database.OpenAsSuperuser();
        using var killing = new SemaphoreSlim(1);

        var ends = await Task.WhenAll(
            Enumerable.Range(1, Writers).Select(writer => Write(database, killer, killing, new Dice((uint)writer)))
        );
        await database.AssertSequenced(5);

        Assert.Equal(ends.Sum(end => end.Committed), await database.Head());
        Assert.All(ends, end => Assert.True(end.RolledBack >= Fewest && end.Killed >= Fewest, $"{end}"));
        // A row's turn is given under its lock, so the turns of a row in order of position are 1, 2, 3 …
        Assert.Equal(
            "",
            await database.Superuser<string>(
                """
                select coalesce(string_agg(format('row %s: turn %s stands at place %s', document, turn, place), '; '), '')
                from (select document, turn, row_number() over (partition by document order by pos) as place
                    from (select p.pos, e.aggregate as document, (e.payload ->> 'note')::bigint as turn
                        from kernel.event_pos p join kernel.event e on e.day = p.event_day and e.id = p.event_id) e) o
                where turn <> place
                """
            )
        );
    }

    private static async Task<(int Committed, int RolledBack, int Killed)> Write(
        TestDatabase database,
        NpgsqlConnection killer,
        SemaphoreSlim killing,
        Dice dice
    )
    {
        var (committed, rolledBack, killed) = (0, 0, 0);
        var began = TimeProvider.System.GetTimestamp();
        // On a slow machine until each of them has seen every end a few times.
        while (
            TimeProvider.System.GetElapsedTime(began) is var past
            && (past < Length || (past < Longest && (rolledBack < Fewest || killed < Fewest)))
        )
        {
            await using var db = database.OpenTenant();
            var row = 1 + dice.Throw(Rows);
            if (dice.Throw(3) == 0)
                await db.Execute($"select pg_current_xact_id()"); // an xid that is older than its lock
            var turn = await db.One<long>($"update public.contended set turn = turn + 1 where row = {row} returning turn");
            if (dice.Throw(4) == 0)
                await db.Execute($"savepoint later");
            await db.Publish(new Probed($"{turn}", $"{row}"));
            switch (dice.Throw(20))
            {
                case 0 or 1:
                    rolledBack++;
                    break;
                case 2:
                    await Kill(killer, killing, await db.One<int>($"select pg_backend_pid()"));
                    // Nothing of it is there, and COMMIT is never taken for a success.
                    await Assert.ThrowsAsync<Busy>(db.Commit);
                    killed++;
                    break;
                default:
                    await db.Commit();
                    committed++;
                    break;
            }
        }
        return (committed, rolledBack, killed);
    }

    private static async Task Kill(NpgsqlConnection killer, SemaphoreSlim killing, int backend)
    {
        await killing.WaitAsync();
        try
        {
            Assert.True(await killer.Ask<bool>($"select pg_terminate_backend({backend}, 5000)"));
        }
        finally
        {
            killing.Release();
        }
    }
}
