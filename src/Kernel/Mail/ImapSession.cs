using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Millrace.Kernel;

/// <summary>A mailbox to which returned mails come.</summary>
internal sealed record Mailbox(string Host, int Port, bool Tls, string Username, string Password);

/// <summary>
/// As much of IMAP4rev1 (RFC 3501) as reading new mails takes: LOGIN, SELECT, SEARCH UNSEEN, FETCH, STORE, LOGOUT.
/// Our own because no library can be had; every wait and every length has a bound.
/// </summary>
internal sealed class ImapSession : IAsyncDisposable
{
    private const int LongestLine = 64 * 1024;
    private const int MostLines = 10_000;

    private readonly Stream _stream;
    private readonly CancellationTokenSource _patience;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _at;
    private int _end;
    private int _tag;

    private ImapSession(Stream stream, CancellationTokenSource patience) => (_stream, _patience) = (stream, patience);

    /// <summary>A line of the server, and the literal it ended with, if any.</summary>
    private sealed record Line(string Text, byte[]? Literal);

    /// <summary>Signs in and opens the inbox; the whole session may take as long as given.</summary>
    internal static async Task<ImapSession> Open(Mailbox box, TimeSpan longest, CancellationToken stop)
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(longest);
        var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(box.Host, box.Port, patience.Token);
            Stream stream = socket.GetStream();
            if (box.Tls)
                stream = await Encrypted(stream, box, patience.Token);
            var session = new ImapSession(stream, patience);
            var greeting = await session.Read(0);
            if (!greeting.Text.StartsWith("* OK", StringComparison.Ordinal))
                throw new ImapFailed($"The mailbox greets with: {greeting.Text}");
            await session.Command($"LOGIN {Quoted(box.Username)} {Quoted(box.Password)}", "LOGIN");
            await session.Command("SELECT INBOX", "SELECT INBOX");
            return session;
        }
        catch
        {
            socket.Dispose();
            patience.Dispose();
            throw;
        }
    }

    private static async Task<SslStream> Encrypted(Stream open, Mailbox box, CancellationToken stop)
    {
        var secure = new SslStream(open);
        try
        {
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = box.Host }, stop);
            return secure;
        }
        catch (AuthenticationException failed)
        {
            throw new ImapFailed($"The mailbox {box.Host}:{box.Port} {Distrust.Reason(failed, box.Host)}");
        }
    }

    /// <summary>The numbers of mails nobody has read, at most so many.</summary>
    internal async Task<IReadOnlyList<uint>> Unseen(int atMost)
    {
        var lines = await Command("UID SEARCH UNSEEN", "SEARCH");
        return
        [
            .. lines
                .Where(line => line.Text.StartsWith("* SEARCH", StringComparison.OrdinalIgnoreCase))
                .SelectMany(line => line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(2))
                .Select(word => uint.Parse(word, CultureInfo.InvariantCulture))
                .Order()
                .Take(atMost),
        ];
    }

    /// <summary>A mail as it came, cut off after so many bytes; reading it does not mark it as read.</summary>
    internal async Task<byte[]> Fetch(uint uid, int longest)
    {
        var command = string.Create(CultureInfo.InvariantCulture, $"UID FETCH {uid} (BODY.PEEK[]<0.{longest}>)");
        var lines = await Command(command, "FETCH", longest);
        return lines.FirstOrDefault(line => line.Literal is not null)?.Literal ?? [];
    }

    internal Task MarkSeen(uint uid) =>
        Command(string.Create(CultureInfo.InvariantCulture, $"UID STORE {uid} +FLAGS.SILENT (\\Seen)"), "STORE");

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Command("LOGOUT", "LOGOUT");
        }
        catch (Exception broken) when (broken is IOException or ImapFailed or OperationCanceledException)
        {
            // It is over either way.
        }
        await _stream.DisposeAsync();
        _patience.Dispose();
    }

    // What is said about a failure names the command without its password.
    private async Task<List<Line>> Command(string text, string shown, int longestLiteral = 0)
    {
        var tag = string.Create(CultureInfo.InvariantCulture, $"m{++_tag}");
        await _stream.WriteAsync(Encoding.UTF8.GetBytes($"{tag} {text}\r\n"), _patience.Token);
        await _stream.FlushAsync(_patience.Token);
        var lines = new List<Line>();
        while (lines.Count < MostLines)
        {
            var line = await Read(longestLiteral);
            if (line.Text.StartsWith($"{tag} OK", StringComparison.OrdinalIgnoreCase))
                return lines;
            if (line.Text.StartsWith($"{tag} ", StringComparison.Ordinal))
                throw new ImapFailed($"The mailbox refuses {shown}: {line.Text[(tag.Length + 1)..]}");
            if (line.Text.StartsWith("* BYE", StringComparison.OrdinalIgnoreCase) && shown != "LOGOUT")
                throw new ImapFailed($"The mailbox ends the session at {shown}: {line.Text}");
            lines.Add(line);
        }
        throw new ImapFailed($"The mailbox answers {shown} with more than {MostLines} lines.");
    }

    private async Task<Line> Read(int longestLiteral)
    {
        var text = new StringBuilder();
        byte[]? literal = null;
        while (true)
        {
            var line = await ReadLine();
            text.Append(line);
            if (!line.EndsWith('}') || line.LastIndexOf('{') is not (>= 0 and var open))
                return new Line(text.ToString(), literal);
            if (!int.TryParse(line[(open + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
                return new Line(text.ToString(), literal);
            if (length > longestLiteral)
                throw new ImapFailed($"The mailbox sends {length} bytes where at most {longestLiteral} were asked for.");
            literal = new byte[length];
            for (var got = 0; got < length; )
            {
                if (_at == _end)
                    await Fill();
                var some = Math.Min(_end - _at, length - got);
                _buffer.AsSpan(_at, some).CopyTo(literal.AsSpan(got));
                (_at, got) = (_at + some, got + some);
            }
        }
    }

    private async Task<string> ReadLine()
    {
        var line = new StringBuilder();
        while (line.Length <= LongestLine)
        {
            if (_at == _end)
                await Fill();
            var letter = (char)_buffer[_at++];
            if (letter == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append(letter);
        }
        throw new ImapFailed($"The mailbox sends a line of more than {LongestLine} letters.");
    }

    private async Task Fill()
    {
        (_at, _end) = (0, await _stream.ReadAsync(_buffer, _patience.Token));
        if (_end == 0)
            throw new ImapFailed("The mailbox closed the connection.");
    }

    private static string Quoted(string text) =>
        text.Any(char.IsControl)
            ? throw new ImapFailed("A user name or password for a mailbox may not hold control characters.")
            : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}

/// <summary>A mailbox did not do what was asked.</summary>
internal sealed class ImapFailed(string sentence) : Exception(sentence);
