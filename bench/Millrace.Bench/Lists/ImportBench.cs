using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Millrace.Company;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>A file of many items through the published program: sent, checked, imported, and taken back.</summary>
internal static class ImportBench
{
    internal static async Task Run(Benchmark bench)
    {
        await using var ground = await Ground.Make(bench);
        var (databases, dbs) = Child.Open(ground.Connection);
        await using var open = databases;
        var rows = bench.Quick ? 5_000 : 100_000;
        var tenant = await CreateTenant.Run(dbs, "Bench");
        await using var program = Running.Millrace(ground.Connection, "serve");
        var url = await program.Says("Millrace serves at ");
        program.Ignore();
        CreateClient.Result client;
        await using (var db = dbs.Open(DbScope.ForTenant(tenant)))
        {
            client = await CreateClient.Run(db, "bench", ["kernel.import.use", "catalog.item.write", "catalog.item.read"]);
            await db.Commit();
        }
        using var http = new Door(url, client.ClientId, client.ClientSecret).Open();
        await Through(http, File(50, "W")); // compiles

        var file = File(rows, "P");
        var steps = await Through(http, file, "undo", program);
        bench.Figure("check", steps["check"], "s");
        bench.AtMost("import", steps["run"], "s", 30);
        bench.Figure("undo", steps["undo"], "s");
        bench.AtMost("memory", steps["memory"], "MB", 400);
        bench.Figure("rows_a_second", rows / steps["run"], "1/s");
        var updated = await Through(
            http,
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(file).Replace("Part", "Teil")),
            program: program
        );
        bench.Figure("import_again", updated["run"], "s");
        await program.Stop();
    }

    private static byte[] File(int rows, string prefix)
    {
        var text = new StringBuilder("Code;Name;Kind;Unit\n");
        for (var at = 1; at <= rows; at++)
            text.Append(CultureInfo.InvariantCulture, $"{prefix}-{at:000000};Part no {at}, Ø {at % 80} mm;Raw material;pcs\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task<Dictionary<string, double>> Through(
        HttpClient http,
        byte[] file,
        string? last = null,
        Running? program = null
    )
    {
        var (id, took) = (Guid.CreateVersion7(), new Dictionary<string, double>(StringComparer.Ordinal) { ["memory"] = 0 });
        using (var body = new ByteArrayContent(file))
        using (var sent = await http.PutAsync(new Uri($"/api/v1/imports/{id}?kind=items&name=items.csv", UriKind.Relative), body))
            sent.EnsureSuccessStatusCode();
        foreach (var (step, end) in ((string, string)[])[("check", "checked"), ("run", "done"), (last ?? "", "undone")])
        {
            if (step == "")
                break;
            var began = TimeProvider.System.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/imports/{id}/{step}");
            request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
            using (var asked = await http.SendAsync(request))
                asked.EnsureSuccessStatusCode();
            await Wait.For(
                async () =>
                {
                    took["memory"] = Math.Max(took["memory"], program?.MemoryNow ?? 0);
                    var shown = await http.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/imports/{id}", UriKind.Relative));
                    return shown.GetProperty("import").GetProperty("state").GetString() == end;
                },
                $"the import is {end}",
                300
            );
            took[step] = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        }
        return took;
    }
}
