using System.Net;

namespace Millrace.Tests;

public sealed class LiveRightTests(Server server)
{
    [Theory, Case("L20")]
    [InlineData("delete from identity.role_permission where permission = 'inventory.stock.read'")]
    [InlineData("delete from identity.session")]
    [InlineData("update identity.member set retired_at = now()")]
    public async Task A_right_revoked_while_the_stream_is_open_ends_the_stream(string revoke)
    {
        await using var open = await OpenFactory.Start(server, work: true);
        using var person = await open.App.SignIn(await open.Factory.AddPerson("person"));
        var cookie = person.Cookies.GetCookies(open.App.Url)[0];
        var screen = await LiveScreen.Open(open.App.Url, "Cookie", $"{cookie.Name}={cookie.Value}", since: null);
        await using var other = await LiveScreen.Open(open.App.Url, open.Api, since: null);
        await open.Receive(5);
        await screen.Has(1);

        await open.Database.Superuser(revoke);

        await Eventually.True(() => Task.FromResult(screen.HasEnded), "the stream has ended", seconds: 10);
        var (seen, before) = (screen.Events.Count, other.Events.Count);
        await open.Receive(5);
        await other.Has(before + 1);
        await screen.DisposeAsync();
        Assert.Equal(seen, screen.Events.Count);
    }

    [Fact, Case("L20")]
    public async Task A_stream_of_a_machine_ends_with_its_client_and_others_go_on()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        var machine = await open.Factory.AddClient("scanner", ["inventory.stock.read"]);
        using var client = await open.App.Authorize(machine);
        var screen = await LiveScreen.Open(open.App.Url, client, since: null);
        await using var other = await LiveScreen.Open(open.App.Url, open.Api, since: null);

        await open.Api.Post($"/api/v1/clients/{machine.ClientId.Split('.')[1]}/retirement");

        await Eventually.True(() => Task.FromResult(screen.HasEnded), "the stream has ended", seconds: 10);
        await screen.DisposeAsync();
        await open.Receive(5);
        await other.Has(1);
        Assert.False(other.HasEnded);
    }

    [Fact]
    public async Task Many_requests_of_one_credential_at_one_moment_read_its_rights_together()
    {
        const string reading = """
            pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
                and query like '%from identity.client c%'
            """;
        await using var open = await OpenFactory.Start(server);
        using var shop = await open.App.Authorize(await open.Factory.AddClient("shop"));
        using var last = await open.App.Authorize(await open.Factory.AddClient("last"));
        Task<Answer[]> answers;
        await using (await open.HoldTable("identity.client"))
        {
            var asked = Enumerable.Range(0, 20).Select(_ => shop.Get("/api/v1/items?limit=1")).ToList();
            await Eventually.True(async () => await open.Count(reading) > 0, "somebody reads");
            // Who comes after them reads too, so by then they have all come.
            answers = Task.WhenAll([.. asked, last.Get("/api/v1/items?limit=1")]);
            await Eventually.True(async () => await open.Count(reading) > 1, "the last one reads");
            Assert.InRange(await open.Count(reading), 2, 4);
        }
        Assert.All(await answers, one => Assert.Equal(HttpStatusCode.OK, one.Status));
    }
}
