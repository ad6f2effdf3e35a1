using Microsoft.Playwright;

namespace Millrace.Tests;

[Collection(nameof(Browsing))]
public sealed class ExpectedWalkTests(DemoSite site)
{
    private const string Bearing = "RM-BRG-6205-2RS";

    [Fact]
    public async Task What_is_on_its_way_is_promised_changed_received_and_given_to_the_demand_that_waits_for_it()
    {
        await using var buyer = await site.Visit();
        await buyer.At("nav-expected").ClickAsync();
        await buyer.At("new-supply").ClickAsync();
        await buyer.At("supply-source").FillAsync("PO-WALK");
        await buyer.Page.GetByLabel("Item", new() { Exact = true }).FillAsync(Bearing);
        await buyer.At($"item-option-{Bearing}").ClickAsync();
        await buyer.Choose("supply-warehouse", "HAM");
        await buyer.At("supply-quantity").FillAsync("5000");
        await buyer.At("supply-due").FillAsync(Day(6));
        await buyer.At("supply-due").PressAsync("Tab");
        await buyer.Screenshot("walk-expect");
        await buyer.At("supply-submit").ClickAsync();
        var supply = buyer.At("supply-row-PO-WALK");
        await Assertions.Expect(supply).ToContainTextAsync("5,000");

        await buyer.Walk("/reserve");
        await buyer.Choose("warehouse", "HAM");
        await buyer.At("reference").FillAsync("SO-COMES");
        await buyer.At("line-1-item").FillAsync(Bearing);
        await buyer.At($"item-option-{Bearing}").ClickAsync();
        await buyer.At("line-1-quantity").FillAsync("4000");
        await buyer.At("needed-on").FillAsync(Day(9));
        await buyer.At("needed-on").PressAsync("Tab");
        await buyer.Screenshot("walk-reserve-later");
        await buyer.At("submit").ClickAsync();
        await Assertions.Expect(buyer.At("document-done")).ToContainTextAsync("comes in time");

        await buyer.Walk("/expected?filter=source:is:PO-WALK");
        await Assertions.Expect(supply).ToContainTextAsync("4,000");
        await supply.GetByTestId("supply-change").ClickAsync();
        await buyer.At("supply-quantity").FillAsync("4500");
        await buyer.Screenshot("walk-expected-change");
        await buyer.At("supply-submit").ClickAsync();
        await Assertions.Expect(supply).ToContainTextAsync("4,500");

        await supply.GetByTestId("supply-receive").ClickAsync();
        await Assertions.Expect(buyer.At("line-1-quantity")).ToHaveValueAsync("4,500");
        await Assertions.Expect(buyer.At("reference")).ToHaveValueAsync("PO-WALK");
        await buyer.At("submit").ClickAsync();
        await Assertions.Expect(buyer.At("document-number")).ToContainTextAsync("GR-");
        await buyer.Walk("/reservations?filter=demand:is:SO-COMES");
        var promise = buyer.At("reservation-row-SO-COMES");
        await Assertions.Expect(promise.GetByTestId("issue-reserved")).ToBeVisibleAsync();
        await Assertions.Expect(promise.GetByTestId("line-expects")).Not.ToBeVisibleAsync();
        await promise.GetByTestId("release").ClickAsync();
        await buyer.At("confirm").ClickAsync();
        buyer.AssertContent();
    }

    private static string Day(int more) => FormattableString.Invariant($"{Factory.Today.AddDays(more):dd/MM/yyyy}");
}
