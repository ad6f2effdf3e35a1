using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Millrace.Tests;

/// <summary>A request as bytes, for what no client library would send.</summary>
public static class RawHttp
{
    /// <summary>Sends these lines and this body, and reads the answer until the server closes.</summary>
    public static async Task<Answer> Send(Uri url, string head, byte[] body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        client.ReceiveTimeout = 20_000;
        await using var stream = client.GetStream();
        var lines = head.ReplaceLineEndings("\r\n").TrimEnd() + $"\r\nHost: {url.Authority}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(lines));
        try
        {
            await stream.WriteAsync(body);
        }
        catch (IOException)
        {
            // The server has answered and closed before it read all of it.
        }
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (IOException)
        {
            // Reset after the answer, because the rest of the body was not read.
        }
        return Read(Encoding.UTF8.GetString(answer.ToArray()));
    }

    private static Answer Read(string text)
    {
        Assert.StartsWith("HTTP/1.1 ", text, StringComparison.Ordinal);
        using var none = new HttpResponseMessage();
        var body = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        // The one chunk of a problem stands between its length and the end.
        if (text.Contains("Transfer-Encoding: chunked", StringComparison.Ordinal) && body.Split("\r\n") is [_, var chunk, ..])
            body = chunk;
        return new Answer(
            (HttpStatusCode)int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture),
            body,
            none.Headers
        );
    }
}
