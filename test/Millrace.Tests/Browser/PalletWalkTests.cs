using Microsoft.Playwright;

namespace Millrace.Tests;

[Collection(nameof(Browsing))]
public sealed class PalletWalkTests(DemoSite site)
{
    [Fact]
    public async Task A_pallet_is_begun_filled_and_brought_elsewhere_with_nothing_but_a_scanner()
    {
        await using var driver = await site.Visit(width: 1024);
        await driver.Page.GotoAsync("/units");
        await driver.At("new-unit").ClickAsync();
        await driver.Choose("unit-warehouse", "HAM");
        await driver.At("unit-submit").ClickAsync();
        await Assertions.Expect(driver.At("unit")).ToBeVisibleAsync();
        var sscc = await driver.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync();

        await driver.At("unit-receive").ClickAsync();
        await driver.At("line-1-item").FillAsync("RM-COIL-DX51");
        await driver.At("item-option-RM-COIL-DX51").ClickAsync();
        await driver.At("line-1-quantity").FillAsync("40");
        await driver.At("submit").ClickAsync();
        await Assertions.Expect(driver.At("document-number")).ToContainTextAsync("GR-");

        // As a scanner types it, with Enter at the end.
        await driver.Page.GotoAsync("/units");
        await driver.At("unit-scan").FillAsync("00123");
        await driver.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(driver.Page.GetByText("That is no SSCC")).ToBeVisibleAsync();
        await driver.At("unit-scan").FillAsync($"]C100{sscc}");
        await driver.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(driver.At("unit")).ToContainTextAsync("40 kg");
        await driver.At("unit-to-bin").FillAsync("A-06");
        await driver.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(driver.Page.GetByText("Stands in A-06 of HAM since")).ToBeVisibleAsync();
        await driver.Screenshot("pallet");

        await driver.At("unit-dissolve").ClickAsync();
        await driver.At("confirm").ClickAsync();
        await Assertions.Expect(driver.Page.GetByText("Dissolved").First).ToBeVisibleAsync();
        await Assertions.Expect(driver.At("unit-move")).ToBeHiddenAsync();
        driver.AssertContent();
    }
}
