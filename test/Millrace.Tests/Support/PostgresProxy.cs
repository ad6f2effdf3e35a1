using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Millrace.Tests;

/// <summary>What happens to a message on its way.</summary>
public enum Pass
{
    On,

    /// <summary>It is lost, and both sides find the connection closed.</summary>
    Cut,

    /// <summary>It and what follows it stay on the way, for ever.</summary>
    Hold,
}

/// <summary>
/// One message of PostgreSQL's protocol: who sent it, its letter, and its text (of a Bind also the statement it binds).
/// </summary>
public sealed record WireMessage(bool FromServer, char Letter, string Text, string Statement)
{
    public bool IsCommitted => FromServer && Letter == 'C' && Text.StartsWith("COMMIT", StringComparison.Ordinal);

    public bool AsksToCommit => !FromServer && Letter == 'B' && Statement == "commit";
}

/// <summary>One connection through the proxy; tests write on it what they have seen.</summary>
public sealed class WireLine
{
    internal Dictionary<string, string> Statements { get; } = new(StringComparer.Ordinal);

    // Before the greeting a client may ask for encryption, which is answered with one letter.
    internal bool Greeted { get; set; }

    public string Note { get; set; } = "";

    public int Count { get; set; }
}

/// <summary>
/// Stands between the program and PostgreSQL on a socket of its own, reads along, and cuts or holds where the test says.
/// </summary>
public sealed class PostgresProxy : IAsyncDisposable
{
    private const int Version3 = 3 << 16;
    private readonly string _directory = Server.NewDirectory();
    private readonly string _server;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _held;

    public PostgresProxy(string connection)
    {
        var text = new NpgsqlConnectionStringBuilder(connection);
        _server = $"{text.Host}/.s.PGSQL.{text.Port}";
        Directory.CreateDirectory(_directory);
        _listener.Bind(new UnixDomainSocketEndPoint($"{_directory}/.s.PGSQL.{text.Port}"));
        _listener.Listen(200);
        text.Host = _directory;
        ConnectionString = text.ConnectionString;
        _accepting = Accept();
    }

    public string ConnectionString { get; }

    /// <summary>Asked about every message, from several connections at once.</summary>
    public Func<WireLine, WireMessage, Pass> Judge { get; set; } = (_, _) => Pass.On;

    /// <summary>New connections are closed at once: the server cannot be reached.</summary>
    public bool IsUnreachable { get; set; }

    public int Held => Volatile.Read(ref _held);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Directory.Delete(_directory, recursive: true);
        _stop.Dispose();
    }

    private async Task Accept()
    {
        var lines = new List<Task>();
        try
        {
            while (true)
                lines.Add(Serve(await _listener.AcceptAsync(_stop.Token)));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task Serve(Socket client)
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
            try
            {
                if (IsUnreachable)
                    return;
                await server.ConnectAsync(new UnixDomainSocketEndPoint(_server));
                var line = new WireLine();
                // The first direction that ends, ends both.
                var ends = await Task.WhenAny(Pump(line, client, server, false), Pump(line, server, client, true));
                await ends;
            }
            catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side went away; closing both is what follows.
            }
    }

    private async Task Pump(WireLine line, Socket from, Socket to, bool fromServer)
    {
        var buffer = new byte[64 * 1024];
        var filled = 0;
        while (await from.ReceiveAsync(buffer.AsMemory(filled), _stop.Token) is > 0 and var read)
        {
            filled += read;
            var (done, verdict) = (0, Pass.On);
            while (Length(line, buffer.AsSpan(done, filled - done), fromServer) is > 0 and var length)
            {
                var message = buffer.AsSpan(done, length);
                if (line.Greeted)
                    verdict = Judge(line, Read(line, message, fromServer));
                else if (!fromServer)
                    line.Greeted = BinaryPrimitives.ReadInt32BigEndian(message[4..]) == Version3;
                if (verdict != Pass.On)
                    break;
                done += length;
            }
            for (var sent = 0; sent < done; )
                sent += await to.SendAsync(buffer.AsMemory(sent, done - sent), _stop.Token);
            if (verdict == Pass.Cut)
                return;
            if (verdict == Pass.Hold)
            {
                Interlocked.Increment(ref _held);
                await Task.Delay(Timeout.Infinite, _stop.Token);
            }
            buffer.AsSpan(done, filled - done).CopyTo(buffer);
            filled -= done;
            if (filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    // What a client sends before it has greeted has no letter; every later message is a letter, a length, and the rest.
    private static int Length(WireLine line, ReadOnlySpan<byte> bytes, bool fromServer)
    {
        if (fromServer && !line.Greeted)
            return bytes.Length;
        var before = line.Greeted ? 1 : 0;
        if (bytes.Length < before + 4)
            return 0;
        var length = before + BinaryPrimitives.ReadInt32BigEndian(bytes[before..]);
        return length <= bytes.Length ? length : 0;
    }

    private static WireMessage Read(WireLine line, ReadOnlySpan<byte> message, bool fromServer)
    {
        var letter = (char)message[0];
        var text = Encoding.Latin1.GetString(message[5..]);
        if (fromServer || letter is not ('P' or 'B'))
            return new WireMessage(fromServer, letter, text, "");
        // Parse: name, statement. Bind: portal, name.
        var words = text.Split('\0', 3);
        if (letter == 'P')
            line.Statements[words[0]] = words[1];
        var name = letter == 'P' ? words[0] : words[1];
        return new WireMessage(fromServer, letter, text, line.Statements.GetValueOrDefault(name, ""));
    }
}
