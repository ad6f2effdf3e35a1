using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Millrace.Bench;

/// <summary>
/// Receives goods through the API at a steady rate, on a schedule that does not wait for slow answers, and says the percentiles
/// of the time from when a request was due until its answer was there: of each span of the same length apart, so that what takes
/// minutes can be compared with what takes one.
/// </summary>
internal static class ApiLoad
{
    private const int AtOnce = 64;
    private const int MostRepeats = 20;
    private const int Span = 10; // seconds

    internal static async Task Run(Door door, string seeds, int rate, string untilFile, int atLeast)
    {
        var mills = await Mill.Load(seeds);
        using var http = door.Open();
        var late = new List<(int Span, double Milliseconds)>();
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
        // What is left over at the end is no whole span, unless it is all there is.
        var spans = late.GroupBy(one => one.Span)
            .OrderBy(span => span.Key)
            .Select(span => span.Select(one => one.Milliseconds).Order().ToArray())
            .ToList();
        foreach (var span in spans.Where(span => span.Length == rate * Span || spans.Count == 1))
            Child.Say(FormattableString.Invariant($"span {span.Percentile(50)} {span.Percentile(99)}"));
        Child.Say("spans end");
    }

    private static async Task Receive(
        HttpClient http,
        Mill mill,
        int at,
        long zero,
        TimeSpan due,
        List<(int Span, double Milliseconds)> late,
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
        var text = JsonSerializer.Serialize(body, JsonSerializerOptions.Web);
        var key = Guid.CreateVersion7().ToString();
        var status = await Ask(http, text, key);
        // As every client is told: the same request with the same key. The time until the last answer is what counts.
        for (var again = 0; status == HttpStatusCode.ServiceUnavailable && again < MostRepeats; again++)
            status = await Ask(http, text, key);
        var took = (TimeProvider.System.GetElapsedTime(zero) - due).TotalMilliseconds;
        room.Release();
        if (status != HttpStatusCode.Created)
            throw new InvalidOperationException($"A receipt was answered with {status}.");
        lock (late)
            late.Add(((int)due.TotalSeconds / Span, took));
    }

    private static async Task<HttpStatusCode> Ask(HttpClient http, string text, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/receipts", UriKind.Relative))
        {
            Content = new StringContent(text, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await http.SendAsync(request);
        await answer.Content.ReadAsStringAsync();
        return answer.StatusCode;
    }
}
