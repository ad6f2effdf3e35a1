using Microsoft.Playwright;

namespace Millrace.Tests;

/// <summary>An administrator sets up what goes to another program, has it done, and sees why it cannot be.</summary>
[Collection(nameof(Browsing))]
public sealed class ExchangeWalkTests(DemoSite site)
{
    [Fact]
    public async Task An_exchange_is_set_up_done_and_says_what_became_of_it()
    {
        await using var administrator = await site.Visit(colors: ColorScheme.Dark);
        await administrator.Walk("/exchanges");
        await Assertions.Expect(administrator.At("exchange-row-Items for the web shop")).ToContainTextAsync("Paused");
        await administrator.At("new-exchange").ClickAsync();
        await administrator.At("exchange-name").FillAsync("Partners for the bank");
        await administrator.At("exchange-direction").GetByText("Goes out").ClickAsync();
        await administrator.At("exchange-way").GetByText("Database").ClickAsync();
        await administrator.At("submit-exchange").ClickAsync();
        await Assertions.Expect(administrator.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("fill this in");
        await administrator.At("exchange-host").FillAsync("bank.example");
        await administrator.At("exchange-database").FillAsync("cards");
        await administrator.At("exchange-username").FillAsync("millrace");
        await administrator.At("exchange-statement").FillAsync("insert into partner values (@code, @name)");
        await administrator.At("submit-exchange").ClickAsync();
        await Assertions
            .Expect(administrator.Page.GetByRole(AriaRole.Dialog))
            .ToContainTextAsync("makes no connection to bank.example:5432");
        await administrator.Screenshot("walk-exchange-form");

        await administrator.At("exchange-way").GetByText("Files in a folder").ClickAsync();
        await administrator.At("exchange-file-name").FillAsync("partners-{date}");
        await administrator.Choose("exchange-list", "Partners");
        await administrator.At("submit-exchange").ClickAsync();
        await Assertions.Expect(administrator.At("exchange-row-Partners for the bank")).ToBeVisibleAsync();

        await administrator.At("run-Partners for the bank").ClickAsync();
        await administrator.At("runs-Partners for the bank").ClickAsync();
        await Assertions.Expect(administrator.At("exchange-runs")).ToContainTextAsync("no folder for files");
        await administrator.Screenshot("walk-exchange-runs");
        administrator.AssertContent("422", "409");
    }
}
