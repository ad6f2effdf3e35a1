using System.Net;
using System.Text.Json;
using Millrace.Catalog;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>What every list can do, shown on items and partners.</summary>
public sealed class ListTests(Server server)
{
    [Theory]
    [InlineData("code")]
    [InlineData("-code")]
    [InlineData("name")]
    [InlineData("-name,code")]
    [InlineData("kind,-name")]
    [InlineData("-kind,created,-code")]
    public async Task Pages_in_any_order_show_every_row_once_and_in_that_order(string sort)
    {
        await using var open = await OpenFactory.Start(server);
        await Add(open, 60);

        var whole = await Codes(open, $"sort={sort}&limit=200");
        var paged = new List<string>();
        string? after = null;
        do
        {
            var page = (
                await open.Api.Get(
                    $"/api/v1/items?sort={sort}&limit=7{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}"
                )
            ).Json;
            paged.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("code").GetString()!));
            after = page.GetProperty("next").GetString();
        } while (after is not null);

        Assert.Equal(63, whole.Count);
        Assert.Equal(63, whole.Distinct().Count());
        Assert.Equal(whole, paged);
    }

    [Theory]
    // filter                                                      codes
    [InlineData("filter=kind:is:goods", "L-001 L-004 L-007")]
    [InlineData("filter=kind:is:goods|finished", "L-001 L-002 L-004 L-005 L-007 L-008")]
    [InlineData("filter=kind:not:raw|semi|goods", "L-002 L-005 L-008")]
    [InlineData("filter=kind:is:goods&filter=code:starts:l-00&filter=name:has:no 4", "L-004")]
    [InlineData("filter=code:is:L-001&filter=code:is:L-002&match=any", "L-001 L-002")]
    [InlineData("filter=code:is:L-001&filter=code:is:L-002", "")]
    [InlineData("filter=code:is:L-001&filter=code:is:L-002&match=any&within=kind:is:goods", "L-001")]
    [InlineData("within=kind:is:goods&within=code:starts:L-00", "L-001 L-004 L-007")]
    [InlineData("filter=name:has:IŞIK", "L-009")]
    [InlineData("filter=name:is:Işık a\\|b \\\\ 100%25_", "L-009")]
    [InlineData("filter=name:has:%25_", "L-009")]
    [InlineData("search=isik 100", "L-009")]
    [InlineData("search=l-00 no 7", "L-007")]
    [InlineData("filter=retired:is:true", "")]
    [InlineData("filter=unit:empty:", "")]
    [InlineData("filter=created:above:2000-01-01&filter=code:starts:L-00&filter=kind:is:goods", "L-001 L-004 L-007")]
    public async Task Conditions_find_what_they_say(string query, string codes)
    {
        await using var open = await OpenFactory.Start(server);
        await Add(open, 8);
        await open.Api.Post("/api/v1/items", Body("L-009", "Işık a|b \\ 100%_", "raw"));

        var found = (await Codes(open, $"{query}&sort=code")).Where(code => code.StartsWith("L-", StringComparison.Ordinal));

        Assert.Equal(codes, string.Join(' ', found));
    }

    [Theory]
    [InlineData("filter=kind")]
    [InlineData("filter=nothing:is:1")]
    [InlineData("filter=kind:has:raw")]
    [InlineData("within=kind:has:raw")]
    [InlineData("filter=created:above:yesterday")]
    [InlineData("filter=retired:is:perhaps")]
    [InlineData("sort=nothing")]
    [InlineData("sort=unit")]
    [InlineData("sort=code,-code")]
    [InlineData("sort=code,name,kind,created")]
    [InlineData("match=some")]
    [InlineData("after=bm90aGluZw==")]
    [InlineData("after=WzEsMl0=")] // [1,2]
    [InlineData("after=WyJcdTAwMDAiLCJcdTAwMDAiXQ==")] // NUL, twice
    public async Task What_a_list_does_not_understand_is_refused_with_what_it_does(string query)
    {
        await using var open = await OpenFactory.Start(server);

        var answer = await open.Api.Get($"/api/v1/items?{query}");

        Assert.Equal((HttpStatusCode.BadRequest, "input.invalid"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Names_are_sorted_as_Turkish_and_English_readers_look_for_them()
    {
        await using var open = await OpenFactory.Start(server);
        foreach (
            var (name, at) in new[] { "Çelik", "Cıvata", "Zımba", "Dişli", "civa", "Ördek", "Ocak", "Şase", "Saç" }.Select(
                (one, at) => (one, at)
            )
        )
            await open.Api.Post("/api/v1/items", Body($"T-{at}", name, "raw"));

        var names = (await open.Api.Get("/api/v1/items?sort=name&filter=code:starts:T-")).Json.GetProperty("items");

        Assert.Equal(
            "Cıvata civa Çelik Dişli Ocak Ördek Saç Şase Zımba",
            string.Join(' ', names.EnumerateArray().Select(one => one.GetProperty("name").GetString()))
        );
    }

    [Fact]
    public async Task Groups_count_and_add_up_and_two_columns_make_a_pivot()
    {
        await using var open = await OpenFactory.Start(server);
        await Add(open, 8);

        var kinds = (await open.Api.Get("/api/v1/items/groups?by=kind&filter=code:starts:L-")).Json;
        var pivot = (await open.Api.Get("/api/v1/items/groups?by=kind&by=unit&filter=code:starts:L-")).Json;
        var wrong = await open.Api.Get("/api/v1/items/groups?by=name");

        Assert.Equal("finished 3 goods 3 semi 2", Shown(kinds));
        Assert.Equal("finished|pcs 3 goods|pcs 3 semi|pcs 2", Shown(pivot));
        Assert.True(kinds.GetProperty("all").GetBoolean());
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);

        static string Shown(JsonElement groups) =>
            string.Join(
                ' ',
                groups
                    .GetProperty("groups")
                    .EnumerateArray()
                    .Select(one => $"{string.Join('|', one.GetProperty("keys").EnumerateArray())} {one.GetProperty("count")}")
            );
    }

    [Fact]
    public async Task A_view_is_ones_own_until_it_is_shared_and_only_its_owner_changes_it()
    {
        await using var open = await OpenFactory.Start(server);
        using var mine = await open.App.SignIn(await open.Factory.AddPerson("ada"));
        using var theirs = await open.App.SignIn(await open.Factory.AddPerson("bob", ["catalog.item.read"]));

        var made = await mine.Post("/api/v1/list-views", View("Goods", usual: true));
        var twice = await mine.Post("/api/v1/list-views", View("Goods"));
        var second = await mine.Post("/api/v1/list-views", View("Others", usual: true));

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal("view.name_taken", twice.Code);
        Assert.Equal("Goods False,Others True", await Seen(mine));
        Assert.Equal("", await Seen(theirs));

        var address = $"/api/v1/list-views/{made.Json.GetProperty("id").GetString()}";
        Assert.Equal(HttpStatusCode.Forbidden, (await theirs.Put($"{address}/sharing", new { Shared = true })).Status);
        Assert.Equal(HttpStatusCode.OK, (await mine.Put($"{address}/sharing", new { Shared = true })).Status);
        Assert.Equal("Goods False", await Seen(theirs));
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.Put(address, View("Stolen"))).Status);
        await theirs.Send(HttpMethod.Delete, address, null, null);
        Assert.Equal("Goods False", await Seen(theirs));
        await mine.Send(HttpMethod.Delete, address, null, null);
        Assert.Equal(("", "Others True"), (await Seen(theirs), await Seen(mine)));
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.Get("/api/v1/list-views?list=partners")).Status);

        static async Task<string> Seen(ApiClient client) =>
            string.Join(
                ',',
                (await client.Get("/api/v1/list-views?list=items"))
                    .Json.EnumerateArray()
                    .Select(one => $"{one.GetProperty("name").GetString()} {one.GetProperty("usual").GetBoolean()}")
            );
    }

    [Theory]
    [InlineData("movements", "kind")]
    [InlineData("vouchers", "source")]
    [InlineData("stock-adjustments", "state")]
    public async Task A_list_of_a_company_shows_another_tenant_nothing_and_nothing_without_a_company(string list, string by)
    {
        await using var open = await OpenFactory.Start(server, work: true);
        await open.Receive(5);
        await open.Api.Post("/api/v1/stock-adjustments", open.Difference(1));
        var company = open.Factory.Company;
        var others = await Factory.Make(open.Database.Dbs);
        using var spy = await open.App.Authorize(await others.AddClient("spy"));
        await Eventually.True(
            async () =>
                (await open.Api.Get($"/api/v1/{list}?companyId={company}")).Json.GetProperty("items").GetArrayLength() == 1,
            "the row is there"
        );

        Assert.Equal("""{"items":[],"next":null}""", (await spy.Get($"/api/v1/{list}?companyId={company}")).Text);
        Assert.Equal("""{"groups":[],"all":true}""", (await spy.Get($"/api/v1/{list}/groups?companyId={company}&by={by}")).Text);
        Assert.DoesNotContain(
            "-2026-",
            (await spy.Get($"/api/v1/{list}/export?companyId={company}")).Text,
            StringComparison.Ordinal
        );
        Assert.Equal(400, (int)(await open.Api.Get($"/api/v1/{list}/groups?by={by}")).Status);
        Assert.Equal(
            1,
            (await open.Api.Get($"/api/v1/{list}/groups?companyId={company}&by={by}")).Json.GetProperty("groups").GetArrayLength()
        );
    }

    internal static async Task Add(OpenFactory open, int items)
    {
        await using var db = open.Factory.Open();
        for (var at = 1; at <= items; at++)
            await CreateItem.Run(
                db,
                new CreateItem.Request(
                    $"L-{at:000}",
                    $"Part no {at}",
                    (at % 3) switch
                    {
                        0 => ItemKind.Semi,
                        1 => ItemKind.Goods,
                        _ => ItemKind.Finished,
                    },
                    "pcs"
                )
            );
        await db.Commit();
    }

    private static async Task<List<string>> Codes(OpenFactory open, string query) =>
        [
            .. (await open.Api.Get($"/api/v1/items?{query}"))
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(one => one.GetProperty("code").GetString()!),
        ];

    internal static object Body(string code, string name, string kind) =>
        new
        {
            Code = code,
            Name = name,
            Kind = kind,
            Unit = "pcs",
        };

    private static object View(string name, bool usual = false) =>
        new
        {
            List = "items",
            Name = name,
            Query = "filter=kind:is:goods",
            Usual = usual,
        };
}
