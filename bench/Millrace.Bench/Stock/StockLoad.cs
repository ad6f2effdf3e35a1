using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Millrace.Bench;

/// <summary>
/// What a load asks for: reservations, receipts, issues or transfers of so many lines, of one item or of any, or the confirmation
/// of orders one after the other; for so long, or so many of them.
/// </summary>
internal sealed record StockAsk(
    string Url,
    string Token,
    Guid Company,
    Guid Warehouse,
    IReadOnlyList<Guid> Items,
    string What,
    int Lines,
    int Clients,
    int Seconds,
    int Count = int.MaxValue,
    int FirstOrder = 0
);

/// <summary>What came of it; times in milliseconds, the processor time is the load's own.</summary>
internal sealed record StockAnswers(double PerSecond, double P50, double P99, int Refused, int Failed, double LoadProcessor);

/// <summary>
/// Clients that each ask again as soon as they are answered, over plain sockets: what the load itself costs is taken from the
/// processors that are measured, so it is little and is said.
/// </summary>
internal static class StockLoad
{
    internal static async Task Run(string file)
    {
        var ask = JsonSerializer.Deserialize<StockAsk>(await File.ReadAllTextAsync(file))!;
        var left = new Left(ask.Count);
        var clients = Enumerable.Range(0, ask.Clients).Select(at => new Client(ask, at, left)).ToList();
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(clients.Select(one => Task.Run(() => one.Run(began))));
        var took = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var times = clients.SelectMany(one => one.Times).Order().ToArray();
        var answers = new StockAnswers(
            times.Length / took,
            times.Percentile(50),
            times.Percentile(99),
            clients.Sum(one => one.Refused),
            clients.Sum(one => one.Failed),
            Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds / took
        );
        Child.Say($"answers {JsonSerializer.Serialize(answers)}");
    }

    /// <summary>How many all clients together have still to ask for.</summary>
    private sealed class Left(int count)
    {
        private int _taken;

        internal bool Take(out int number) => (number = Interlocked.Increment(ref _taken) - 1) < count;
    }

    private sealed class Client(StockAsk ask, int number, Left left)
    {
        private uint _dice = ((uint)number * 2654435761) + 1;
        private readonly byte[] _answer = new byte[64 * 1024];
        private readonly Uri _url = new(ask.Url);

        internal List<double> Times { get; } = new(100_000);
        internal int Refused { get; private set; }
        internal int Failed { get; private set; }

        internal async Task Run(long began)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _url.Port));
            while (TimeProvider.System.GetElapsedTime(began).TotalSeconds < ask.Seconds && left.Take(out var order))
            {
                var request = ask.What == "orders" ? Confirmation(order) : Request(ask.What, Body());
                var asked = TimeProvider.System.GetTimestamp();
                await socket.SendAsync(request);
                var status = await Answer(socket);
                Times.Add(TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds);
                if (status is 409)
                    Refused++;
                else if (status is not (200 or 201))
                    Failed++;
            }
        }

        private byte[] Confirmation(int order) =>
            Request($"{ask.What}/{OrderProgram.Prefix}{ask.FirstOrder + order:x12}/confirm", "");

        private byte[] Request(string path, string body)
        {
            var head =
                $"POST /api/v1/{path} HTTP/1.1\r\nHost: {_url.Authority}\r\nAuthorization: Bearer {ask.Token}\r\n"
                + $"Idempotency-Key: {Guid.CreateVersion7()}\r\nContent-Type: application/json\r\n"
                + $"Content-Length: {body.Length}\r\n\r\n";
            return Encoding.ASCII.GetBytes(head + body);
        }

        // Written by hand: a serialiser would cost the load more than all else. Everything in it is ASCII.
        private string Body()
        {
            var text = new StringBuilder(256);
            var reserve = ask.What == "reservations";
            if (reserve)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $$"""{"companyId":"{{ask.Company}}","demand":"{{Guid.CreateVersion7()}}","""
                );
            else
                text.Append(
                    CultureInfo.InvariantCulture,
                    $$"""{"warehouseId":"{{ask.Warehouse}}","date":"{{Mill.Today:yyyy-MM-dd}}","""
                );
            if (ask.What == "transfers")
                text.Append("\"toWarehouseId\":\"").Append(ask.Warehouse).Append("\",");
            if (ask.What == "issues")
                text.Append(
                    """
                    "reason":"sale",
                    """
                );
            text.Append(
                """
                "lines":[
                """
            );
            _dice = (_dice * 1664525) + 1013904223;
            var first = (int)((ulong)_dice * (uint)ask.Items.Count >> 32);
            for (var line = 0; line < ask.Lines; line++)
            {
                // Any items, and none twice.
                var item = ask.Items[(first + (line * 7919)) % ask.Items.Count];
                text.Append(line == 0 ? "" : ",");
                text.Append(CultureInfo.InvariantCulture, $$"""{"itemId":"{{item}}","quantity":"1" """);
                if (ask.What == "transfers")
                    text.Append(
                        """
                        ,"toStatus":"quality"
                        """
                    );
                if (reserve)
                    text.Append(CultureInfo.InvariantCulture, $$""","warehouseId":"{{ask.Warehouse}}" """);
                text.Append('}');
            }
            return text.Append("]}").ToString();
        }

        // Reads one answer to its end and says its status.
        private async Task<int> Answer(Socket socket)
        {
            var have = 0;
            while (true)
            {
                var read = await socket.ReceiveAsync(_answer.AsMemory(have));
                if (read == 0)
                    throw new InvalidOperationException("The program has closed the connection.");
                have += read;
                if (IsWhole(_answer.AsSpan(0, have)))
                    return int.Parse(Encoding.ASCII.GetString(_answer, 9, 3), CultureInfo.InvariantCulture);
            }
        }

        private static bool IsWhole(ReadOnlySpan<byte> answer)
        {
            var end = answer.IndexOf("\r\n\r\n"u8);
            if (end < 0)
                return false;
            var length = answer[..end].IndexOf("Content-Length: "u8);
            if (length < 0)
                return answer.EndsWith("0\r\n\r\n"u8);
            var digits = answer[(length + 16)..];
            _ = System.Buffers.Text.Utf8Parser.TryParse(digits, out int expected, out _);
            return answer.Length >= end + 4 + expected;
        }
    }
}
