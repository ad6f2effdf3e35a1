namespace Millrace.Tests;

/// <summary>The published program is killed again and again while receipts pour in: each has its voucher, once.</summary>
public sealed class KilledProgramTests(Server server)
{
    private const double Lease = 0.5;
    private const int Kills = 4;
    private const int InTheGap = 2;

    // The time between a consumer's effect and its checkpoint is a millisecond; here it is a quarter of a second, to hit it.
    private const string WidenTheGap = """
        create function public.dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(0.25); return new; end $$;
        create trigger dawdle before insert on kernel.cursor for each row execute function public.dawdle()
        """;

    private const string Missing = "select (select count(*) from inventory.movement) - count(*) from accounting.voucher";

    [Fact, Case("L10")]
    public async Task A_kill_between_the_effect_and_the_checkpoint_neither_loses_nor_doubles_a_voucher()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await database.Superuser(WidenTheGap);
        using var stopWriting = new CancellationTokenSource();
        var writing = Write(factory, stopWriting.Token);
        var dice = new Dice(10);

        for (var kill = 0; kill < Kills; kill++)
        {
            await using var program = await ProgramProcess.Serve(database.ConnectionString, Lease);
            // It gets on a little first: an event in hand at three ends of the program is suspected to cause them (L11).
            var vouchers = await Vouchers(database);
            await Eventually.Get(() => Vouchers(database), count => count > vouchers, "it posts", 20);
            if (kill < InTheGap)
                await Eventually.Get(() => SessionsInTheGap(database), sessions => sessions > 0, "a consumer is in the gap", 10);
            else
                await AtSomeMoment(database, dice.Throw(20));
            await program.KillHard();
        }
        await stopWriting.CancelAsync();
        await writing;
        await database.Superuser("drop trigger dawdle on kernel.cursor");
        await using var last = await ProgramProcess.Serve(database.ConnectionString, Lease);
        await Eventually.Get(
            () => database.Superuser<long>(Missing),
            missing => missing == 0,
            // After a kill the first thousand are tried one by one, with every attempt noted before.
            "every receipt has its voucher",
            120
        );

        Assert.Equal(
            0L,
            await database.Superuser<long>(
                "select count(*) from (select from accounting.voucher group by event_day, event_id having count(*) <> 1) d"
            )
        );
        Assert.Equal(0L, await database.Superuser<long>("select count(*) from kernel.parked"));
        await database.AssertVerified();
    }

    private static Task<long> Vouchers(TestDatabase database) =>
        database.Superuser<long>("select count(*) from accounting.voucher");

    /// <summary>Sessions that have written vouchers and wait inside the checkpoint.</summary>
    private static Task<long> SessionsInTheGap(TestDatabase database) =>
        database.Superuser<long>(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'"
        );

    /// <summary>The moment is counted in positions of the log: wherever the program happens to be then.</summary>
    private static async Task AtSomeMoment(TestDatabase database, int positions)
    {
        var from = await database.Head();
        await Eventually.Get(database.Head, head => head >= from + positions, "the log moves", 20);
    }

    private static async Task Write(Factory factory, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var at = 0; !stop.IsCancellationRequested; at++)
        {
            await factory.Receive(factory.Items[at % factory.Items.Count], 1 + (at % 7));
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
