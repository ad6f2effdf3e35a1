using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Millrace.Bench;

/// <summary>
/// Receives goods through the API at a steady rate, on a schedule that does not wait for slow answers, and says the percentiles
/// of the time from when a request was due until its answer was there.
/// </summary>
internal static class ApiLoad
{
    private const int AtOnce = 64;

    internal static async Task Run(Door door, string seeds, int rate, string untilFile, int atLeast)
    {
        var mills = await Mill.Load(seeds);
        using var http = door.Open();
        var late = new List<double>();
        using var room = new SemaphoreSlim(AtOnce);
        var asked = new List<Task>();
        var zero = TimeProvider.System.GetTimestamp();
        // So long, and on while the other work goes on.
        for (var at = 0; at < rate * atLeast || !File.Exists(untilFile); at++)
        {
            var due = TimeSpan.FromSeconds((double)at / rate);
            await Pace.Until(zero, due);
            await room.WaitAsync();
            asked.Add(Receive(http, mills[0], at, zero, due, late, room));
        }
        await Task.WhenAll(asked);
        var ascending = late.Order().ToArray();
        Child.Say(FormattableString.Invariant($"late {ascending.Percentile(50)} {ascending.Percentile(99)} {ascending.Length}"));
    }

    private static async Task Receive(
        HttpClient http,
        Mill mill,
        int at,
        long zero,
        TimeSpan due,
        List<double> late,
        SemaphoreSlim room
    )
    {
        var line = new { ItemId = mill.Items[at % mill.Items.Count], Quantity = "1" };
        var body = new
        {
            WarehouseId = mill.Warehouse,
            Date = Mill.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Lines = new[] { line },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/receipts", UriKind.Relative))
        {
            Content = new StringContent(
                JsonSerializer.Serialize(body, JsonSerializerOptions.Web),
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        using var answer = await http.SendAsync(request);
        await answer.Content.ReadAsStringAsync();
        var took = (TimeProvider.System.GetElapsedTime(zero) - due).TotalMilliseconds;
        room.Release();
        if (answer.StatusCode != HttpStatusCode.Created)
            throw new InvalidOperationException($"A receipt was answered with {answer.StatusCode}.");
        lock (late)
            late.Add(took);
    }
}
