using Microsoft.Playwright;

namespace Millrace.Tests;

/// <summary>A document whose lines are written like a sheet, and found and approved without the mouse.</summary>
[Collection(nameof(Browsing))]
public sealed class SheetWalkTests(DemoSite site)
{
    [Fact]
    public async Task Lines_are_typed_pasted_and_made_in_place_and_two_who_change_them_see_both()
    {
        await using var clerk = await site.Visit();
        await clerk.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await clerk.Walk("/adjustments/new");
        await clerk.At("note").FillAsync("Sheet");
        await Type(clerk, "line-1-item", "RM-COIL-DX51");
        await Assertions.Expect(clerk.At("item-option-RM-COIL-DX51")).ToBeVisibleAsync();
        await clerk.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(clerk.At("line-1-difference")).ToBeFocusedAsync();
        await clerk.Page.Keyboard.TypeAsync("-2");
        await clerk.Choose("line-1-warehouse", "MON");
        await clerk.At("line-1-difference").PressAsync("Enter");
        await Assertions.Expect(clerk.At("line-2-item")).ToBeFocusedAsync();

        // What does not exist yet is made without leaving the document.
        await clerk.Page.Keyboard.TypeAsync("WALK-SHEET");
        await Assertions.Expect(clerk.At("create-in-place")).ToBeVisibleAsync();
        await clerk.At("create-in-place").ClickAsync();
        await clerk.At("item-name").FillAsync("Made in place");
        await clerk.At("item-cost").FillAsync("12.5");
        await clerk.Screenshot("walk-create-in-place");
        await clerk.At("create-item").ClickAsync();
        await Assertions.Expect(clerk.At("line-2-item")).ToHaveValueAsync("WALK-SHEET · Made in place");
        await clerk.At("line-2-difference").FillAsync("1");

        await clerk.Page.EvaluateAsync(
            "text => navigator.clipboard.writeText(text)",
            "Code\tQty\tWhy\nRM-COIL-DX51\t1.5\tDamage\nWALK-SHEET\t-1\tFound\nNO-SUCH\t4\n"
        );
        await clerk.At("line-2-item").ClickAsync();
        await clerk.Page.Keyboard.PressAsync("Control+v");
        await Assertions.Expect(clerk.At("line-4-item")).ToHaveValueAsync("WALK-SHEET · Made in place");
        await Assertions.Expect(clerk.At("line-3-difference")).ToHaveValueAsync("1.5");
        await Assertions.Expect(clerk.Page.GetByText("There is no item: NO-SUCH")).ToBeVisibleAsync();
        await clerk.Screenshot("walk-sheet");
        await clerk.At("save-draft").ClickAsync();
        await Assertions.Expect(clerk.At("status")).ToHaveAttributeAsync("data-state", "draft");
        var document = new Uri(clerk.Page.Url).AbsolutePath;

        await using var other = await site.Visit();
        await clerk.Walk($"{document}/edit");
        await other.Walk($"{document}/edit");
        await other.At("note").FillAsync("Sheet of the other");
        await other.At("save-draft").ClickAsync();
        await Assertions.Expect(other.At("status")).ToBeVisibleAsync();
        await clerk.At("line-1-difference").FillAsync("-7");
        await clerk.At("save-draft").ClickAsync();
        await Assertions.Expect(clerk.At("overtaken")).ToContainTextAsync("Sheet of the other");
        await clerk.Screenshot("walk-sheet-overtaken");
        await clerk.At("nav-stock").ClickAsync();
        await clerk.At("stay").ClickAsync();
        await clerk.At("keep-mine").ClickAsync();
        await Assertions.Expect(clerk.At("status")).ToHaveAttributeAsync("data-state", "draft");
        clerk.AssertContent("412");
        other.AssertContent();
    }

    [Fact]
    public async Task The_keyboard_alone_finds_opens_and_approves()
    {
        await using var clerk = await site.Visit("mehmet@pompa.example");
        await clerk.Walk("/adjustments/new");
        await clerk.At("note").FillAsync("Keyboardwalk");
        await clerk.At("line-1-item").FillAsync("RM-COIL-DX51");
        await clerk.At("item-option-RM-COIL-DX51").ClickAsync();
        await clerk.Choose("line-1-warehouse", "MON");
        await clerk.At("line-1-difference").FillAsync("3000");
        await clerk.At("submit").ClickAsync();
        await Assertions.Expect(clerk.At("status")).ToHaveAttributeAsync("data-state", "waiting");
        clerk.AssertContent();

        await using var books = await site.Visit("zeynep@pompa.example");
        await books.Page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(books.At("palette-search")).ToBeFocusedAsync();
        await books.Page.Keyboard.TypeAsync("keyboardwalk");
        await Assertions.Expect(books.Page.GetByRole(AriaRole.Dialog).GetByText("Keyboardwalk")).ToBeVisibleAsync();
        await books.Screenshot("walk-search");
        await books.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(books.At("status")).ToHaveAttributeAsync("data-state", "waiting");
        await Tab(books, "approve");
        await books.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(books.At("status")).ToHaveAttributeAsync("data-state", "posted");
        books.AssertContent();
    }

    private static async Task Type(Visitor visitor, string testId, string text)
    {
        await visitor.At(testId).FocusAsync();
        await visitor.Page.Keyboard.TypeAsync(text);
    }

    /// <summary>Goes on with the Tab key until this has the keys, as a person does who sees where they are.</summary>
    private static async Task Tab(Visitor visitor, string testId)
    {
        for (var pressed = 0; pressed < 60; pressed++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            if (await visitor.Page.EvaluateAsync<string?>("document.activeElement?.dataset.testid") == testId)
                return;
        }
        Assert.Fail($"{testId} is not reached with the Tab key.");
    }
}
