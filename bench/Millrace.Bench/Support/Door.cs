using System.Net.Http.Headers;
using System.Text.Json;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>The way into a running program for a machine with one permission.</summary>
internal sealed record Door(string Url, string Client, string Secret)
{
    internal static async Task<Door> Make(Dbs dbs, int tenant, string url, string permission)
    {
        await using var db = dbs.Open(DbScope.ForTenant(tenant));
        var client = await CreateClient.Run(db, "bench", [permission]);
        await db.Commit();
        return new Door(url, client.ClientId, client.ClientSecret);
    }

    /// <summary>A fresh one each time: a token does not live as long as a benchmark.</summary>
    internal async Task<string> Token()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Url) };
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = Client,
                ["client_secret"] = Secret,
            }
        );
        using var answer = await http.PostAsync(new Uri("/oauth/token", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        using var read = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return read.RootElement.GetProperty("access_token").GetString()!;
    }

    internal static HttpClient Open(string url, string token)
    {
        var http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}
