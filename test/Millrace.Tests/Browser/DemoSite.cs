using System.Diagnostics;
using Microsoft.Playwright;

namespace Millrace.Tests;

/// <summary>The published program with the demo, and a Chromium to look at it. One for all browser tests.</summary>
public sealed class DemoSite(Server server) : IAsyncLifetime
{
    private TestDatabase? _database;
    private ProgramProcess? _program;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Uri Url => _program!.Url;

    public TestDatabase Database => _database!;

    public static string Screens { get; } =
        Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts/screens")).FullName;

    public async ValueTask InitializeAsync()
    {
        _database = await server.NewDatabase();
        using (var demo = Process.Start(Demo(_database.ConnectionString))!)
        {
            await demo.WaitForExitAsync();
            Assert.Equal(0, demo.ExitCode);
        }
        _program = await ProgramProcess.Serve(_database.ConnectionString);
        // A browser on two busy cores may take its time; a person would wait as well.
        Assertions.SetDefaultExpectTimeout(20_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = "/usr/bin/chromium",
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    /// <summary>A browser of its own, signed in; whatever it complains about fails the test at its end.</summary>
    public async Task<Visitor> Visit(
        string email = "ayse@pompa.example",
        string language = "en",
        ColorScheme colors = ColorScheme.Light,
        int width = 1440,
        int height = 900
    )
    {
        var context = await _browser!.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = Url.ToString(),
                ColorScheme = colors,
                ViewportSize = new ViewportSize { Width = width, Height = height },
                Locale = language == "tr" ? "tr-TR" : "en-GB",
            }
        );
        await context.AddInitScriptAsync($"localStorage.setItem('millrace.language', '{language}')");
        var visitor = new Visitor(await context.NewPageAsync());
        await visitor.Page.GotoAsync("/");
        await visitor.At("email").FillAsync(email);
        await visitor.At("password").FillAsync("millrace-demo");
        await visitor.At("sign-in").ClickAsync();
        await Assertions.Expect(visitor.At("live-state")).ToHaveAttributeAsync("data-state", "live");
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_program is not null)
            await _program.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    private static ProcessStartInfo Demo(string connection)
    {
        var start = new ProcessStartInfo(ProgramProcess.Executable, "demo")
        {
            UseShellExecute = false,
            RedirectStandardOutput = false,
        };
        start.Environment["MILLRACE_DATABASE"] = connection;
        return start;
    }
}

/// <summary>Somebody at a browser, who notes what the page complains about and which requests it makes.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];

    public Visitor(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                lock (_complaints)
                    _complaints.Add(message.Text);
        };
        page.PageError += (_, error) =>
        {
            lock (_complaints)
                _complaints.Add(error);
        };
        page.Request += (_, request) =>
        {
            lock (_requests)
                _requests.Add($"{request.Method} {new Uri(request.Url).AbsolutePath}");
        };
    }

    public IPage Page { get; }

    public int Requests
    {
        get
        {
            lock (_requests)
                return _requests.Count;
        }
    }

    public ILocator At(string testId) => Page.GetByTestId(testId);

    /// <summary>Opens a select and takes the first option with this text in it.</summary>
    public async Task Choose(string testId, string option)
    {
        await At(testId).ClickAsync();
        await Page.GetByRole(AriaRole.Option).Filter(new LocatorFilterOptions { HasText = option }).First.ClickAsync();
    }

    public Task Screenshot(string name) =>
        Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(DemoSite.Screens, $"{name}.png") });

    /// <summary>
    /// The page said nothing wrong, except what the test expects (a sign-in check answers 401 before anybody signed in).
    /// </summary>
    public void AssertContent(params string[] expected)
    {
        lock (_complaints)
            Assert.DoesNotContain(_complaints, one => !expected.Append("401").Any(one.Contains));
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}

/// <summary>All browser tests share one site and run one after the other.</summary>
[CollectionDefinition(nameof(Browsing))]
public sealed class Browsing : ICollectionFixture<DemoSite>;
