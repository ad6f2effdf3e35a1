using System.Net;

namespace Millrace.Tests;

public sealed class ReleaseStockTests(Server server)
{
    [Fact]
    public async Task Frees_what_was_promised_and_releasing_again_changes_nothing()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(10);
        var id = (await open.Reserve("SO-1", 10)).Json.GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.Conflict, (await open.Reserve("SO-2", 1)).Status);

        var released = await Release(open, id);
        var again = await Release(open, id);

        Assert.Equal(HttpStatusCode.OK, released.Status);
        Assert.Equal("released", released.Json.GetProperty("state").GetString());
        Assert.Equal(released.Text, again.Text);
        Assert.Equal(1, await open.Count("kernel.event where type = 'StockReleased'"));
        Assert.Equal(1, await open.Count("inventory.balance where on_hand = 10 and reserved = 0"));
        // A released demand may be promised anew, as another reservation.
        Assert.NotEqual(id, (await open.Reserve("SO-1", 10)).Json.GetProperty("id").GetString());
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Released_by_many_at_once_is_released_once()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(10);
        var id = (await open.Reserve("SO-1", 6)).Json.GetProperty("id").GetString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Release(open, id)));

        Assert.All(answers, one => Assert.Equal(HttpStatusCode.OK, one.Status));
        Assert.Equal(1, await open.Count("kernel.event where type = 'StockReleased'"));
        Assert.Equal(0m, await open.Database.Superuser<decimal>("select reserved from inventory.balance"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Another_tenants_reservation_is_answered_like_a_missing_one_and_stays()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(10);
        var id = (await open.Reserve("SO-1", 10)).Json.GetProperty("id").GetString();
        var foreign = await Factory.Make(open.Database.Dbs, "Foreign");
        using var stranger = await open.App.Authorize(await foreign.AddClient("machine"));

        var theirs = await stranger.Post($"/api/v1/reservations/{id}/release");
        var missing = await stranger.Post($"/api/v1/reservations/{Guid.CreateVersion7()}/release");

        Assert.Equal(HttpStatusCode.NotFound, theirs.Status);
        Assert.Equal(ReceiveStockTests.MaskedId(missing), ReceiveStockTests.MaskedId(theirs));
        Assert.Equal(1, await open.Count("inventory.reservation where released_at is null"));
    }

    private static Task<Answer> Release(OpenFactory open, string? id) => open.Api.Post($"/api/v1/reservations/{id}/release");
}
