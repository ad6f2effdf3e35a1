namespace Millrace.Bench;

/// <summary>All of a long list as a file: when its first bytes come, how long it takes, what memory it needs.</summary>
internal static class ExportBench
{
    internal static async Task Run(Benchmark bench)
    {
        await using var ground = await Ground.Make(bench);
        var (databases, dbs) = Child.Open(ground.Connection);
        await using var open = databases;
        var many = bench.Quick ? 50_000 : 1_000_000;
        bench.Say($"writing {many} items");
        var tenant = await BigList.Make(dbs, ground.Connection, many);
        await using var program = Running.Millrace(ground.Connection, "serve");
        var url = await program.Says("Millrace serves at ");
        program.Ignore();
        using var http = (await Door.Make(dbs, tenant, url, "catalog.item.read")).Open();
        http.Timeout = TimeSpan.FromMinutes(5);
        // Whoever exports a list has looked at it: the token is there.
        await http.GetByteArrayAsync(new Uri("/api/v1/items?limit=100", UriKind.Relative));
        foreach (var format in (string[])["csv", "xlsx"])
        {
            var began = TimeProvider.System.GetTimestamp();
            using var answer = await http.GetAsync(
                new Uri($"/api/v1/items/export?format={format}", UriKind.Relative),
                HttpCompletionOption.ResponseHeadersRead
            );
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync();
            var (buffer, bytes, first, memory) = (new byte[256 * 1024], 0L, 0d, 0d);
            while (await body.ReadAsync(buffer) is > 0 and var read)
            {
                if (bytes == 0)
                    first = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
                bytes += read;
                memory = Math.Max(memory, program.MemoryNow);
            }
            bench.AtMost($"{format}_first_bytes", first, "s", 1);
            bench.Figure($"{format}_whole", TimeProvider.System.GetElapsedTime(began).TotalSeconds, "s");
            bench.Figure($"{format}_size", bytes / 1e6, "MB");
            bench.AtMost($"{format}_memory", memory, "MB", 300);
        }
        await program.Stop();
    }
}
