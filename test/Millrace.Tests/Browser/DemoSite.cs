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
        var visitor = await Stranger(language, colors, width, height);
        await visitor.Page.GotoAsync("/");
        await visitor.At("email").FillAsync(email);
        await visitor.At("password").FillAsync("millrace-demo");
        await visitor.At("sign-in").ClickAsync();
        await Assertions.Expect(visitor.At("live-state")).ToHaveAttributeAsync("data-state", "live");
        return visitor;
    }

    /// <summary>A browser of its own in which nobody has signed in and no page is open yet.</summary>
    public async Task<Visitor> Stranger(
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
        return new Visitor(await context.NewPageAsync());
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
    private int _underWay;

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
            if (IsAnswered(request))
                Interlocked.Increment(ref _underWay);
            lock (_requests)
                _requests.Add($"{request.Method} {new Uri(request.Url).AbsolutePath}");
        };
        page.RequestFinished += (_, request) => Ended(request);
        page.RequestFailed += (_, request) => Ended(request);
    }

    public IPage Page { get; }

    /// <summary>What axe found on the pages of this visit.</summary>
    public List<string> Faults { get; } = [];

    public int Requests
    {
        get
        {
            lock (_requests)
                return _requests.Count;
        }
    }

    // What the screens ask for; a socket or a page that is left has no end to wait for.
    private static bool IsAnswered(IRequest request) => request.ResourceType == "fetch";

    private void Ended(IRequest request)
    {
        if (IsAnswered(request))
            Interlocked.Decrement(ref _underWay);
    }

    public ILocator At(string testId) => Page.GetByTestId(testId);

    /// <summary>Opens a select and takes the first option with this text in it.</summary>
    public async Task Choose(string testId, string option)
    {
        await At(testId).ClickAsync();
        await Page.GetByRole(AriaRole.Option).Filter(new LocatorFilterOptions { HasText = option }).First.ClickAsync();
    }

    /// <summary>
    /// Goes to another screen as a link within the app does, and waits until that screen stands, nothing of it is still loading
    /// and every answer is there.
    /// </summary>
    public async Task Walk(string path)
    {
        await Page.EvaluateAsync(
            """
            path => {
                if (location.pathname === path) return;
                for (const heading of document.querySelectorAll("main h1")) heading.dataset.left = "true";
                const state = { usr: null, key: "walk", idx: (history.state?.idx ?? 0) + 1 };
                history.pushState(state, "", path);
                dispatchEvent(new PopStateEvent("popstate", { state }));
            }
            """,
            path
        );
        await Page.WaitForFunctionAsync(
            "() => document.querySelector('main h1:not([data-left])') && !document.querySelector('[data-testid=loading]')"
        );
        await Eventually.True(() => Task.FromResult(Volatile.Read(ref _underWay) == 0), $"all of {Page.Url} has come");
        await Assertions.Expect(At("loading")).ToHaveCountAsync(0);
    }

    public Task Screenshot(string name) =>
        Page.ScreenshotAsync(
            new PageScreenshotOptions
            {
                Path = Path.Combine(DemoSite.Screens, $"{name}.png"),
                Animations = ScreenshotAnimations.Disabled,
            }
        );

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
