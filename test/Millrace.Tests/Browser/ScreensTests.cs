using Microsoft.Playwright;

namespace Millrace.Tests;

[Collection(nameof(Browsing))]
public sealed class ScreensTests(DemoSite site)
{
    private static readonly string[] Paths =
    [
        "/",
        "/stock",
        "/places",
        "/places/bins",
        "/units",
        "/stock-at?time=23:59",
        "/expected",
        "/receive",
        "/issue",
        "/transfer",
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
        "/adjustments?layout=board",
        "/items/new",
        "/adjustments?layout=calendar",
        "/items?group=kind",
        "/movements?group=warehouse,kind&measure=amount",
        "/partners",
        "/partners/new",
        "/imports",
        "/imports/new",
        "/vouchers",
        "/trial-balance",
        "/vouchers?layout=calendar",
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
        "/audit",
        "/mails",
        "/fields",
        "/exchanges",
        "/company-settings",
    ];

    // Before anybody has signed in; behind the # stands what a mailed link carries.
    private static readonly string[] Doors = ["/sign-in", "/forgot-password", "/invitation#token", "/new-password#token"];

    // The page of one thing, by the link in its list.
    private static readonly (string Path, string Link)[] Pages =
    [
        ("/adjustments", "[data-testid^='adjustment-row-'] a"),
        ("/vouchers", "[data-testid^='voucher-row-'] a"),
        ("/members", "[data-testid^='member-row-'] a"),
        ("/units", "[data-testid^='unit-row-'] a"),
        ("/items", "[data-testid^='item-row-'] a"),
        ("/partners", "[data-testid^='partner-row-'] a"),
        ("/places?filter=item:is:RM-PNT-7016", "[data-testid^='place-row-'] a[href*='/lot?']"),
    ];

    /// <summary>How each screen is looked at: both colours on a desktop, and on a tablet and a telephone.</summary>
    private static readonly Dictionary<string, (ColorScheme Colors, int Width)[]> Looks = new()
    {
        ["en"] = [(ColorScheme.Light, 1440), (ColorScheme.Dark, 1440)],
        ["tr"] = [(ColorScheme.Light, 1024), (ColorScheme.Dark, 768), (ColorScheme.Light, 360)],
    };

    /// <summary>Both languages side by side: while one page draws, the other waits for its answers.</summary>
    [Fact]
    public Task Every_screen_opens_filled_and_fits_its_width_in_both_languages_and_colours() =>
        Task.WhenAll(Looks.Keys.Select(Look));

    private async Task Look(string language)
    {
        await using var visitor = await site.Visit(language: language);
        foreach (var path in Paths)
        {
            await visitor.Walk(path);
            await Shown(visitor, language, path.Split('?')[0].Trim('/').Replace('/', '-'));
        }
        foreach (var (path, link) in Pages)
        {
            await visitor.Walk(path);
            var name = await visitor.Page.Locator(link).First.GetAttributeAsync("href");
            await visitor.Walk(name!);
            await Shown(visitor, language, $"{path.Split('?')[0].Trim('/')}-one");
        }
        await Edit(visitor, language);
        await Consent(visitor, language);
        Assert.True(visitor.Faults.Count == 0, string.Join('\n', visitor.Faults));
        visitor.AssertContent();
    }

    // One that waits: what is posted is changed no more.
    private static async Task Edit(Visitor visitor, string language)
    {
        await visitor.Walk("/adjustments?filter=state:is:waiting");
        var one = await visitor.Page.Locator("[data-testid^='adjustment-row-'] a").First.GetAttributeAsync("href");
        await visitor.Walk($"{one}/edit");
        await Assertions.Expect(visitor.At("line-1-item")).Not.ToHaveValueAsync("");
        await Shown(visitor, language, "adjustments-edit");
    }

    private static async Task Consent(Visitor visitor, string language)
    {
        var client = await visitor.Page.EvaluateAsync<string>(
            """
            async name => {
                const answer = await fetch("/api/v1/clients", {
                    method: "POST",
                    headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
                    body: JSON.stringify({
                        name,
                        permissions: ["inventory.stock.read"],
                        redirectUris: ["https://portal.example/back"],
                    }),
                });
                return (await answer.json()).clientId;
            }
            """,
            $"Portal {language}"
        );
        await visitor.Walk(
            $"/authorize?response_type=code&client_id={client}&redirect_uri=https%3A%2F%2Fportal.example%2Fback"
                + $"&scope=openid%20inventory.stock.read&code_challenge={new string('c', 43)}&code_challenge_method=S256"
        );
        await Assertions.Expect(visitor.At("asks")).ToContainTextAsync($"Portal {language}");
        await Shown(visitor, language, "authorize");
    }

    [Fact]
    public Task Every_page_before_the_sign_in_fits_its_width_in_both_languages_and_colours() =>
        Task.WhenAll(Looks.Keys.Select(LookFromOutside));

    private async Task LookFromOutside(string language)
    {
        await using var visitor = await site.Stranger(language);
        await visitor.Page.GotoAsync(Doors[0]);
        foreach (var path in Doors)
        {
            await visitor.Walk(path);
            await Assertions.Expect(visitor.Page.Locator("main form")).ToBeVisibleAsync();
            await Shown(visitor, language, WithoutToken(path).Trim('/'));
        }
        Assert.True(visitor.Faults.Count == 0, string.Join('\n', visitor.Faults));
        visitor.AssertContent();
    }

    private static string WithoutToken(string path) => path.Split('#')[0];

    private static async Task Shown(Visitor visitor, string language, string name)
    {
        await Assertions.Expect(visitor.At("problem")).ToHaveCountAsync(0);
        Assert.Equal(language, await visitor.Page.EvaluateAsync<string>("document.documentElement.lang"));
        foreach (var (colors, width) in Looks[language])
        {
            await visitor.Page.SetViewportSizeAsync(width, 900);
            await visitor.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colors });
            // The picture ends what still moves, so the width is the one that stays.
            await visitor.Screenshot($"{name}-{language}-{colors}-{width}".ToLowerInvariant());
            Assert.True(
                await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"),
                $"{name} is wider than {width} in {language}."
            );
            if (language == "en")
                visitor.Faults.AddRange((await Accessibility.Faults(visitor.Page)).Select(fault => $"{name}, {colors}: {fault}"));
        }
    }

    /// <summary>Each address is also one that somebody may keep and come back to: the server answers it with the app.</summary>
    [Fact]
    public async Task Every_screen_has_an_address_of_its_own_and_one_is_opened_by_it()
    {
        await using var visitor = await site.Visit();
        foreach (var path in Paths.Concat(Doors.Select(WithoutToken)).Append("/authorize"))
        {
            var answer = await visitor.Page.APIRequest.GetAsync(path);
            Assert.Equal((path, 200), (path, answer.Status));
            Assert.Contains("id=\"root\"", await answer.TextAsync(), StringComparison.Ordinal);
        }
        await visitor.Page.GotoAsync("/roles");
        Assert.Contains("/roles", visitor.Page.Url, StringComparison.Ordinal);
        await Assertions.Expect(visitor.Page.Locator("[data-testid^='role-row-']").First).ToBeVisibleAsync();
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
