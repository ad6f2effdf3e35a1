using Microsoft.Playwright;

namespace Millrace.Tests;

[Collection(nameof(Browsing))]
public sealed class ApprovalWalkTests(DemoSite site)
{
    private const string Item = "RM-COIL-DX51";

    [Fact]
    public async Task A_difference_waits_is_talked_about_and_is_approved_from_the_inbox_of_another_browser()
    {
        await using var clerk = await site.Visit("mehmet@pompa.example");
        await using var books = await site.Visit("zeynep@pompa.example");
        await books.At("nav-inbox").ClickAsync();
        await Assertions.Expect(books.Page.Locator("[data-testid^='inbox-row-']").First).ToBeVisibleAsync();

        await clerk.At("nav-adjustments").ClickAsync();
        await clerk.At("new-adjustment").ClickAsync();
        await clerk.At("note").FillAsync("Found while walking");
        await clerk.At("line-1-item").FillAsync(Item);
        await clerk.At($"item-option-{Item}").ClickAsync();
        await clerk.Choose("line-1-warehouse", "MON");
        await clerk.At("line-1-difference").FillAsync("2000");
        await clerk.Screenshot("walk-adjustment-form");
        await clerk.At("submit").ClickAsync();
        await Assertions.Expect(clerk.At("status")).ToHaveAttributeAsync("data-state", "waiting");
        var number = await clerk.Page.GetByRole(AriaRole.Heading).First.InnerTextAsync();
        Assert.StartsWith("SA-", number, StringComparison.Ordinal);

        await clerk.At("comment-text").PressSequentiallyAsync("@Zey");
        await clerk.At("mention-Zeynep Kaya").ClickAsync();
        await clerk.At("comment-text").PressSequentiallyAsync("before noon please");
        await clerk.At("comment-send").ClickAsync();
        await Assertions.Expect(clerk.At("comment")).ToContainTextAsync("@Zeynep Kaya before noon please");
        await clerk.Screenshot("walk-adjustment-waiting");

        // The other browser was told; it did not ask.
        var row = books.At($"inbox-row-{number}");
        await Assertions.Expect(row).ToBeVisibleAsync();
        await Assertions.Expect(books.At("inbox-count")).ToBeVisibleAsync();
        await books.At("bell").ClickAsync();
        await Assertions.Expect(books.At("notification-mention").First).ToContainTextAsync("before noon please");
        await books.Screenshot("walk-bell");
        await books.Page.Keyboard.PressAsync("Escape");
        await row.GetByTestId("approve").ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        await books.Screenshot("walk-inbox");

        await Assertions.Expect(clerk.At("status")).ToHaveAttributeAsync("data-state", "posted");
        await Assertions.Expect(clerk.At("approval-history")).ToContainTextAsync("Zeynep Kaya");
        await clerk.Screenshot("walk-adjustment-posted");
        clerk.AssertContent();
        books.AssertContent();
    }
}
