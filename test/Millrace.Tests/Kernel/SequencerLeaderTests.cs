using Npgsql;

namespace Millrace.Tests;

/// <summary>
/// Two published programs on one database, each with a login of its own so that the database can say who wrote what.
/// The lease is a second here and ten in production; the leader stands still for more than three of them.
/// </summary>
public sealed class SequencerLeaderTests(Server server)
{
    private const double Lease = 1;

    [Fact, Case("L8")]
    public async Task A_leader_that_was_stopped_and_goes_on_writes_nothing_in_its_old_term()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        var login = $"second_{Guid.CreateVersion7():N}"[..24];
        await database.Superuser($"create role {login} login superuser");
        await KeepWhoWrote(database);
        await using (var first = await ProgramProcess.Serve(database.ConnectionString, Lease))
        {
            await factory.Receive(factory.Item, 1);
            await Eventually.Get(() => Writers(database), writers => writers is ["postgres"], "the first one leads");
            await using var second = await ProgramProcess.Serve(As(login, database), Lease);
            using var stopWriting = new CancellationTokenSource();
            var writing = Task.WhenAll(factory.Items.Select(item => Write(factory, item, stopWriting.Token)));
            await Advance(database, 20);

            first.Signal(ProgramProcess.SIGSTOP);
            var stopped = TimeProvider.System.GetTimestamp();
            await Eventually.Get(() => Writers(database), writers => writers is ["postgres", _], "the other one takes over", 10);
            var term = await Term(database);
            using (var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200)))
                while (TimeProvider.System.GetElapsedTime(stopped).TotalSeconds < 3.5 * Lease)
                {
                    await Advance(database, 1); // the log moves all the time
                    await pace.WaitForNextTickAsync(CancellationToken.None);
                }
            first.Signal(ProgramProcess.SIGCONT);
            await Advance(database, 200);
            Assert.False(first.HasEnded);

            await stopWriting.CancelAsync();
            await writing;
            // Each has its voucher once, whoever posted it. A stopped holder of a row is cut off by the database after 15 s.
            await Eventually.Get(
                () =>
                    database.Superuser<long>(
                        "select (select count(*) from inventory.movement) - count(*) from accounting.voucher"
                    ),
                missing => missing == 0,
                "every receipt has its voucher",
                60
            );
            await database.AssertSequenced();
            Assert.Equal(["postgres", login], await Writers(database));
            Assert.Equal(term, await Term(database));
            // No step of a lane was written in a term that was over, or by two.
            Assert.Equal(0L, await database.Superuser<long>("select count(*) from public.step where term <> term_in_force"));
            await database.AssertVerified();
        }
        await database.Superuser($"drop role {login}");
    }

    private static Task<int> KeepWhoWrote(TestDatabase database) =>
        database.Superuser(
            """
            create table public.writer (pos bigint, login name default session_user);
            create table public.step (consumer text, lane int, term bigint, term_in_force bigint);
            create function public.keep_writer() returns trigger language plpgsql security definer as $$
            begin
                insert into public.writer (pos) values (new.pos);
                return null;
            end $$;
            create function public.keep_step() returns trigger language plpgsql security definer as $$
            begin
                insert into public.step select new.consumer, new.lane, new.term, term
                from kernel.lease where name = new.consumer || '/' || new.lane;
                return null;
            end $$;
            create trigger keep_writer after insert on kernel.event_pos for each row execute function public.keep_writer();
            create trigger keep_step after insert on kernel.cursor for each row execute function public.keep_step()
            """
        );

    /// <summary>Who wrote positions, one name for each stretch: a name that came back would stand there twice.</summary>
    private static Task<string[]> Writers(TestDatabase database) =>
        database.Superuser<string[]>(
            """
            select coalesce(array_agg(login::text order by pos), '{}')
            from (select pos, login, lag(login) over (order by pos) as before from public.writer) w
            where before is distinct from login
            """
        );

    private static Task<long> Term(TestDatabase database) =>
        database.Superuser<long>("select term from kernel.lease where name = 'sequencer'");

    private static async Task Advance(TestDatabase database, int positions)
    {
        var from = await database.Head();
        await Eventually.Get(database.Head, head => head >= from + positions, $"the log advances by {positions}", 20);
    }

    private static async Task Write(Factory factory, Guid item, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!stop.IsCancellationRequested)
        {
            await factory.Receive(item, 1);
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static string As(string login, TestDatabase database) =>
        new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = login }.ConnectionString;
}
