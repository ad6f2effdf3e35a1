using System.Net;
using System.Text.Json;

namespace Millrace.Tests;

/// <summary>Creating, changing, retiring items, and what they cost.</summary>
public sealed class ItemTests(Server server)
{
    private const string Path = "/api/v1/items";

    [Fact]
    public async Task Creates_an_item_once_by_its_code()
    {
        await using var open = await OpenFactory.Start(server);
        var foreign = await Factory.Make(open.Database.Dbs, "Foreign");
        using var stranger = await open.App.Authorize(await foreign.AddClient("machine"));

        var made = await open.Api.Post(Path, Axle());
        var again = await open.Api.Post(Path, Axle());

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal(
            (1, JsonValueKind.Null),
            (made.Json.GetProperty("version").GetInt32(), made.Json.GetProperty("retiredAt").ValueKind)
        );
        Assert.Equal((HttpStatusCode.Conflict, "item.code_taken"), (again.Status, again.Code));
        Assert.Equal("AX-1", again.Json.GetProperty("facts").GetProperty("code").GetString());
        // The code of another tenant is free here.
        Assert.Equal(HttpStatusCode.Created, (await stranger.Post(Path, Axle())).Status);
    }

    [Fact]
    public async Task One_code_asked_for_by_many_at_once_is_given_once()
    {
        await using var open = await OpenFactory.Start(server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => open.Api.Post(Path, Axle())));

        Assert.Single(answers, one => one.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(one => one.Status != HttpStatusCode.Created), one => Assert.Equal("item.code_taken", one.Code));
    }

    [Fact]
    public async Task Changes_only_the_version_that_was_read()
    {
        await using var open = await OpenFactory.Start(server);
        var item = $"{Path}/{open.Factory.Item}";
        var seen = await open.Api.Get(item);
        Assert.Equal("\"1\"", seen.Headers.ETag?.Tag);

        var mine = await open.Api.Put(item, Change("Mine"), version: 1);
        var theirs = await open.Api.Put(item, Change("Theirs"), version: 1);
        var blind = await open.Api.Put(item, Change("Blind"));
        var odd = await open.Api.Send(HttpMethod.Put, item, Change("Odd"), key: null, ifMatch: "W/\"x\"");

        Assert.Equal((HttpStatusCode.OK, "\"2\""), (mine.Status, mine.Headers.ETag?.Tag));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "version.changed"), (theirs.Status, theirs.Code));
        Assert.Equal((428, "version.required"), ((int)blind.Status, blind.Code));
        Assert.Equal((HttpStatusCode.BadRequest, "version.malformed"), (odd.Status, odd.Code));
        Assert.Equal("Mine", (await open.Api.Get(item)).Json.GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.OK, (await open.Api.Put(item, Change("Theirs"), version: 2)).Status);
    }

    [Fact]
    public async Task Of_many_who_change_the_same_version_one_wins()
    {
        await using var open = await OpenFactory.Start(server);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(hand => open.Api.Put($"{Path}/{open.Factory.Item}", Change($"Hand {hand}"), version: 1))
        );

        Assert.Single(answers, one => one.Status == HttpStatusCode.OK);
        Assert.Equal(19, answers.Count(one => one.Status == HttpStatusCode.PreconditionFailed));
        Assert.Equal(1, await open.Count("catalog.item where version = 2"));
    }

    [Fact]
    public async Task A_retired_item_is_no_longer_received_until_it_is_restored()
    {
        await using var open = await OpenFactory.Start(server);
        var item = $"{Path}/{open.Factory.Item}";

        var retired = await open.Api.Post($"{item}/retirement");
        Assert.Equal(retired.Text, (await open.Api.Post($"{item}/retirement")).Text);
        Assert.NotNull(retired.Json.GetProperty("retiredAt").GetString());
        Assert.Equal("item.retired", (await open.Receive(1)).Code);
        Assert.Equal((2, 1), (await Listed(open, retired: false), await Listed(open, retired: true)));

        var restored = await open.Api.Post($"{item}/restoration");
        Assert.Equal(restored.Text, (await open.Api.Post($"{item}/restoration")).Text);
        Assert.Equal(JsonValueKind.Null, restored.Json.GetProperty("retiredAt").ValueKind);
        Assert.Equal(HttpStatusCode.Created, (await open.Receive(1)).Status);
        Assert.Equal(3, await Listed(open, retired: false));
    }

    [Fact]
    public async Task A_cost_counts_from_the_next_document()
    {
        await using var open = await OpenFactory.Start(server);
        var cost = $"{Path}/{open.Factory.Item}/costs/{open.Factory.Company}";
        Assert.Equal("10", (await open.Receive(1)).Json.GetProperty("total").GetString());

        var changed = await open.Api.Put(cost, new { UnitCost = 12.345678m });
        var again = await open.Api.Put(cost, new { UnitCost = 12.345678m });

        Assert.Equal((HttpStatusCode.OK, changed.Text), (changed.Status, again.Text));
        Assert.Equal("12.345678", changed.Json.GetProperty("unitCost").GetString());
        Assert.Equal("12.35", (await open.Receive(1)).Json.GetProperty("total").GetString());
        var shown = (await open.Api.Get($"{Path}/{open.Factory.Item}")).Json.GetProperty("costs")[0];
        Assert.Equal("12.345678", shown.GetProperty("unitCost").GetString());
    }

    [Fact]
    public async Task Another_tenants_item_is_answered_like_a_missing_one_and_stays_as_it_is()
    {
        await using var open = await OpenFactory.Start(server);
        var foreign = await Factory.Make(open.Database.Dbs, "Foreign", items: 1);

        foreach (
            var ask in (Func<Guid, Task<Answer>>[])
                [
                    id => open.Api.Get($"{Path}/{id}"),
                    id => open.Api.Put($"{Path}/{id}", Change("Stolen"), version: 1),
                    id => open.Api.Post($"{Path}/{id}/retirement"),
                    id => open.Api.Post($"{Path}/{id}/restoration"),
                    id => open.Api.Put($"{Path}/{id}/costs/{open.Factory.Company}", new { UnitCost = 1m }),
                ]
        )
        {
            var (theirs, missing) = (await ask(foreign.Item), await ask(Guid.CreateVersion7()));
            Assert.Equal(HttpStatusCode.NotFound, theirs.Status);
            Assert.Equal(ReceiveStockTests.MaskedId(missing), ReceiveStockTests.MaskedId(theirs));
        }
        var cost = await open.Api.Put($"{Path}/{open.Factory.Item}/costs/{foreign.Company}", new { UnitCost = 1m });
        Assert.Equal(HttpStatusCode.NotFound, cost.Status);
        Assert.Equal(
            1,
            await open.Count($"catalog.item where item_id = '{foreign.Item}' and version = 1 and retired_at is null")
        );
        Assert.Equal(1, await open.Count($"catalog.item_cost where tenant_id = {foreign.Tenant} and unit_cost = 10"));
    }

    private static async Task<int> Listed(OpenFactory open, bool retired) =>
        (await open.Api.Get($"{Path}?filter=retired:is:{(retired ? "true" : "false")}"))
            .Json.GetProperty("items")
            .GetArrayLength();

    private static object Axle() =>
        new
        {
            Code = "AX-1",
            Name = "Axle",
            Kind = "raw",
            Unit = "pcs",
        };

    private static object Change(string name) =>
        new
        {
            Name = name,
            Kind = "raw",
            Unit = "pcs",
        };
}
