namespace Millrace.Host;

/// <summary>Asks the running server for a token, as a machine would.</summary>
internal static class Token
{
    internal static async Task<int> Run(string client, string secret)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Serve.Url()), Timeout = TimeSpan.FromSeconds(10) };
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = client,
                ["client_secret"] = secret,
            }
        );
        using var answer = await http.PostAsync(new Uri("/oauth/token", UriKind.Relative), form);
        Terminal.Say(await answer.Content.ReadAsStringAsync());
        return answer.IsSuccessStatusCode ? 0 : 1;
    }
}
