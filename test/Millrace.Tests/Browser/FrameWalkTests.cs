using Microsoft.Playwright;

namespace Millrace.Tests;

/// <summary>What the frame around all screens does for whoever works in it.</summary>
[Collection(nameof(Browsing))]
public sealed class FrameWalkTests(DemoSite site)
{
    [Fact]
    public async Task From_a_row_one_goes_on_to_the_next_and_back_to_the_same_list()
    {
        await using var buyer = await site.Visit();
        await buyer.Walk("/items");
        await buyer.At("sort-name").ClickAsync();
        await Assertions.Expect(buyer.Page).ToHaveURLAsync(new Uri(site.Url, "/items?sort=name").ToString());
        var rows = buyer.Page.Locator("[data-testid^='item-row-'] a");
        await Assertions.Expect(buyer.Page.Locator("th[aria-sort='ascending']")).ToHaveTextAsync("Name ↑");
        await Assertions.Expect(buyer.At("list-rows")).ToHaveAttributeAsync("aria-busy", "false");
        await Assertions.Expect(rows.Nth(2)).ToBeVisibleAsync();
        var (first, second) = (await rows.Nth(0).InnerTextAsync(), await rows.Nth(1).InnerTextAsync());
        await rows.Nth(0).ClickAsync();
        await Assertions.Expect(Heading(buyer)).ToContainTextAsync(first);
        await Assertions.Expect(buyer.At("walk")).ToContainTextAsync("1 of");
        await buyer.At("walk-next").ClickAsync();
        await Assertions.Expect(Heading(buyer)).ToContainTextAsync(second);
        await Assertions.Expect(buyer.At("item-name")).ToBeVisibleAsync();
        await buyer.Page.Locator("main h1").ClickAsync();
        await buyer.Page.Keyboard.PressAsync("k");
        await Assertions.Expect(Heading(buyer)).ToContainTextAsync(first);
        await buyer.Screenshot("walk-trail");
        await buyer.At("trail-list").ClickAsync();
        await Assertions.Expect(buyer.Page).ToHaveURLAsync(new Uri(site.Url, "/items?sort=name").ToString());
        buyer.AssertContent();
    }

    [Fact]
    public async Task Keys_are_shown_and_lead_to_screens_but_not_out_of_a_field()
    {
        await using var buyer = await site.Visit();
        await buyer.Walk("/stock");
        await buyer.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(buyer.At("key-help")).ToBeVisibleAsync();
        await buyer.Screenshot("walk-keys");
        await buyer.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(buyer.At("key-help")).ToHaveCountAsync(0);
        await buyer.Page.Keyboard.PressAsync("g");
        await buyer.Page.Keyboard.PressAsync("i");
        await Assertions.Expect(Heading(buyer)).ToHaveTextAsync("Items");
        await buyer.At("search").FocusAsync();
        await buyer.Page.Keyboard.TypeAsync("gs?");
        await Assertions.Expect(Heading(buyer)).ToHaveTextAsync("Items");
        await Assertions.Expect(buyer.At("search")).ToHaveValueAsync("gs?");
        buyer.AssertContent();
    }

    [Fact]
    public async Task Without_a_connection_it_says_what_was_not_saved_and_saving_again_does_it_once()
    {
        await using var buyer = await site.Visit();
        await buyer.Walk("/items/new");
        await buyer.At("item-code").FillAsync("WALK-OFFLINE");
        await buyer.At("item-name").FillAsync("Written in the cellar");
        await buyer.Page.Context.SetOfflineAsync(true);
        await Assertions.Expect(buyer.At("offline")).ToContainTextAsync("No connection since");
        await buyer.At("submit").ClickAsync();
        await Assertions.Expect(buyer.At("offline")).ToContainTextAsync("not saved on New item");
        await buyer.Screenshot("walk-offline");
        await Assertions.Expect(buyer.At("item-name")).ToHaveValueAsync("Written in the cellar");
        await buyer.Page.Context.SetOfflineAsync(false);
        await Assertions.Expect(buyer.At("offline")).ToContainTextAsync("The connection is back");
        await buyer.At("submit").ClickAsync();
        await Assertions.Expect(Heading(buyer)).ToContainTextAsync("WALK-OFFLINE");
        await Assertions.Expect(buyer.At("offline")).ToHaveCountAsync(0);
        buyer.AssertContent("ERR_INTERNET_DISCONNECTED", "WebSocket");
    }

    [Fact]
    public async Task Two_who_change_one_item_see_both_and_a_like_one_is_begun_from_it()
    {
        await using var buyer = await site.Visit();
        await buyer.Walk("/items/new");
        await buyer.At("item-code").FillAsync("WALK-TWO");
        await buyer.At("item-name").FillAsync("One of two");
        await buyer.At("submit").ClickAsync();
        await Assertions.Expect(Heading(buyer)).ToContainTextAsync("WALK-TWO");
        await using var other = await site.Visit();
        await other.Walk(new Uri(buyer.Page.Url).AbsolutePath);
        await other.At("item-name").FillAsync("Theirs");
        await buyer.At("item-name").FillAsync("Mine");
        await other.At("submit").ClickAsync();
        await Assertions.Expect(Heading(other)).ToContainTextAsync("Theirs");
        await buyer.At("submit").ClickAsync();
        await Assertions.Expect(buyer.At("overtaken")).ToContainTextAsync("Theirs");
        await buyer.At("reload").ClickAsync();
        await Assertions.Expect(buyer.At("item-name")).ToHaveValueAsync("Theirs");
        await buyer.At("copy").ClickAsync();
        await Assertions.Expect(buyer.At("item-name")).ToHaveValueAsync("Theirs");
        await Assertions.Expect(buyer.At("item-code")).ToHaveValueAsync("");
        buyer.AssertContent("412");
        other.AssertContent();
    }

    [Fact]
    public async Task Rows_are_dense_or_roomy_as_one_chose_also_after_coming_back()
    {
        await using var buyer = await site.Visit();
        await buyer.Walk("/items");
        Assert.Equal(34, await RowHeight());

        await buyer.Page.Locator("header").GetByTestId("theme").ClickAsync();
        await buyer.At("density-roomy").ClickAsync();
        Assert.Equal(44, await RowHeight());
        await buyer.Page.ReloadAsync();
        Assert.Equal(44, await RowHeight());
        await buyer.Screenshot("walk-roomy");
        buyer.AssertContent();

        async Task<int> RowHeight()
        {
            var row = buyer.Page.Locator("[data-testid^='item-row-']").First;
            await Assertions.Expect(row).ToBeVisibleAsync();
            return await row.EvaluateAsync<int>("row => Math.floor(row.getBoundingClientRect().height)");
        }
    }

    private static ILocator Heading(Visitor visitor) => visitor.Page.Locator("main h1");
}
