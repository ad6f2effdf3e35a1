using Microsoft.Playwright;

namespace Millrace.Tests;

[Collection(nameof(Browsing))]
public sealed class WalkTests(DemoSite site)
{
    private const string Item = "RM-COIL-DX51";
    private const string Warehouse = "MON";

    [Fact]
    public async Task A_receipt_of_steel_goes_from_the_page_to_stock_in_another_browser_and_to_the_books()
    {
        await using var buyer = await site.Visit();
        await using var watcher = await site.Visit("mehmet@pompa.example");
        await watcher.Page.GotoAsync($"/stock?search={Item}");
        var onHand = watcher.At($"stock-row-{Item}-{Warehouse}").GetByTestId("on-hand");
        await Assertions.Expect(onHand).ToBeVisibleAsync();
        var before = Number(await onHand.InnerTextAsync());

        await buyer.At("nav-receive").ClickAsync();
        await buyer.Choose("warehouse", Warehouse);
        await buyer.At("line-1-item").FillAsync(Item);
        await buyer.At($"item-option-{Item}").ClickAsync();
        await buyer.At("line-1-quantity").FillAsync("125");
        await buyer.Screenshot("walk-receive");
        await buyer.At("submit").ClickAsync();
        var document = await buyer.At("document-number").InnerTextAsync();
        Assert.StartsWith("GR-", document, StringComparison.Ordinal);
        await buyer.Screenshot("walk-received");

        // The other browser was told; it did not ask.
        await Assertions.Expect(onHand).ToHaveTextAsync(Shown(before + 125));
        await watcher.Screenshot("walk-stock");

        await buyer.At("see-voucher").ClickAsync();
        var voucher = buyer.Page.Locator($"[data-code='{document}']");
        await Assertions.Expect(voucher).ToBeVisibleAsync();
        await voucher.GetByRole(AriaRole.Link).First.ClickAsync();
        await Assertions.Expect(buyer.At("total-debit")).ToBeVisibleAsync();
        Assert.Equal(await buyer.At("total-debit").InnerTextAsync(), await buyer.At("total-credit").InnerTextAsync());
        await buyer.Screenshot("walk-voucher");

        await buyer.At("nav-reserve").ClickAsync();
        await buyer.At("reference").FillAsync("SO-WALK-1");
        await buyer.Choose("warehouse", Warehouse);
        await buyer.At("line-1-item").FillAsync(Item);
        await buyer.At($"item-option-{Item}").ClickAsync();
        await buyer.At("line-1-quantity").FillAsync("25");
        await buyer.At("submit").ClickAsync();
        await Assertions.Expect(buyer.At("document-number")).ToHaveTextAsync("SO-WALK-1");
        var available = watcher.At($"stock-row-{Item}-{Warehouse}").GetByTestId("reserved");
        await Assertions.Expect(available).Not.ToHaveTextAsync("0");

        await buyer.At("nav-trial-balance").ClickAsync();
        await Assertions.Expect(buyer.At("balanced")).ToHaveAttributeAsync("data-balanced", "true");
        await buyer.Screenshot("walk-trial-balance");
        buyer.AssertContent();
        watcher.AssertContent();
    }

    [Fact]
    public async Task Short_stock_is_said_on_its_line_with_the_numbers()
    {
        await using var clerk = await site.Visit("mehmet@pompa.example");
        await clerk.At("nav-issue").ClickAsync();
        await clerk.Choose("warehouse", Warehouse);
        await clerk.At("line-1-item").FillAsync(Item);
        await clerk.At($"item-option-{Item}").ClickAsync();
        await clerk.At("line-1-quantity").FillAsync("9999999");
        await clerk.Choose("reason", "sale");
        await clerk.At("submit").ClickAsync();
        await Assertions.Expect(clerk.At($"shortage-{Item}").GetByTestId("wanted")).ToContainTextAsync("9,999,999");
        await clerk.Screenshot("walk-shortage");
        clerk.AssertContent("409");
    }

    [Fact]
    public async Task Goods_are_blocked_seen_as_withheld_and_freed_by_taking_the_transfer_back()
    {
        const string Blocked = "FG-DS-32-160";
        await using var clerk = await site.Visit("ayse@pompa.example");
        var withheld = clerk.At($"stock-row-{Blocked}-{Warehouse}").GetByTestId("withheld");
        await clerk.At("nav-stock").ClickAsync();
        await Assertions.Expect(withheld).ToHaveTextAsync("0");

        await clerk.At("nav-transfer").ClickAsync();
        await clerk.Choose("warehouse", Warehouse);
        await clerk.Choose("toStatus", "blocked");
        await clerk.At("line-1-item").FillAsync(Blocked);
        await clerk.At($"item-option-{Blocked}").ClickAsync();
        await clerk.At("line-1-quantity").FillAsync("1");
        await clerk.At("submit").ClickAsync();
        var document = await clerk.At("document-number").InnerTextAsync();
        await clerk.Screenshot("walk-transfer");
        await clerk.At("nav-stock").ClickAsync();
        await Assertions.Expect(withheld).ToHaveTextAsync("1");

        await clerk.At("nav-movements").ClickAsync();
        await clerk.At($"movement-row-{document}-{Blocked}").First.GetByTestId("reverse").ClickAsync();
        await clerk.At("confirm").ClickAsync();
        await clerk.At("nav-stock").ClickAsync();
        await Assertions.Expect(withheld).ToHaveTextAsync("0");
        clerk.AssertContent();
    }

    [Fact]
    public async Task A_quiet_page_asks_nothing()
    {
        await using var visitor = await site.Visit("elif@zeytin.example");
        await visitor.Page.GotoAsync("/stock");
        await Assertions.Expect(visitor.Page.Locator("[data-testid^='stock-row-']").First).ToBeVisibleAsync();
        await Assertions.Expect(visitor.At("live-state")).ToHaveAttributeAsync("data-state", "live");
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var before = visitor.Requests;
        // A classic screen polls every two seconds: the wait is what is tested, not a pause for something to be ready.
        await visitor.Page.WaitForTimeoutAsync(7000);
        Assert.Equal(before, visitor.Requests);
    }

    private static decimal Number(string text) =>
        decimal.Parse(text.Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);

    private static string Shown(decimal number) =>
        number.ToString("#,##0.######", System.Globalization.CultureInfo.InvariantCulture);
}
