using System.Text;
using Microsoft.Playwright;

namespace Millrace.Tests;

[Collection(nameof(Browsing))]
public sealed class ListWalkTests(DemoSite site)
{
    [Fact]
    public async Task A_list_is_filtered_sorted_gathered_and_kept_as_a_view_that_opens_it()
    {
        await using var buyer = await site.Visit();
        await buyer.Walk("/partners");
        await buyer.At("add-filter").ClickAsync();
        await buyer.Choose("filter-column", "Country");
        await buyer.Choose("filter-how", "is");
        await buyer.At("filter-value").FillAsync("TR");
        await buyer.At("filter-done").ClickAsync();
        await Assertions.Expect(buyer.At("chip-country")).ToContainTextAsync("TR");
        await Assertions.Expect(buyer.At("partner-row-M-2001")).ToHaveCountAsync(0);
        await buyer.At("sort-name").ClickAsync();
        await Assertions
            .Expect(buyer.Page.Locator("[data-testid^='partner-row-']").First)
            .ToHaveAttributeAsync("data-testid", "partner-row-M-1008");
        await buyer.Screenshot("walk-list");

        await buyer.At("views").ClickAsync();
        await buyer.At("save-view").ClickAsync();
        await buyer.At("view-name").FillAsync("Turkish partners");
        await buyer.At("view-usual").CheckAsync();
        await buyer.At("view-save").ClickAsync();
        await Assertions.Expect(buyer.At("views")).ToContainTextAsync("Turkish partners");

        await buyer.Walk("/partners");
        await Assertions.Expect(buyer.At("views")).ToContainTextAsync("Turkish partners");
        await Assertions.Expect(buyer.At("chip-country")).ToBeVisibleAsync();
        await buyer.At("views").ClickAsync();
        await buyer.At("remove-view").ClickAsync();
        await buyer.At("chip-country-remove").ClickAsync();
        await Assertions.Expect(buyer.At("chip-country")).ToHaveCountAsync(0);

        await buyer.Choose("group-by", "Payment in days");
        await Assertions.Expect(buyer.At("groups")).ToBeVisibleAsync();
        await buyer.Screenshot("walk-groups");
        await buyer.At("group-90").ClickAsync();
        await Assertions.Expect(buyer.At("partner-row-M-1004")).ToBeVisibleAsync();
        buyer.AssertContent();
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task Rows_are_chosen_with_a_mouse_and_with_a_thumb(int width)
    {
        await using var buyer = await site.Visit(width: width, height: 740);
        await buyer.Walk("/items");
        await buyer.At("choose-0").CheckAsync();
        await buyer.At("choose-1").CheckAsync();
        await Assertions.Expect(buyer.Page.GetByText("2 chosen")).ToBeVisibleAsync();
        await buyer.At("choose-0").UncheckAsync();
        await Assertions.Expect(buyer.Page.GetByText("1 chosen")).ToBeVisibleAsync();
        buyer.AssertContent();
    }

    [Fact]
    public async Task A_list_is_a_pivot_with_a_chart_and_each_figure_leads_to_its_rows()
    {
        await using var buyer = await site.Visit();
        await buyer.Walk("/movements");
        await buyer.Choose("group-by", "Warehouse");
        await buyer.Choose("group-and", "Kind");
        await Assertions.Expect(buyer.At("pivot-chart")).ToBeVisibleAsync();
        await buyer.Choose("measure", "Amount");
        await Assertions.Expect(buyer.At("pivot-MON-issue")).ToContainTextAsync("\u2212");
        await buyer.Screenshot("walk-pivot");
        Assert.Contains("measure=amount", buyer.Page.Url, StringComparison.Ordinal);
        await buyer.At("pivot-MON-receipt").ClickAsync();
        await Assertions.Expect(buyer.At("chip-warehouse")).ToContainTextAsync("MON");
        await Assertions.Expect(buyer.At("chip-kind")).ToContainTextAsync("Receipt");
        await Assertions.Expect(buyer.Page.Locator("[data-testid^='movement-row-GR-']").First).ToBeVisibleAsync();
        buyer.AssertContent();
    }

    [Fact]
    public async Task Tasks_are_ticked_off_where_they_stand_and_a_telephone_puts_the_tools_away()
    {
        await using var clerk = await site.Visit("mehmet@pompa.example", width: 390);
        await clerk.Walk("/tasks");
        await Assertions.Expect(clerk.At("columns")).ToBeHiddenAsync();
        await clerk.At("list-tools").ClickAsync();
        await Assertions.Expect(clerk.At("columns")).ToBeVisibleAsync();
        await clerk.At("new-task").ClickAsync();
        await clerk.At("task-title").FillAsync("Clean the strainers");
        await clerk.At("task-save").ClickAsync();
        var row = clerk.At("task-row-Clean the strainers");
        await Assertions.Expect(row).ToBeVisibleAsync();
        await clerk.Screenshot("walk-tasks-390");
        await row.GetByTestId("task-done").ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        await clerk.Page.GotoAsync("/tasks?filter=state:is:done");
        await Assertions.Expect(row).ToBeVisibleAsync();
        await row.GetByTestId("task-done").ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        clerk.AssertContent();
    }

    [Fact]
    public async Task A_list_is_walked_with_the_keyboard_alone()
    {
        await using var buyer = await site.Visit();
        await buyer.Walk("/items");
        var list = buyer.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Items" });
        await list.FocusAsync();
        await buyer.Page.Keyboard.PressAsync("ArrowDown");
        await buyer.Page.Keyboard.PressAsync("ArrowDown");
        await buyer.Page.Keyboard.PressAsync("ArrowUp");
        await buyer.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(buyer.At("item-name")).ToBeVisibleAsync();
        buyer.AssertContent();
    }

    [Fact]
    public async Task Opening_stock_comes_from_a_file_and_stands_in_the_stock_until_it_is_taken_back()
    {
        await using var buyer = await site.Visit(language: "tr", colors: ColorScheme.Dark, width: 1024, height: 768);
        var today = FormattableString.Invariant($"{Factory.Today:dd.MM.yyyy}");
        await buyer.Walk("/imports/new");
        await buyer.Choose("import-kind", "Açılış stoğu");
        await Assertions.Expect(buyer.At("import-kind")).ToHaveValueAsync("Açılış stoğu");
        await buyer
            .Page.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "acilis.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(
                        $"Malzeme;Depo;Parti;Miktar;Tarih\nRM-PNT-5015;IZM;ACILIS;12,5;{today}\nYOK-1;IZM;;1;{today}\n"
                    ),
                }
            );
        await Assertions.Expect(buyer.At("map-0")).ToHaveValueAsync("Malzeme *");
        await buyer.At("only-good").CheckAsync();
        await buyer.Screenshot("walk-opening-mapping");
        await buyer.At("import-check").ClickAsync();
        await Assertions.Expect(buyer.At("fault-3")).ToContainTextAsync("Böyle bir kayıt yok.");
        await buyer.Screenshot("walk-opening-checked");
        await buyer.At("import-run").ClickAsync();
        await Assertions.Expect(buyer.At("import-undo")).ToBeVisibleAsync();
        await buyer.At("import-undo").ClickAsync();
        await buyer.At("confirm").ClickAsync();
        await Assertions.Expect(buyer.At("import-state")).ToHaveTextAsync("Geri alındı");
        await buyer.Screenshot("walk-opening-undone");
        buyer.AssertContent();
    }

    [Fact]
    public async Task A_file_is_dropped_understood_checked_imported_and_taken_back()
    {
        await using var buyer = await site.Visit();
        await buyer.Walk("/partners");
        await buyer.At("import").ClickAsync();
        await Assertions.Expect(buyer.At("import-kind")).ToHaveValueAsync("Customers and suppliers");
        await buyer
            .Page.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "cariler.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(
                        "Kod;Ünvan;Müşteri;Ülke;Vade (gün)\nZ-1;Deneme;evet;TR;30\nZ-2;Örnek Pompa;evet;Türkiye;otuz\n"
                    ),
                }
            );
        await Assertions.Expect(buyer.At("map-0")).ToHaveValueAsync("Code *");
        await buyer.Choose("map-1", "Name *");
        await buyer.At("only-good").CheckAsync();
        await buyer.Screenshot("walk-import-mapping");
        await buyer.At("import-check").ClickAsync();
        await Assertions.Expect(buyer.At("import-run")).ToBeVisibleAsync();
        await Assertions.Expect(buyer.At("figure-faulty")).ToContainTextAsync("1");
        await Assertions.Expect(buyer.At("fault-3")).ToHaveCountAsync(2);
        await buyer.Screenshot("walk-import-checked");

        await buyer.At("import-run").ClickAsync();
        await Assertions.Expect(buyer.At("import-undo")).ToBeVisibleAsync();
        await buyer.Screenshot("walk-import-done");
        await buyer.At("import-undo").ClickAsync();
        await buyer.At("confirm").ClickAsync();
        await Assertions.Expect(buyer.At("import-state")).ToHaveTextAsync("Undone");
        await buyer.At("import-look").ClickAsync();
        await Assertions.Expect(buyer.At("partner-row-M-1001")).ToBeVisibleAsync();
        await Assertions.Expect(buyer.At("partner-row-Z-1")).ToHaveCountAsync(0);
        buyer.AssertContent();
    }

    [Fact]
    public async Task A_partner_is_written_down_stopped_and_two_who_change_it_see_both_versions()
    {
        await using var buyer = await site.Visit();
        await buyer.Walk("/partners/new");
        await buyer.At("partner-code").FillAsync("W-1");
        await buyer.At("partner-name").FillAsync("Walk Makine");
        await buyer.At("add-address").ClickAsync();
        await buyer.At("street").FillAsync("Sanayi Cad. 1");
        await buyer.At("city").FillAsync("Gebze");
        await buyer.At("add-contact").ClickAsync();
        await buyer.At("contact-name").FillAsync("Derya Deniz");
        await buyer.At("submit").ClickAsync();
        await Assertions.Expect(buyer.At("standing-save")).ToBeVisibleAsync();

        await buyer.At("standing-selling").GetByText("Stopped").ClickAsync();
        await buyer.At("standing-reason").FillAsync("Owes us too much");
        await buyer.At("standing-save").ClickAsync();
        await Assertions.Expect(buyer.At("is-selling")).ToContainTextAsync("Stopped");

        await using var other = await site.Visit();
        await other.Page.GotoAsync(buyer.Page.Url);
        await other.At("partner-name").FillAsync("Walk Machines");
        await other.At("partner-name").PressAsync("Enter");
        await Assertions.Expect(other.At("submit")).ToBeDisabledAsync();
        await Assertions.Expect(other.At("partner-name")).ToBeFocusedAsync();
        await buyer.At("partner-name").FillAsync("Walk Makina");
        await buyer.At("submit").ClickAsync();
        await Assertions.Expect(buyer.At("overtaken")).ToContainTextAsync("Walk Machines");
        await buyer.Screenshot("walk-overtaken");
        await buyer.At("keep-mine").ClickAsync();
        await Assertions.Expect(buyer.At("overtaken")).ToHaveCountAsync(0);

        // What is typed is not lost by a click beside it.
        await buyer.At("partner-name").FillAsync("Half a na");
        await Assertions.Expect(buyer.At("submit")).ToBeEnabledAsync();
        await buyer.At("nav-partners").ClickAsync();
        await buyer.At("stay").ClickAsync();
        await Assertions.Expect(buyer.At("partner-name")).ToHaveValueAsync("Half a na");
        await buyer.At("discard").ClickAsync();
        await buyer.At("nav-partners").ClickAsync();
        await Assertions.Expect(buyer.At("partner-row-W-1")).ToContainTextAsync("Walk Makina");
        buyer.AssertContent("412");
        other.AssertContent();
    }
}
