using System.Net;
using System.Text.Json;

namespace Millrace.Tests;

/// <summary>Stock as a list: found by anything it says, walked page by page, whole as a file, live from a position.</summary>
public sealed class StockListTests(Server server)
{
    [Fact]
    public async Task Every_balance_stands_there_once_in_both_directions_page_by_page()
    {
        await using var open = await OpenFactory.Start(server);
        foreach (var (at, item) in open.Factory.Items.Index())
        foreach (var warehouse in open.Factory.Warehouses)
            await open.Factory.Receive(item, 10 * (at + 1), warehouse);
        string[] all =
        [
            .. from item in Enumerable.Range(1, 3) from place in (string[])["W1", "W2"] select $"IT-{item:000} {place}",
        ];

        Assert.Equal(all, await Walk(open, "sort=item"));
        Assert.Equal(all.Reverse(), await Walk(open, "sort=-item"));
        Assert.Equal(["IT-002 W2", "IT-003 W2"], await Walk(open, "filter=available:above:10&filter=warehouse:is:W2"));
        Assert.Equal(["IT-003 W1", "IT-003 W2"], await Walk(open, "search=item 3"));
        Assert.Equal(["IT-002 W1"], await Walk(open, $"filter=itemId:is:{open.Factory.Items[1]}&filter=warehouse:is:W1"));
    }

    [Fact]
    public async Task It_is_counted_sent_as_a_file_and_followed_from_its_position()
    {
        await using var open = await OpenFactory.Start(server);
        foreach (var item in open.Factory.Items)
            await open.Factory.Receive(item, 4);
        var company = open.Factory.Company;

        var groups = (await open.Api.Get($"/api/v1/stock/groups?companyId={company}&by=warehouse")).Json.GetProperty("groups");
        var file = await open.Api.Get($"/api/v1/stock/export?companyId={company}&column=item&column=available");
        var first = (await open.Api.Get($"/api/v1/stock?companyId={company}")).Json.GetProperty("position").GetInt64();
        var movements = (await open.Api.Get($"/api/v1/movements?companyId={company}")).Json;

        Assert.Equal(("W1", 3), (groups[0].GetProperty("keys")[0].GetString(), groups[0].GetProperty("count").GetInt32()));
        Assert.Equal(["Item,Available", "IT-001,4", "IT-002,4", "IT-003,4"], Lines(file.Text));
        Assert.True(first >= 0, $"The position is {first}.");
        Assert.False(movements.TryGetProperty("position", out _));
    }

    [Fact]
    public async Task Another_organisations_stock_is_not_there_and_no_order_is_promised_that_no_index_has()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Factory.Receive(open.Factory.Item, 4);
        var stranger = await Factory.Make(open.Database.Dbs, items: 1);
        using var other = await open.App.Authorize(await stranger.AddClient("stranger"));

        var seen = await other.Get($"/api/v1/stock?companyId={open.Factory.Company}");
        var sorted = await open.Api.Get($"/api/v1/stock?companyId={open.Factory.Company}&sort=available");

        Assert.Equal(0, seen.Json.GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, sorted.Status);
    }

    private static async Task<IReadOnlyList<string>> Walk(OpenFactory open, string asked)
    {
        var (rows, after) = (new List<string>(), "");
        do
        {
            var page = (await open.Api.Get($"/api/v1/stock?companyId={open.Factory.Company}&limit=2&{asked}{after}")).Json;
            rows.AddRange(page.GetProperty("items").EnumerateArray().Select(Named));
            after = page.GetProperty("next").GetString() is { } next ? $"&after={Uri.EscapeDataString(next)}" : "";
        } while (after.Length > 0 && rows.Count < 100);
        return rows;
    }

    private static string Named(JsonElement row) =>
        $"{row.GetProperty("itemCode").GetString()} {row.GetProperty("warehouseCode").GetString()}";

    private static string[] Lines(string file) =>
        file.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
