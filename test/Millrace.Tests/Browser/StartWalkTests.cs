using Microsoft.Playwright;

namespace Millrace.Tests;

/// <summary>The first page in the morning, and the ways from it to what it speaks of.</summary>
[Collection(nameof(Browsing))]
public sealed class StartWalkTests(DemoSite site)
{
    [Fact]
    public async Task It_says_what_waits_and_what_is_late_and_leads_there()
    {
        await using var manager = await site.Visit();
        await manager.Walk("/");
        await Assertions.Expect(Heading(manager)).ToContainTextAsync("Ayşe");
        await Assertions.Expect(manager.At("start-inbox-count")).ToHaveTextAsync("2");
        await Assertions.Expect(manager.At("start-lateTasks")).ToContainTextAsync("late castings");
        await manager.At("start-lateTasks").GetByRole(AriaRole.Link).First.ClickAsync();
        await Assertions.Expect(Heading(manager)).ToHaveTextAsync("Tasks");
        await manager.At("nav-start").ClickAsync();
        await manager.At("start-inbox").GetByRole(AriaRole.Link).Nth(1).ClickAsync();
        await Assertions.Expect(Heading(manager)).ToContainTextAsync("SA-");
        manager.AssertContent();
    }

    [Fact]
    public async Task The_first_steps_are_ticked_off_put_away_and_called_back()
    {
        await using var newcomer = await site.Visit("mehmet@pompa.example");
        await newcomer.Walk("/");
        await Assertions.Expect(newcomer.At("steps-done")).ToHaveTextAsync("0 of 7 tried");
        await newcomer.At("step-receive").ClickAsync();
        await Assertions.Expect(Heading(newcomer)).ToHaveTextAsync("Receive goods");
        await newcomer.Page.ReloadAsync();
        await newcomer.At("nav-start").ClickAsync();
        await Assertions.Expect(newcomer.At("steps-done")).ToHaveTextAsync("1 of 7 tried");
        await newcomer.At("steps-away").ClickAsync();
        await Assertions.Expect(newcomer.At("steps")).ToHaveCountAsync(0);
        await newcomer.At("steps-show").ClickAsync();
        await newcomer.At("step-receive-tick").UncheckAsync();
        await Assertions.Expect(newcomer.At("steps-done")).ToHaveTextAsync("0 of 7 tried");
        newcomer.AssertContent();
    }

    [Fact]
    public async Task Documents_stand_on_a_board_by_state_and_in_a_calendar_by_day()
    {
        await using var manager = await site.Visit();
        await manager.Walk("/adjustments");
        await manager.At("layout").GetByText("Board").ClickAsync();
        var waiting = manager.At("lane-waiting");
        await Assertions.Expect(waiting).ToContainTextAsync("Cycle count, finished goods");
        await waiting.GetByRole(AriaRole.Button, new() { Name = "Waiting for approval" }).ClickAsync();
        await Assertions.Expect(manager.At("chip-state")).ToContainTextAsync("Waiting for approval");
        await Assertions.Expect(manager.Page.Locator("[data-testid^='adjustment-row-']")).ToHaveCountAsync(2);

        await manager.Walk("/vouchers?layout=calendar");
        var month = await manager.At("month").InnerTextAsync();
        await manager.At("month-before").ClickAsync();
        await Assertions.Expect(manager.At("month")).Not.ToHaveTextAsync(month);
        await manager.Page.Locator("[data-testid^='day-']").First.ClickAsync();
        await Assertions.Expect(manager.At("chip-date")).ToBeVisibleAsync();
        await Assertions.Expect(manager.Page.Locator("[data-testid^='voucher-row-']").First).ToBeVisibleAsync();
        manager.AssertContent();
    }

    [Fact]
    public async Task From_a_day_of_an_items_stock_one_comes_to_what_was_moved_on_it()
    {
        await using var buyer = await site.Visit();
        await buyer.Walk("/items");
        await buyer.Page.Locator("[data-testid^='item-row-'] a").First.ClickAsync();
        await Assertions.Expect(buyer.At("stock-course-now")).ToContainTextAsync("now");
        await buyer.At("stock-course-chart").GetByRole(AriaRole.Slider).FocusAsync();
        await buyer.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(buyer.At("stock-course-chart")).ToContainTextAsync("at the end of the day");
        await buyer.Screenshot("walk-stock-course");
        await buyer.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(buyer.At("chip-item")).ToBeVisibleAsync();
        await Assertions.Expect(buyer.At("chip-date")).ToBeVisibleAsync();
        await Assertions.Expect(buyer.Page.Locator("[data-testid^='movement-row-']").First).ToBeVisibleAsync();
        buyer.AssertContent();
    }

    [Fact]
    public async Task A_value_is_changed_in_its_row_and_brought_back()
    {
        await using var buyer = await site.Visit();
        await buyer.Walk("/items?filter=code:is:RM-PNT-5015");
        var row = buyer.At("item-row-RM-PNT-5015");
        await row.GetByText("Epoxy paint RAL 5015").DblClickAsync();
        await buyer.At("edit-cell").FillAsync("Epoxy paint RAL 5015, matt");
        await buyer.Screenshot("walk-edit-cell");
        await buyer.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(row).ToContainTextAsync("RAL 5015, matt");
        await Assertions.Expect(buyer.At("undo")).ToBeVisibleAsync();
        var faults = await Accessibility.Faults(buyer.Page);
        Assert.True(faults.Length == 0, string.Join('\n', faults));
        await buyer.At("undo").ClickAsync();
        await Assertions.Expect(row).Not.ToContainTextAsync("matt");

        await buyer.At("list-rows").FocusAsync();
        await buyer.Page.Keyboard.PressAsync("ArrowDown");
        await buyer.Page.Keyboard.PressAsync("F2");
        await Assertions.Expect(buyer.At("edit-cell")).ToBeFocusedAsync();
        await buyer.Page.Keyboard.TypeAsync(" again");
        await buyer.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(buyer.At("edit-cell")).ToHaveCountAsync(0);
        await Assertions.Expect(row).Not.ToContainTextAsync("again");
        buyer.AssertContent();
    }

    private static ILocator Heading(Visitor visitor) => visitor.Page.Locator("main h1");
}
