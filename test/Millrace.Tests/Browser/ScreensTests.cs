using Microsoft.Playwright;

namespace Millrace.Tests;

[Collection(nameof(Browsing))]
public sealed class ScreensTests(DemoSite site)
{
    private static readonly string[] Paths =
    [
        "/stock",
        "/receive",
        "/issue",
        "/reserve",
        "/reservations",
        "/movements",
        "/adjustments",
        "/adjustments/new",
        "/inbox",
        "/tasks",
        "/task-labels",
        "/delegations",
        "/approval-rules",
        "/items",
        "/items/new",
        "/vouchers",
        "/trial-balance",
        "/posting-rules",
        "/periods",
        "/jobs",
        "/parked-events",
        "/system-health",
        "/members",
        "/roles",
        "/clients",
        "/devices",
        "/account",
        "/mails",
        "/company-settings",
    ];

    public static TheoryData<string, ColorScheme, int> Looks =>
        new()
        {
            { "en", ColorScheme.Light, 1440 },
            { "en", ColorScheme.Dark, 1440 },
            { "tr", ColorScheme.Light, 1024 },
            { "tr", ColorScheme.Dark, 768 },
        };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Every_screen_opens_filled_and_fits_its_width(string language, ColorScheme colors, int width)
    {
        await using var visitor = await site.Visit(language: language, colors: colors, width: width);
        foreach (var path in Paths)
        {
            await visitor.Page.GotoAsync(path);
            await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading).First).ToBeVisibleAsync();
            await Assertions.Expect(visitor.At("loading")).ToHaveCountAsync(0);
            await Assertions.Expect(visitor.At("problem")).ToHaveCountAsync(0);
            Assert.Equal(language, await visitor.Page.EvaluateAsync<string>("document.documentElement.lang"));
            Assert.True(
                await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"),
                $"{path} is wider than {width}."
            );
            await visitor.Screenshot($"{path.Trim('/').Replace('/', '-')}-{language}-{colors}-{width}".ToLowerInvariant());
        }
        visitor.AssertContent();
    }

    [Fact]
    public async Task The_reference_of_the_API_shows_every_endpoint_and_asks_nobody_outside()
    {
        await using var visitor = await site.Visit();
        await visitor.Page.GotoAsync("/docs");
        await visitor.Page.Locator("#operations-tag-Inventory").ClickAsync();
        await Assertions.Expect(visitor.Page.GetByText("/api/v1/receipts").First).ToBeVisibleAsync();
        await visitor.Screenshot("docs");
        visitor.AssertContent();
    }
}
