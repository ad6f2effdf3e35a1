using System.Text.Json;
using Millrace.CrashHost;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>
/// A handler that ends the process itself. It is found by counting attempts before they are made: the program may crash
/// three times, then the event is parked and the lane goes on.
/// </summary>
[Case("L11")]
public sealed class CrashingHandlerTests(Server server)
{
    private const int MostCrashes = 3;

    [Fact]
    public async Task An_event_that_ends_the_process_is_parked_and_comes_back_once_the_program_is_mended()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        var factory = await Factory.Make(database.Dbs);
        await database.Publish(
            factory.Tenant,
            new Probed("before", "other"),
            new Probed("bad", "document", Probed.Crashes),
            new Probed("behind", "document"),
            new Probed("after", "other")
        );

        var crashes = await ProbeHost.RestartUntil(
            database,
            async () => await database.ParkedNotes() is ["bad", "behind"] && (await database.Probed()).Length == 2,
            MostCrashes
        );

        Assert.Equal(MostCrashes, crashes);
        Assert.Equal(["before", "after"], await database.Probed());
        await using var api = await App.Start(database.ConnectionString, work: false);
        using var person = await api.SignIn(await factory.AddPerson("clerk"));
        var parked = (await person.Get("/api/v1/parked-events")).Json.GetProperty("items");
        Assert.Contains("The program ended", parked[0].GetProperty("error").GetString(), StringComparison.Ordinal);

        // A person asks too early: the program ends once more, the event is parked as before, and the rest goes on.
        await person.Post($"/api/v1/parked-events/{parked[0].GetProperty("id")}/retry");
        using (var once = ProbeHost.Start(database, broken: true))
            await Eventually.True(() => Task.FromResult(once.HasExited), "it ends once more", 30);
        var again = (await person.Get("/api/v1/parked-events")).Json.GetProperty("items")[0];
        Assert.Equal(JsonValueKind.Null, again.GetProperty("retryRequestedAt").ValueKind);
        Assert.Equal(2, again.GetProperty("attempts").GetInt32());
        Assert.Equal("The program ended while trying this event again.", again.GetProperty("error").GetString());
        await database.Publish(factory.Tenant, new Probed("later", "other"));
        Assert.Equal(0, await ProbeHost.RestartUntil(database, async () => await database.Probed() is [.., "later"], 0));

        // The program is mended.
        await using var mended = await database.Probe();
        await person.Post($"/api/v1/parked-events/{parked[0].GetProperty("id")}/retry");
        await Eventually.Get(database.ParkedNotes, notes => notes.Length == 0, "nothing is parked any more");
        Assert.Equal(["before", "after", "later", "bad", "behind"], await database.Probed());
    }

    [Fact]
    public async Task An_innocent_event_that_is_handled_while_another_crashes_is_not_suspected()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        // Tenants of two lanes: what one is doing is cut off whenever the other ends the process.
        await database.Publish(1, new Probed("bad", "d", Probed.Crashes), new Probed("behind", "d"));
        await database.Publish(2, new Probed("slow 1", "a", Probed.TakesLong), new Probed("slow 2", "b", Probed.TakesLong));

        await ProbeHost.RestartUntil(
            database,
            async () =>
                (await database.ParkedNotes()).Length >= 2
                && (await database.Probed()).Length + (await database.ParkedNotes()).Length >= 4,
            MostCrashes
        );

        Assert.Equal(["bad", "behind"], await database.ParkedNotes());
        Assert.Equal(["slow 1", "slow 2"], await database.Probed());
    }

    [Fact]
    public async Task A_lane_is_kept_while_an_event_takes_long()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await using var program = await database.Probe();
        program.Consumer.Meanwhile = async () =>
        {
            var until = await Until();
            await Eventually.True(async () => await Until() > until, "the lease is kept while its holder works");
        };

        await database.Publish(1, new Probed("slow", "a"));

        await Eventually.Get(database.Probed, notes => notes.Length == 1, "it is handled");
        Assert.Empty(await database.ParkedNotes());

        Task<DateTime> Until() =>
            database.Superuser<DateTime>($"select until from kernel.lease where name = '{ProbeConsumer.Name}/1'");
    }

    [Fact]
    public async Task Who_loses_the_lane_and_lives_did_not_crash()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await SomebodyVanished(database);
        await using var program = await database.Probe();
        var tries = 0;
        program.Consumer.Meanwhile = () => tries++ <= MostCrashes ? SomebodyVanished(database) : Task.CompletedTask;

        await database.Publish(1, new Probed("innocent", "a"));

        await Eventually.Get(database.Probed, notes => notes.Length == 1, "it is handled in the end");
        Assert.Equal(MostCrashes + 2, tries);
        Assert.Empty(await database.ParkedNotes());
    }

    /// <summary>As if another process had taken the lane of tenant 1 and ended.</summary>
    private static Task<int> SomebodyVanished(TestDatabase database) =>
        database.Superuser(
            $"""
            insert into kernel.lease (name, holder, term) values ('{ProbeConsumer.Name}/1', 'gone', 1)
            on conflict (name) do update set holder = 'gone', term = kernel.lease.term + 1, until = '-infinity'
            """
        );
}
