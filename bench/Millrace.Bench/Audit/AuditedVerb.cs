using System.Text;
using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>
/// What a person waits for: changing an item through the API of the published program, with the trigger and without.
/// </summary>
internal static class AuditedVerb
{
    private const int CallerCount = 8;

    internal static async Task Run(Benchmark bench, Ground ground, Dbs dbs)
    {
        var mill = (await Mill.Make(dbs, 1))[0];
        await using var program = Running.Millrace(ground.Connection, "serve");
        var url = await program.Says("Millrace serves at ");
        program.Ignore();
        var door = await Door.Make(dbs, mill.Tenant, url, "catalog.item.write");
        using var http = door.Open();
        var versions = new int[CallerCount];
        var time = TimeSpan.FromSeconds(bench.Quick ? 1 : 5);
        await Rate(http, mill, versions, time); // warm
        var (plain, audited, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= (bench.Quick ? 2 : 7); round++)
        {
            await Trigger("disable");
            plain.Add(await Rate(http, mill, versions, time));
            await Trigger("enable");
            audited.Add(await Rate(http, mill, versions, time));
            await Trigger("disable");
            var again = await Rate(http, mill, versions, time);
            ratios.Add((((plain[^1] + again) / 2 / audited[^1]) - 1) * 100);
            bench.Say(
                FormattableString.Invariant(
                    $"round {round}: {plain[^1]:0} changes a second by the API, audited {audited[^1]:0}, plain again {again:0}"
                )
            );
        }
        bench.AtMost("audit_cost_verb", ratios.Median(), "%", 25, plain.Median(), audited.Median() / plain.Median());

        Task Trigger(string what) => Ground.Execute(ground.Connection, $"alter table catalog.item {what} trigger audit");
    }

    // Each caller has an item of its own, so nobody waits for a row or reads a version twice.
    private static Task<double> Rate(HttpClient http, Mill mill, int[] versions, TimeSpan time) =>
        Callers.Rate(versions.Length, time, (caller, _) => Change(http, mill.Items[caller], ++versions[caller]));

    private static async Task Change(HttpClient http, Guid item, int version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri($"/api/v1/items/{item}", UriKind.Relative))
        {
            Content = new StringContent(
                $$"""{"name":"Item with name {{version}}","kind":"raw","unit":"pcs"}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
