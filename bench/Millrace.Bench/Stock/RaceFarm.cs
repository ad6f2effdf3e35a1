using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>Several processes of the program over one database, which may be killed, and the way into any.</summary>
internal sealed class RaceFarm : IAsyncDisposable
{
    private const int MostRepeats = 200;
    private readonly Ground _ground;
    private readonly Mill _mill;
    private readonly Running[] _programs;
    private readonly string[] _urls;
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };
    private string _token = "";
    private int _repeats;
    private int _faults;

    private RaceFarm(Ground ground, Mill mill, int processes) =>
        (_ground, _mill, _programs, _urls) = (ground, mill, new Running[processes], new string[processes]);

    internal int Repeats => _repeats;

    /// <summary>Answers that were neither yes, nor no, nor "busy".</summary>
    internal int Faults => _faults;

    internal static async Task<RaceFarm> Start(Ground ground, Dbs dbs, Mill mill, int processes)
    {
        var farm = new RaceFarm(ground, mill, processes);
        for (var at = 0; at < processes; at++)
            await farm.Begin(at);
        var door = await Door.Make(dbs, mill.Tenant, farm._urls[0], "inventory.reserve");
        farm._token = await door.Token(CancellationToken.None);
        return farm;
    }

    /// <summary>
    /// Asks until there is an answer, always with the same key, of whatever process lives: promised, or not enough stock.
    /// </summary>
    internal async Task<bool> Reserve(string demand, IReadOnlyList<Guid> items, int first)
    {
        var key = Guid.CreateVersion7();
        for (var attempt = 0; attempt < MostRepeats; attempt++)
        {
            var status = await Ask(_urls[(first + attempt) % _urls.Length], key, demand, items);
            if (status is HttpStatusCode.Created)
                return true;
            if (status is HttpStatusCode.UnprocessableEntity)
                throw new InvalidOperationException($"The key of {demand} was taken for another request.");
            if (status is HttpStatusCode.Conflict)
                return false;
            if (status is not (null or HttpStatusCode.ServiceUnavailable))
                Interlocked.Increment(ref _faults);
            Interlocked.Increment(ref _repeats);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        throw new TimeoutException($"{demand} was not answered after {MostRepeats} attempts.");
    }

    /// <summary>Kills one process after the other, in the middle of whatever it does, and says how many it were.</summary>
    internal async Task<int> KillNowAndThen(TimeSpan every, CancellationToken over)
    {
        var kills = 0;
        try
        {
            using var again = new PeriodicTimer(every);
            while (await again.WaitForNextTickAsync(over))
            {
                var victim = kills++ % _programs.Length;
                await _programs[victim].DisposeAsync();
                await Begin(victim);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
        return kills;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs)
            await program.DisposeAsync();
        _http.Dispose();
    }

    private async Task Begin(int at)
    {
        _programs[at] = Running.Millrace(_ground.Connection, "serve");
        _urls[at] = await _programs[at].Says("Millrace serves at ");
        _programs[at].Ignore();
    }

    // Nothing when the process is gone, or did not answer in time.
    private async Task<HttpStatusCode?> Ask(string url, Guid key, string demand, IReadOnlyList<Guid> items)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{url}/api/v1/reservations");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        request.Headers.Add("Idempotency-Key", $"{key}");
        request.Content = JsonContent.Create(
            new
            {
                companyId = _mill.Company,
                demand,
                lines = items.Select(item => new
                {
                    itemId = item,
                    warehouseId = _mill.Warehouse,
                    quantity = "1",
                }),
            }
        );
        try
        {
            using var answer = await _http.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.Conflict)
                return answer.StatusCode;
            var text = await answer.Content.ReadAsStringAsync();
            return text.Contains("idempotency.running", StringComparison.Ordinal) ? null : answer.StatusCode;
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }
}
