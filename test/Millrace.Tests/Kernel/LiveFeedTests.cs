using System.Net.WebSockets;
using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>A screen over a real WebSocket: wherever it comes back, it misses nothing and sees nothing twice.</summary>
public sealed class LiveFeedTests(Server server)
{
    [Fact, Case("L19")]
    public async Task A_screen_that_comes_back_at_the_head_or_in_the_middle_has_no_hole_and_no_double()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await using var app = await App.Start(database.ConnectionString);
        using var machine = await Viewer(app, factory);
        var seen = new List<string>();
        await factory.Receive(factory.Item, 1); // before the first screen opens: not its business
        await database.AssertSequenced();

        long at;
        await using (var screen = await LiveScreen.Open(app.Url, machine, since: null))
        {
            Assert.False(screen.Batches[0].Resync);
            Assert.InRange(screen.Through, 1, await database.Head());
            for (var one = 0; one < 3; one++)
                await factory.Receive(factory.Item, 1);
            await screen.Has(3);
            seen.AddRange(Documents(screen));
            at = screen.Through;
        }
        // At the head: nothing happened meanwhile.
        await using (var screen = await LiveScreen.Open(app.Url, machine, at))
        {
            await factory.Receive(factory.Item, 1);
            await screen.Has(1);
            seen.AddRange(Documents(screen));
            at = screen.Through;
        }
        // In the middle: much happened meanwhile, and goes on while it comes back.
        for (var one = 0; one < 20; one++)
            await factory.Receive(factory.Item, 1);
        await using (var screen = await LiveScreen.Open(app.Url, machine, at))
        {
            await factory.Receive(factory.Item, 1);
            await screen.Has(21);
            seen.AddRange(Documents(screen));
            Assert.DoesNotContain(screen.Batches, batch => batch.Resync);
        }
        Assert.Equal((await Receipts(database)).Skip(1), seen);
    }

    [Fact, Case("L19")]
    public async Task A_screen_that_comes_back_again_and_again_during_writes_has_no_hole_and_no_double()
    {
        const int receipts = 200;
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await using var app = await App.Start(database.ConnectionString);
        using var machine = await Viewer(app, factory);
        var seen = new List<string>();
        var dice = new Dice(19);
        long at = 0;

        var writing = Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(async writer =>
                {
                    for (var one = 0; one < receipts / 2; one++)
                        await factory.Receive(factory.Items[writer], 1);
                })
        );
        var screens = 0;
        while (seen.Count < receipts)
        {
            await using var screen = await LiveScreen.Open(app.Url, machine, at);
            await screen.Has(Math.Min(1 + dice.Throw(30), receipts - seen.Count));
            var kept = screen.Batches;
            Assert.DoesNotContain(kept, batch => batch.Resync);
            seen.AddRange(kept.SelectMany(batch => batch.Events).Select(Document));
            at = kept[^1].Through;
            screens++;
        }
        await writing;

        Assert.InRange(screens, 4, int.MaxValue);
        Assert.Equal(await Receipts(database), seen);
    }

    [Fact, Case("L19")]
    public async Task A_screen_that_comes_back_after_a_restart_of_the_server_has_no_hole_and_no_double()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        var client = await factory.AddClient("viewer", [InventoryPermissions.Read]);
        var seen = new List<string>();
        long at;
        await using (var before = await App.Start(database.ConnectionString))
        {
            using var machine = await before.Authorize(client);
            await using var screen = await LiveScreen.Open(before.Url, machine, since: null);
            await factory.Receive(factory.Item, 1);
            await screen.Has(1);
            seen.AddRange(Documents(screen));
            at = screen.Through;
        }
        await factory.Receive(factory.Item, 1); // committed while no program runs

        await using var after = await App.Start(database.ConnectionString);
        using var again = await after.Authorize(client);
        await using var back = await LiveScreen.Open(after.Url, again, at);
        await factory.Receive(factory.Item, 1);
        await back.Has(2);

        Assert.DoesNotContain(back.Batches, batch => batch.Resync);
        Assert.Equal(await Receipts(database), seen.Concat(Documents(back)));
    }

    [Theory, Case("L19")]
    [InlineData(3, "what is below was dropped")]
    [InlineData(1_000_000, "the log was restored to an earlier point")]
    public async Task A_screen_from_outside_the_log_starts_anew_once_and_then_follows(long since, string why)
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        for (var one = 0; one < 10; one++)
            await factory.Receive(factory.Item, 1);
        await using (await database.Sequence())
            await database.AssertSequenced();
        await database.Superuser("delete from kernel.event_pos where pos < 6");
        await using var app = await App.Start(database.ConnectionString, work: true);
        using var machine = await Viewer(app, factory);

        await using var screen = await LiveScreen.Open(app.Url, machine, since);
        await factory.Receive(factory.Item, 1);
        await screen.Has(1);

        var resync = Assert.Single(screen.Batches, batch => batch.Resync);
        Assert.Same(screen.Batches[0], resync);
        Assert.True(resync.Events.Count == 0, why);
        Assert.InRange(resync.Through, 10, await database.Head() - 1);
        Assert.Equal([(await Receipts(database))[^1]], Documents(screen));
    }

    [Fact]
    public async Task Neither_foreign_events_nor_types_without_the_permission_appear_live_or_from_the_log()
    {
        await using var database = await server.NewDatabase();
        var ours = await Factory.Make(database.Dbs, "Ours");
        var theirs = await Factory.Make(database.Dbs, "Theirs");
        await using var app = await App.Start(database.ConnectionString);
        using var stock = await app.Authorize(await ours.AddClient("stock", [InventoryPermissions.Read]));
        using var books = await app.Authorize(await ours.AddClient("books", ["accounting.voucher.read"]));
        using var nothing = await app.Authorize(await ours.AddClient("nothing", ["company.read"]));
        await using var live = await Open(app, stock, books, nothing, since: null);

        for (var one = 0; one < 3; one++)
        {
            await theirs.Receive(theirs.Item, 1);
            await ours.Receive(ours.Item, 1);
        }
        await live.Stock.Has(3);
        await Eventually.Get(
            () => database.Superuser<long>("select count(*) from accounting.voucher"),
            count => count == 6,
            "every voucher is posted"
        );
        await live.Books.Has(1);
        await database.AssertSequenced();
        await using var fromLog = await Open(app, stock, books, nothing, since: 0);
        await fromLog.Stock.Has(3);
        await fromLog.Books.Has(1);
        // What comes last pushes everything before it out, so that "nothing" is not merely "not yet".
        await ours.Receive(ours.Item, 1);
        foreach (var (screens, receipts) in ((Screens, int)[])[(live, 4), (fromLog, 4)])
        {
            await screens.Stock.Has(receipts);
            Assert.Equal(receipts, screens.Stock.Events.Count);
            Assert.All(screens.Stock.Events, one => Assert.Equal("StockReceived", one.Type));
            Assert.All(screens.Books.Events, one => Assert.Equal("VouchersPosted", one.Type));
            Assert.All(
                screens.Stock.Events.Concat(screens.Books.Events),
                one => Assert.Equal(ours.Company, one.Data.GetProperty("companyId").GetGuid())
            );
            Assert.Empty(screens.Nothing.Events);
        }
    }

    [Fact]
    public async Task A_session_of_a_person_opens_the_stream_and_nobody_else_does()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await using var app = await App.Start(database.ConnectionString);
        var email = await factory.AddPerson("clerk");
        using var browser = app.Anonymous();
        var signedIn = await browser.Send(
            HttpMethod.Post,
            "/api/v1/session",
            new { email, password = Factory.Password },
            key: null
        );
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        await using var screen = await LiveScreen.Open(app.Url, "Cookie", cookie, since: null);
        await factory.Receive(factory.Item, 1);
        await screen.Has(1);

        // The voucher of the receipt may follow at any moment.
        Assert.Single(screen.Events, one => one.Type == "StockReceived");
        // One digit of the secret is another.
        var forged = cookie[..^1] + (cookie[^1] == '0' ? '1' : '0');
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => LiveScreen.Open(app.Url, "Cookie", forged, since: null));
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<Screens> Open(App app, ApiClient stock, ApiClient books, ApiClient nothing, long? since) =>
        new(
            await LiveScreen.Open(app.Url, stock, since),
            await LiveScreen.Open(app.Url, books, since),
            await LiveScreen.Open(app.Url, nothing, since)
        );

    private static async Task<ApiClient> Viewer(App app, Factory factory) =>
        await app.Authorize(await factory.AddClient("viewer", [InventoryPermissions.Read]));

    private static string Document(LiveEvent one) => one.Data.GetProperty("document").GetString()!;

    private static IEnumerable<string> Documents(LiveScreen screen) => screen.Events.Select(Document);

    private static Task<string[]> Receipts(TestDatabase database) =>
        database.Superuser<string[]>(
            """
            select array_agg(e.payload ->> 'document' order by p.pos) filter (where e.type = 'StockReceived')
            from kernel.event_pos p join kernel.event e on e.day = p.event_day and e.id = p.event_id
            """
        );

    private sealed record Screens(LiveScreen Stock, LiveScreen Books, LiveScreen Nothing) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Stock.DisposeAsync();
            await Books.DisposeAsync();
            await Nothing.DisposeAsync();
        }
    }
}
