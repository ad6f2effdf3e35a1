using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Millrace.Bench;

/// <summary>A Chromium in which people look at a running program; each visit begins with an empty cache.</summary>
internal sealed class Looking : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly string _url;

    private Looking(IPlaywright playwright, IBrowser browser, string url) =>
        (_playwright, _browser, _url) = (playwright, browser, url);

    internal static async Task<Looking> Start(string url)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
            }
        );
        return new Looking(playwright, browser, url);
    }

    internal async Task<Visit> SignIn(string email, string password)
    {
        var context = await _browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = _url,
                Locale = "en-GB",
                ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
            }
        );
        var answer = await context.APIRequest.PostAsync(
            "/api/v1/session",
            new APIRequestContextOptions
            {
                DataObject = new { email, password },
                Headers = new Dictionary<string, string> { ["Idempotency-Key"] = Guid.CreateVersion7().ToString() },
            }
        );
        if (!answer.Ok)
            throw new InvalidOperationException($"The sign-in answered {answer.Status}: {await answer.TextAsync()}");
        return await Visit.Begin(context);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>One visit with everything that was sent to it, counted as it came over the wire.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IPage _page;
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _sent = new(StringComparer.Ordinal);
    private long _bytes;
    private int _underWay;

    private Visit(IPage page)
    {
        _page = page;
        // A socket has no end to wait for.
        page.Request += (_, request) => Interlocked.Add(ref _underWay, request.ResourceType == "websocket" ? 0 : 1);
        page.RequestFinished += (_, _) => Interlocked.Decrement(ref _underWay);
        page.RequestFailed += (_, _) => Interlocked.Decrement(ref _underWay);
    }

    internal double Kilobytes => Interlocked.Read(ref _bytes) / 1000d;

    /// <summary>What was largest of what came.</summary>
    internal string Largest =>
        string.Join(
            ", ",
            _sent.OrderByDescending(one => one.Value).Take(12).Select(one => $"{one.Key.Split('/')[^1]} {one.Value / 1000}")
        );

    internal static async Task<Visit> Begin(IBrowserContext context)
    {
        await context.AddInitScriptAsync(
            """
            window.longest = 0;
            new PerformanceObserver(list => {
                for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
            }).observe({ type: "longtask", buffered: true });
            """
        );
        var visit = new Visit(await context.NewPageAsync());
        var wire = await context.NewCDPSessionAsync(visit._page);
        wire.Event("Network.responseReceived").OnEvent += (_, answer) =>
            visit._names[answer!.Value.GetProperty("requestId").GetString()!] = new Uri(
                answer.Value.GetProperty("response").GetProperty("url").GetString()!
            ).AbsolutePath;
        wire.Event("Network.loadingFinished").OnEvent += (_, sent) =>
        {
            var bytes = (long)sent!.Value.GetProperty("encodedDataLength").GetDouble();
            Interlocked.Add(ref visit._bytes, bytes);
            visit._sent[visit._names.GetValueOrDefault(sent.Value.GetProperty("requestId").GetString()!, "?")] = bytes;
        };
        await wire.SendAsync("Network.enable");
        return visit;
    }

    /// <summary>From the request until one can type into the search.</summary>
    internal async Task<double> Open(string path)
    {
        await _page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        var ready = await Seen("input[data-testid=search]:enabled");
        await _page.GetByTestId("search").FillAsync("");
        await Quiet();
        return ready;
    }

    /// <summary>How long after the request something stood on the page.</summary>
    internal async Task<double> Seen(string selector)
    {
        var seen = await _page.WaitForFunctionAsync(
            """
            selector => {
                window.seenAt ??= {};
                if (!window.seenAt[selector] && document.querySelector(selector)) window.seenAt[selector] = performance.now();
                return window.seenAt[selector];
            }
            """,
            selector
        );
        return await seen.JsonValueAsync<double>();
    }

    /// <summary>To another screen as a link within the app leads there, until nothing more comes.</summary>
    internal async Task Go(string path)
    {
        await _page.EvaluateAsync(
            """
            path => {
                for (const heading of document.querySelectorAll("main h1")) heading.dataset.left = "true";
                const state = { usr: null, key: "walk", idx: (history.state?.idx ?? 0) + 1 };
                history.pushState(state, "", path);
                dispatchEvent(new PopStateEvent("popstate", { state }));
            }
            """,
            path
        );
        await _page.WaitForFunctionAsync(
            "() => document.querySelector('main h1:not([data-left])') && !document.querySelector('[data-testid=loading]')"
        );
        await Quiet();
    }

    /// <summary>From the click on a row until its form stands there, painted.</summary>
    internal async Task<double> ToDocument(int row, bool pointFirst)
    {
        var link = _page.Locator("[data-testid^='item-row-'] a").Nth(row);
        if (pointFirst)
        {
            await link.HoverAsync();
            await Quiet();
        }
        var took = await link.EvaluateAsync<JsonElement>(
            """
            link => new Promise(done => {
                const code = link.textContent;
                const begun = performance.now();
                const there = () => document.querySelector("[data-testid=item-name]")
                    && document.querySelector("main h1")?.textContent.includes(code);
                const watch = new MutationObserver(() => {
                    if (!there()) return;
                    watch.disconnect();
                    requestAnimationFrame(() => done(performance.now() - begun));
                });
                watch.observe(document.body, { childList: true, subtree: true, characterData: true });
                link.click();
            })
            """
        );
        return took.GetDouble();
    }

    internal async Task<double> LongestTaskWhileTyping(string words)
    {
        await _page.EvaluateAsync("() => { window.longest = 0; }");
        await _page.GetByTestId("search").PressSequentiallyAsync(words, new LocatorPressSequentiallyOptions { Delay = 70 });
        await Quiet();
        return await _page.EvaluateAsync<double>("() => window.longest");
    }

    /// <summary>How long each further page took from the scroll to its rows, painted.</summary>
    internal async Task<double[]> Scroll(int pages)
    {
        var took = await _page.EvaluateAsync<JsonElement>(
            """
            async pages => {
                const box = document.querySelector("[data-testid=list-rows]");
                const rows = () => Number(box.querySelector("[aria-rowcount]").getAttribute("aria-rowcount"));
                const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
                const took = [];
                for (let page = 0; page < pages; page++) {
                    const before = rows();
                    const begun = performance.now();
                    box.scrollTop = box.scrollHeight;
                    while (rows() === before && performance.now() - begun < 20000) await painted();
                    took.push(performance.now() - begun);
                }
                return took;
            }
            """,
            pages
        );
        return [.. took.EnumerateArray().Select(one => one.GetDouble())];
    }

    /// <summary>Until nothing has been under way for a while, at most twenty seconds.</summary>
    private async Task Quiet()
    {
        var quiet = 0;
        for (var look = 0; quiet < 4 && look < 400; look++)
        {
            await Task.Delay(50);
            quiet = Volatile.Read(ref _underWay) == 0 ? quiet + 1 : 0;
        }
    }

    public async ValueTask DisposeAsync() => await _page.Context.DisposeAsync();
}
