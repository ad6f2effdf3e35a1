using Microsoft.Playwright;

namespace Millrace.Tests;

/// <summary>An administrator asks for something more, a buyer says it, and finds by it.</summary>
[Collection(nameof(Browsing))]
public sealed class FieldWalkTests(DemoSite site)
{
    [Fact]
    public async Task A_field_is_added_filled_on_an_item_and_found_by_in_the_list()
    {
        await using var buyer = await site.Visit(language: "tr", colors: ColorScheme.Dark, width: 1024);
        await buyer.Walk("/fields");
        await buyer.At("new-field").ClickAsync();
        await buyer.At("submit-field").ClickAsync();
        await Assertions.Expect(buyer.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("zorunlu");
        await buyer.At("field-title-en").FillAsync("Shelf life, months");
        await buyer.At("field-title-tr").FillAsync("Raf ömrü, ay");
        await buyer.Choose("field-kind", "Sayı");
        await buyer.At("submit-field").ClickAsync();
        await Assertions.Expect(buyer.At("field-row-shelf_life_months")).ToBeVisibleAsync();
        await buyer.Screenshot("walk-fields");

        await buyer.Walk("/items?search=RM-PNT-5015");
        await buyer.Page.Locator("[data-testid^='item-row-'] a").First.ClickAsync();
        await buyer.At("field-shelf_life_months").FillAsync("24,5");
        await buyer.At("own-fields-save").ClickAsync();
        await Assertions.Expect(buyer.At("own-fields-save")).ToBeDisabledAsync();
        await Assertions.Expect(buyer.At("field-shelf_life_months")).ToHaveValueAsync("24,5");
        await buyer.At("own-fields").ScrollIntoViewIfNeededAsync();
        await buyer.Screenshot("walk-own-fields");

        await buyer.Walk(
            "/items?filter=field.shelf_life_months:from:24&columns=code,name,field.shelf_life_months,field.material"
        );
        await Assertions.Expect(buyer.Page.Locator("[data-testid^='item-row-']")).ToHaveCountAsync(1);
        await Assertions.Expect(buyer.At("item-row-RM-PNT-5015")).ToContainTextAsync("24,5");
        await buyer.At("chip-field.shelf_life_months-remove").ClickAsync();
        await Assertions.Expect(buyer.At("item-row-FG-DS-32-160")).ToBeVisibleAsync();
        await buyer.Screenshot("walk-own-columns");
        buyer.AssertContent();
    }
}
