using Microsoft.Playwright;

namespace Millrace.Tests;

[Collection(nameof(Browsing))]
public sealed class LotWalkTests(DemoSite site)
{
    private const string Paint = "RM-PNT-7016";

    [Fact]
    public async Task A_lot_comes_in_with_its_day_is_found_in_its_bin_and_is_blocked_from_there()
    {
        await using var clerk = await site.Visit("mehmet@pompa.example");
        await clerk.At("nav-receive").ClickAsync();
        await clerk.Choose("warehouse", "HAM");
        await clerk.At("line-1-item").FillAsync(Paint);
        await clerk.At($"item-option-{Paint}").ClickAsync();
        await clerk.At("line-1-quantity").FillAsync("20");
        await clerk.At("submit").ClickAsync();
        await Assertions.Expect(clerk.Page.GetByText("Say which one it is.")).ToBeVisibleAsync();
        await clerk.At("line-1-lot").FillAsync("W-1");
        await clerk.At("line-1-expires").FillAsync("31/12/2030");
        await clerk.Screenshot("walk-receive-lot");
        await clerk.At("submit").ClickAsync();
        await Assertions.Expect(clerk.At("document-number")).ToContainTextAsync("GR-");

        await clerk.Walk($"/places?filter=item:is:{Paint}");
        await Assertions.Expect(clerk.At($"place-row-{Paint}-MAIN-W-1")).ToContainTextAsync("31/12/2030");
        await clerk.Screenshot("walk-places");
        await clerk.At($"place-row-{Paint}-MAIN-W-1").GetByTestId("place-transfer").ClickAsync();
        await Assertions.Expect(clerk.At("line-1-lot")).ToHaveValueAsync("W-1");
        await Assertions.Expect(clerk.At("bin")).ToHaveValueAsync("MAIN");
        await clerk.Choose("toStatus", "blocked");
        await clerk.At("line-1-quantity").FillAsync("20");
        await clerk.At("submit").ClickAsync();
        await Assertions.Expect(clerk.At("document-number")).ToContainTextAsync("ST-");

        await clerk.Walk($"/places?filter=item:is:{Paint}");
        await Assertions.Expect(clerk.At($"place-row-{Paint}-MAIN-W-1")).ToContainTextAsync("Blocked");
        await clerk.At($"place-row-{Paint}-MAIN-W-1").GetByRole(AriaRole.Link, new() { Name = Paint, Exact = true }).ClickAsync();
        await Assertions.Expect(clerk.Page.Locator("[data-testid^='movement-row-']")).ToHaveCountAsync(3);
        clerk.AssertContent("409");
    }

    [Fact]
    public async Task A_scanner_types_faster_than_the_list_and_its_square_names_the_lot_as_well()
    {
        await using var clerk = await site.Visit("mehmet@pompa.example");
        await clerk.Walk("/issue");
        await clerk.Choose("warehouse", "HAM");
        await Scan("line-1-item", "NO-SUCH-CODE");
        await Assertions.Expect(clerk.Page.GetByText("No item has the code NO-SUCH-CODE.")).ToBeVisibleAsync();
        await Scan("line-1-item", $"{Paint}|P-2633|2027-10-21");
        await Assertions.Expect(clerk.At("line-1-item")).ToHaveValueAsync($"{Paint} · Epoxy paint RAL 7016");
        await Assertions.Expect(clerk.At("line-1-lot")).ToHaveValueAsync("P-2633");
        await Assertions.Expect(clerk.At("line-1-quantity")).ToBeFocusedAsync();
        await clerk.Page.Keyboard.TypeAsync("2");
        await clerk.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(clerk.At("line-2-item")).ToBeFocusedAsync();
        await Scan("line-2-item", "RM-BRG-6306-2RS");
        await Assertions.Expect(clerk.At("line-2-quantity")).ToBeFocusedAsync();
        await clerk.Screenshot("walk-scanned");
        clerk.AssertContent();

        // As a hand scanner does it: all letters at once, then Enter.
        async Task Scan(string field, string text)
        {
            await clerk.At(field).FillAsync(text);
            await clerk.At(field).PressAsync("Enter");
        }
    }

    [Fact]
    public async Task What_is_issued_without_a_name_is_what_expires_first_and_a_piece_goes_once()
    {
        const string Inverter = "TG-INV-22";
        await using var clerk = await site.Visit("mehmet@pompa.example");
        await clerk.At("nav-receive").ClickAsync();
        await clerk.Choose("warehouse", "MAM");
        await clerk.At("line-1-item").FillAsync(Inverter);
        await clerk.At($"item-option-{Inverter}").ClickAsync();
        await Assertions.Expect(clerk.At("line-1-quantity")).ToHaveValueAsync("1");
        await clerk.At("line-1-lot").FillAsync("INV22-26A");
        await clerk.At("submit").ClickAsync();
        await Assertions.Expect(clerk.Page.GetByText("TG-INV-22 INV22-26A is in stock already")).ToBeVisibleAsync();
        await clerk.Screenshot("walk-piece-twice");

        await clerk.Walk("/issue");
        await clerk.Choose("warehouse", "HAM");
        await clerk.At("line-1-item").FillAsync("RM-GRS-EP2");
        await clerk.At("item-option-RM-GRS-EP2").ClickAsync();
        await clerk.At("line-1-quantity").FillAsync("3");
        await clerk.At("submit").ClickAsync();
        var document = await clerk.At("document-number").InnerTextAsync();
        await clerk.Walk($"/movements?filter=document:is:{document}&columns=document,lot,quantity");
        await Assertions.Expect(clerk.At($"movement-row-{document}-RM-GRS-EP2")).ToContainTextAsync("G-131");

        // It lies in another bin than the main one.
        await clerk.Walk("/issue");
        await clerk.Choose("warehouse", "HAM");
        await clerk.At("line-1-item").FillAsync(Paint);
        await clerk.At($"item-option-{Paint}").ClickAsync();
        await clerk.At("line-1-lot").FillAsync("P-2633");
        await clerk.At("line-1-quantity").FillAsync("1");
        await clerk.At("submit").ClickAsync();
        await Assertions.Expect(clerk.At("document-number")).ToContainTextAsync("GI-");
        clerk.AssertContent("409");
    }
}
