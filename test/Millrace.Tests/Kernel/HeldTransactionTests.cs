using Millrace.CrashHost;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

/// <summary>
/// Somebody sits in a transaction with an xid of its own. "Minutes" are scaled: the lease is 10 seconds in production and
/// a third of one here, and the xid is held for more than three leases.
/// </summary>
[Case("L4")]
public sealed class HeldTransactionTests(Server server)
{
    private static readonly LogSettings Settings = new() { Lease = TimeSpan.FromSeconds(0.34) };
    private static readonly TimeSpan Held = 4 * Settings.Lease;

    [Fact]
    public async Task An_idle_session_that_holds_an_xid_delays_nobody_else()
    {
        await using var database = await server.NewDatabase();
        await using var holder = await database.OpenAsSuperuser();
        await holder.Run("begin");
        await holder.Run(LogOfTest.Insert(new Probed("held", "d")));

        await OthersAreDelivered(database, () => holder.Run("commit"), "held");
    }

    [Fact]
    public async Task A_prepared_transaction_delays_nobody_else()
    {
        await using var database = await server.NewDatabase();
        var name = $"held_{Guid.CreateVersion7():N}";
        await using (var holder = await database.OpenAsSuperuser())
        {
            await holder.Run("begin");
            await holder.Run(LogOfTest.Insert(new Probed("held", "d")));
            await holder.Run($"prepare transaction '{name}'");
        }
        await OthersAreDelivered(database, () => database.Superuser($"commit prepared '{name}'"), "held");
    }

    [Fact]
    public async Task A_transaction_in_another_database_delays_nobody()
    {
        await using var database = await server.NewDatabase();
        await using var elsewhere = await server.NewDatabase();
        await using var holder = await elsewhere.OpenAsSuperuser();
        await holder.Run("begin");
        await holder.Run(LogOfTest.Insert(new Probed("elsewhere", "d")));

        await OthersAreDelivered(database, () => holder.Run("commit"));

        Assert.Equal(0L, await elsewhere.Head());
    }

    private static async Task OthersAreDelivered(TestDatabase database, Func<Task> end, params string[] held)
    {
        await using var sequencer = await database.Sequence(Settings);
        var began = TimeProvider.System.GetTimestamp();
        var others = new List<string>();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (TimeProvider.System.GetElapsedTime(began) < Held)
        {
            others.Add($"other {others.Count}");
            await database.Publish(new Probed(others[^1], "d"));
            await Eventually.Get(database.Delivered, all => all.Length == others.Count, "delivered within a second", 1);
            await pace.WaitForNextTickAsync();
        }
        Assert.Equal(1L, await database.Superuser<long>("select term from kernel.lease where name = 'sequencer'"));

        await end();
        await Eventually.Get(database.Delivered, all => all.Length == others.Count + held.Length, "the held ones too", 1);
        Assert.Equal(others.Concat(held), await database.Delivered());
        await database.AssertSequenced();
    }
}
