using Microsoft.Playwright;

namespace Millrace.Tests;

/// <summary>What goes on in the background is found, and when it comes back is chosen, at a desk and on a telephone.</summary>
[Collection(nameof(Browsing))]
public sealed class JobWalkTests(DemoSite site)
{
    [Fact]
    public async Task How_often_something_comes_back_is_chosen_and_said_in_words()
    {
        await using var head = await site.Visit();
        await head.Walk("/jobs");
        var row = head.At("schedule-row-Mail of unread notifications");
        await Assertions.Expect(row).ToContainTextAsync("Monday to Friday at 07:00");

        await row.GetByTestId("edit-schedule").ClickAsync();
        await head.Choose("time-table", "Once a week");
        await head.Choose("time-table-weekday", "Thursday");
        await head.At("time-table-time").FillAsync("06:45");
        await head.Screenshot("walk-time-table");
        await head.At("save-schedule").ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Thursday at 06:45");

        await row.GetByTestId("edit-schedule").ClickAsync();
        await head.Choose("time-table", "Five fields");
        await head.At("cron").FillAsync("61 * * * *");
        await head.At("save-schedule").ClickAsync();
        await Assertions.Expect(head.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await head.At("cron").FillAsync("0 7 * * 1-5");
        await head.At("save-schedule").ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Monday to Friday at 07:00");
        head.AssertContent("400");
    }

    [Fact]
    public async Task On_a_telephone_the_stock_is_read_in_cards_put_in_order_and_acted_upon_with_a_thumb()
    {
        await using var clerk = await site.Visit(
            "mehmet@pompa.example",
            language: "tr",
            colors: ColorScheme.Dark,
            width: 360,
            height: 740
        );
        await clerk.Walk("/stock");
        var first = clerk.Page.Locator("[data-testid^='stock-row-']").First;
        await Assertions.Expect(first).ToBeVisibleAsync();
        await clerk.At("list-tools").ClickAsync();
        await clerk.Choose("sort-by", "Malzeme ↓");
        await Assertions.Expect(first).ToHaveAttributeAsync("data-testid", "stock-row-TG-TNK-50-MON");
        var rows = clerk.At("list-rows");
        Assert.Equal(0, await rows.EvaluateAsync<int>("box => box.scrollWidth - box.clientWidth"));
        await clerk.Screenshot("walk-stock-telephone");

        await first.GetByTestId("row-more").ClickAsync();
        await clerk.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Mal kabul" }).ClickAsync();
        await Assertions.Expect(clerk.At("line-1-item")).ToHaveValueAsync("TG-TNK-50 · Expansion tank, 50 l");
        await clerk.Screenshot("walk-receive-telephone");
        clerk.AssertContent();
    }
}
