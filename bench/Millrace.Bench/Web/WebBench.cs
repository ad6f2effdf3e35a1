using Microsoft.Extensions.DependencyInjection;
using Millrace.Company;
using Millrace.Host;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>What somebody at a browser waits for: the first page, each further one, a document out of a list, typing.</summary>
internal static class WebBench
{
    private const string Password = "correct horse battery";
    private const int FirstLoad = 350;
    private const int FurtherPage = 120;

    // The screens that are large in themselves; each is opened in a browser that has only seen the list of items.
    private static readonly string[] Screens =
    [
        "/",
        "/stock",
        "/adjustments/new",
        "/adjustments?layout=calendar",
        "/movements?group=kind,warehouse",
        "/imports/new",
        "/trial-balance",
        "/audit",
        "/system-health",
        "/members",
        "/approval-rules",
        "/company-settings",
        "/account",
    ];

    internal static async Task Run(Benchmark bench)
    {
        await using var ground = await Ground.Make(bench);
        var (databases, dbs) = Child.Open(ground.Connection);
        await using var open = databases;
        var many = bench.Quick ? 20_000 : 1_000_000;
        bench.Say($"writing {many} items");
        var big = await People(dbs, await BigList.Make(dbs, ground.Connection, many));
        var small = await People(dbs, await BigList.Make(dbs, ground.Connection, 100));
        await using var program = Running.Millrace(ground.Connection, "serve");
        var url = await program.Says("Millrace serves at ");
        program.Ignore();
        await using var browser = await Looking.Start(url);
        await using (var warm = await browser.SignIn(big, Password))
            await warm.Open("/items");

        await FirstLoads(bench, browser, big, small);
        await FurtherPages(bench, browser, big);
        await Documents(bench, browser, big);
        await Typing(bench, browser, big);
        await Scrolling(bench, browser, big);
    }

    /// <summary>Down the list as far as somebody may want to: the last ten pages beside the first ten.</summary>
    private static async Task Scrolling(Benchmark bench, Looking browser, string big)
    {
        var (first, last) = (new List<double>(), new List<double>());
        for (var round = 1; round <= (bench.Quick ? 1 : 3); round++)
        {
            await using var visit = await browser.SignIn(big, Password);
            await visit.Open("/items");
            var took = await visit.Scroll(bench.Quick ? 60 : 899);
            first.AddRange(took[..10]);
            last.AddRange(took[^10..]);
        }
        bench.Figure("scrolled_to_page", first.Median(), "ms");
        bench.AtMost("page_900_to_first", last.Median() / first.Median(), "ratio", 1.5);
    }

    private static async Task FirstLoads(Benchmark bench, Looking browser, string big, string small)
    {
        var (million, hundred, ready, sent) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= (bench.Quick ? 1 : 7); round++)
        {
            await using (var visit = await browser.SignIn(big, Password))
            {
                ready.Add(await visit.Open("/items"));
                million.Add(await visit.Seen("[data-testid^='item-row-']"));
                sent.Add(visit.Kilobytes);
                if (round == 1)
                    bench.Say($"largest in kB: {visit.Largest}");
            }
            await using (var visit = await browser.SignIn(small, Password))
            {
                await visit.Open("/items");
                hundred.Add(await visit.Seen("[data-testid^='item-row-']"));
            }
        }
        bench.AtMost("first_load", sent.Median(), "kB", FirstLoad);
        bench.AtMost("ready_for_typing", ready.Median(), "ms", 1000);
        bench.Figure("first_rows_million", million.Median(), "ms");
        bench.AtMost("million_to_hundred", million.Median() / hundred.Median(), "ratio", 1.2);
    }

    private static async Task FurtherPages(Benchmark bench, Looking browser, string big)
    {
        foreach (var screen in bench.Quick ? Screens.Take(3) : Screens)
        {
            await using var visit = await browser.SignIn(big, Password);
            await visit.Open("/items");
            var before = visit.Kilobytes;
            await visit.Go(screen);
            bench.AtMost($"further_page{screen.Split('?')[0].Replace('/', '_')}", visit.Kilobytes - before, "kB", FurtherPage);
        }
    }

    private static async Task Documents(Benchmark bench, Looking browser, string big)
    {
        var (warm, cold) = (new List<double>(), new List<double>());
        for (var round = 1; round <= (bench.Quick ? 2 : 9); round++)
        {
            await using var visit = await browser.SignIn(big, Password);
            await visit.Open("/items");
            cold.Add(await visit.ToDocument(round, pointFirst: false));
            await visit.Go("/items");
            warm.Add(await visit.ToDocument(round + 2, pointFirst: true));
        }
        bench.AtMost("to_document_warm", warm.Median(), "ms", 100);
        bench.AtMost("to_document_cold", cold.Median(), "ms", 250);
    }

    private static async Task Typing(Benchmark bench, Looking browser, string big)
    {
        var longest = new List<double>();
        for (var round = 1; round <= (bench.Quick ? 1 : 5); round++)
        {
            await using var visit = await browser.SignIn(big, Password);
            await visit.Open("/items");
            longest.Add(await visit.LongestTaskWhileTyping("pump 00012"));
        }
        bench.AtMost("typing_longest_task", longest.Median(), "ms", 50);
    }

    /// <summary>A company and somebody who may see everything in it; their address.</summary>
    private static async Task<string> People(Dbs dbs, int tenant)
    {
        var services = new ServiceCollection();
        services.AddModules("Host=/nowhere", new LogSettings());
        var all = services.Select(one => one.ImplementationInstance).OfType<Permission>().Select(one => one.Name).ToList();
        var email = FormattableString.Invariant($"bench@t{tenant}.example");
        await using var db = dbs.Open(DbScope.ForTenant(tenant));
        await CreateCompany.Run(
            db,
            new CreateCompany.Request("C1", "Bench", "TR", "TRY", 2, "Europe/Istanbul"),
            TimeProvider.System
        );
        await CreateRole.Run(db, "Everything", all, everything: true);
        await AddMember.Run(db, new Passwords(), new AddMember.Request(email, "Bench", Password, "Everything"));
        await db.Commit();
        return email;
    }
}
