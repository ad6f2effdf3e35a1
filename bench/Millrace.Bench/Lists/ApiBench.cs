using System.Text.Json;

namespace Millrace.Bench;

/// <summary>What a page of a list costs: of a million rows, of a hundred, and far behind the first.</summary>
internal static class ApiBench
{
    private const int Rate = 200;
    private const string Page = "/api/v1/items?limit=100";

    internal static async Task Run(Benchmark bench)
    {
        await using var ground = await Ground.Make(bench);
        var (databases, dbs) = Child.Open(ground.Connection);
        await using var open = databases;
        var many = bench.Quick ? 100_000 : 1_000_000;
        bench.Say($"writing {many} items");
        var (big, small) = (await BigList.Make(dbs, ground.Connection, many), await BigList.Make(dbs, ground.Connection, 100));
        await using var program = Running.Millrace(ground.Connection, "serve");
        var url = await program.Says("Millrace serves at ");
        program.Ignore();
        var (door, alley) = (
            await Door.Make(dbs, big, url, "catalog.item.read"),
            await Door.Make(dbs, small, url, "catalog.item.read")
        );
        using var http = door.Open();
        using var other = alley.Open();
        await Walk(http, 50);
        await Steady(http, 2);

        var (paced, again) = (new List<double>(), new List<double>());
        for (var round = 1; round <= (bench.Quick ? 1 : 3); round++)
            foreach (var list in (List<double>[])[paced, again])
            {
                list.Add((await Steady(http, bench.Quick ? 2 : 10)).Percentile(99));
                bench.Say($"round {round}: p99 {list[^1]:0.0} ms at {Rate} pages a second");
            }
        bench.AtMost("page_p99", paced.Median(), "ms", 15);
        bench.Figure("page_p99_noise", again.Median() / paced.Median(), "ratio");
        await Compare(bench, http, other);
    }

    /// <summary>One after the other, in turns, so that what the machine does beside it falls on all alike.</summary>
    private static async Task Compare(Benchmark bench, HttpClient http, HttpClient other)
    {
        var last = bench.Quick ? 100 : 900;
        foreach (var sort in (string[])["code", "name", "-created"])
        {
            var far = await Walk(http, last, sort);
            var (first, few, behind) = (new List<double>(), new List<double>(), new List<double>());
            for (var turn = 0; turn < (bench.Quick ? 50 : 300); turn++)
            {
                first.Add(await Time(http, $"{Page}&sort={sort}"));
                few.Add(await Time(other, $"{Page}&sort={sort}"));
                behind.Add(await Time(http, $"{Page}&sort={sort}&after={Uri.EscapeDataString(far)}"));
            }
            bench.Figure($"first_page_{sort}", first.Median(), "ms");
            bench.AtMost($"million_to_hundred_{sort}", first.Median() / few.Median(), "ratio", 1.2);
            bench.AtMost($"page_{last}_to_first_{sort}", behind.Median() / first.Median(), "ratio", 1.5);
        }
        var (search, filter) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < (bench.Quick ? 5 : 20); turn++)
        {
            search.Add(await Time(http, $"{Page}&search=00{turn}77"));
            filter.Add(await Time(http, $"{Page}&filter=kind:is:goods&sort=name"));
        }
        bench.Figure("search", search.Median(), "ms");
        bench.Figure("filtered_page", filter.Median(), "ms");
    }

    private static async Task<double[]> Steady(HttpClient http, int seconds)
    {
        var zero = TimeProvider.System.GetTimestamp();
        var late = new List<double>();
        var asked = new List<Task>();
        for (var at = 0; at < Rate * seconds; at++)
        {
            var due = TimeSpan.FromSeconds((double)at / Rate);
            await Pace.Until(zero, due);
            asked.Add(Ask(due));
        }
        await Task.WhenAll(asked);
        return [.. late.Order()];

        async Task Ask(TimeSpan due)
        {
            await http.GetByteArrayAsync(new Uri(Page, UriKind.Relative));
            var took = (TimeProvider.System.GetElapsedTime(zero) - due).TotalMilliseconds;
            lock (late)
                late.Add(took);
        }
    }

    /// <summary>From page to page as a reader goes who scrolls; the cursor behind the last of them.</summary>
    private static async Task<string> Walk(HttpClient http, int pages, string sort = "code")
    {
        var after = "";
        for (var page = 1; page < pages; page++)
        {
            var address = $"{Page}&sort={sort}" + (after == "" ? "" : $"&after={Uri.EscapeDataString(after)}");
            using var read = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri(address, UriKind.Relative)));
            after = read.RootElement.GetProperty("next").GetString()!;
        }
        return after;
    }

    private static async Task<double> Time(HttpClient http, string address)
    {
        var began = TimeProvider.System.GetTimestamp();
        await http.GetByteArrayAsync(new Uri(address, UriKind.Relative));
        return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    }
}
