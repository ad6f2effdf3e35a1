using Microsoft.Playwright;

namespace Millrace.Tests;

[Collection(nameof(Browsing))]
public sealed class WaitingWalkTests(DemoSite site)
{
    private const string Bearing = "RM-BRG-6306-2RS";

    [Fact]
    public async Task A_demand_waits_for_what_is_missing_gets_it_when_it_arrives_and_is_issued_with_one_click()
    {
        await using var sales = await site.Visit();
        await sales.At("nav-reserve").ClickAsync();
        await sales.Choose("warehouse", "HAM");
        await sales.At("reference").FillAsync("SO-WALK");
        await Line(sales, "1000");
        await sales.At("submit").ClickAsync();
        await Assertions.Expect(sales.At($"shortage-{Bearing}")).ToBeVisibleAsync();
        await sales.At("wait").CheckAsync();
        await sales.Choose("priority", "Urgent");
        await sales.Screenshot("walk-reserve-waits");
        await sales.At("submit").ClickAsync();
        await Assertions.Expect(sales.At("document-number")).ToContainTextAsync("SO-WALK");

        await sales.Walk("/reservations?filter=demand:is:SO-WALK");
        var row = sales.At("reservation-row-SO-WALK");
        await Assertions.Expect(row).ToContainTextAsync("waits for");
        await Assertions.Expect(row).ToContainTextAsync("Urgent");
        await sales.Screenshot("walk-waiting");

        await sales.Walk("/receive");
        await sales.Choose("warehouse", "HAM");
        await Line(sales, "1000");
        await sales.At("submit").ClickAsync();
        await Assertions.Expect(sales.At("document-number")).ToContainTextAsync("GR-");

        await sales.Walk("/reservations?filter=demand:is:SO-WALK");
        await Assertions.Expect(row.GetByTestId("release")).ToBeVisibleAsync();
        await Assertions.Expect(row).Not.ToContainTextAsync("waits for");
        await row.GetByTestId("issue-reserved").ClickAsync();
        await Assertions.Expect(sales.At("line-1-item")).ToHaveValueAsync($"{Bearing} · Ball bearing 6306 2RS");
        await Assertions.Expect(sales.At("line-1-quantity")).ToHaveValueAsync("1,000");
        await Assertions.Expect(sales.At("reference")).ToHaveValueAsync("SO-WALK");
        await sales.Screenshot("walk-issue-reserved");
        await sales.At("submit").ClickAsync();
        await Assertions.Expect(sales.At("document-number")).ToContainTextAsync("GI-");
        await sales.Walk("/reservations?filter=demand:is:SO-WALK&filter=state:is:released");
        await Assertions.Expect(row).ToContainTextAsync("1,000 issued");
        sales.AssertContent("409");
    }

    private static async Task Line(Visitor visitor, string quantity)
    {
        await visitor.At("line-1-item").FillAsync(Bearing);
        await visitor.At($"item-option-{Bearing}").ClickAsync();
        await visitor.At("line-1-quantity").FillAsync(quantity);
    }
}
