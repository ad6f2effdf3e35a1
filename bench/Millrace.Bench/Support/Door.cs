using System.Net.Http.Headers;
using System.Text.Json;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>The way into a running program for a machine with one permission.</summary>
internal sealed record Door(string Url, string Client, string Secret)
{
    internal static async Task<Door> Make(Dbs dbs, int tenant, string url, params string[] permissions)
    {
        await using var db = dbs.Open(DbScope.ForTenant(tenant));
        var client = await CreateClient.Run(db, "bench", permissions);
        await db.Commit();
        return new Door(url, client.ClientId, client.ClientSecret);
    }

    /// <summary>A caller whose token is followed by another one before it ends: a load may last longer than a token.</summary>
    internal HttpClient Open() =>
        new(new Bearing(this) { InnerHandler = new SocketsHttpHandler() })
        {
            BaseAddress = new Uri(Url),
            Timeout = TimeSpan.FromSeconds(60),
        };

    internal async Task<string> Token(CancellationToken stop)
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
        using var answer = await http.PostAsync(new Uri("/oauth/token", UriKind.Relative), form, stop);
        answer.EnsureSuccessStatusCode();
        using var read = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop));
        return read.RootElement.GetProperty("access_token").GetString()!;
    }

    private sealed class Bearing(Door door) : DelegatingHandler
    {
        private static readonly TimeSpan Renewed = TimeSpan.FromMinutes(5);
        private readonly SemaphoreSlim _once = new(1);
        private string _token = "";
        private long _since;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (_since == 0 || TimeProvider.System.GetElapsedTime(_since) > Renewed)
                await Renew(cancellationToken);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
            return await base.SendAsync(request, cancellationToken);
        }

        private async Task Renew(CancellationToken stop)
        {
            await _once.WaitAsync(stop);
            try
            {
                if (_since != 0 && TimeProvider.System.GetElapsedTime(_since) <= Renewed)
                    return;
                _token = await door.Token(stop);
                _since = TimeProvider.System.GetTimestamp();
            }
            finally
            {
                _once.Release();
            }
        }

        protected override void Dispose(bool disposing)
        {
            _once.Dispose();
            base.Dispose(disposing);
        }
    }
}
