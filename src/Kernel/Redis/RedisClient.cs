using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Millrace.Kernel;

/// <summary>
/// The RESP protocol over one connection for commands and one for subscriptions. Commands of many callers share the connection
/// in order; each waits a bounded time, and there is a bound on how many wait. A lost connection is made anew by the next
/// command.
/// </summary>
public sealed class RedisClient(RedisAddress address, TimeProvider clock) : IAsyncDisposable
{
    private const int MostWaiting = 10_000;
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly CancellationTokenSource _stop = new();
    private Line? _line;

    /// <summary>A long, a text, null or an array of these.</summary>
    public async Task<object?> Send(params string[] words)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        patience.CancelAfter(Patience);
        try
        {
            var line = _line is { IsOpen: true } open ? open : await Connect(patience.Token);
            return await line.Ask(words).WaitAsync(Patience, clock, patience.Token);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            // What is asked later must not wait behind what is not answered.
            _line?.Close(late);
            throw new RedisAway($"no answer within {Patience.TotalMilliseconds:0} ms", late);
        }
        catch (Exception lost) when (lost is SocketException or IOException or ObjectDisposedException)
        {
            throw new RedisAway(lost.Message, lost);
        }
    }

    /// <summary>Hears a channel until it is stopped; what is published while the connection is away is not heard.</summary>
    public async Task Subscribe(string channel, Action<string> heard, Action? subscribed, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            try
            {
                using var line = await Open(stop);
                line.Pushed = message =>
                {
                    if (message is [_, string word, string text] && word == channel)
                        heard(text);
                };
                _ = await line.Ask(["SUBSCRIBE", channel]).WaitAsync(Patience, clock, stop);
                subscribed?.Invoke();
                await line.Ended.WaitAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception lost) when (lost is RedisAway or TimeoutException or SocketException or IOException)
            {
                await Task.Delay(Patience, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _line?.Dispose();
        _connecting.Dispose();
        _stop.Dispose();
    }

    private async Task<Line> Connect(CancellationToken stop)
    {
        await _connecting.WaitAsync(stop);
        try
        {
            return _line is { IsOpen: true } open ? open : _line = await Open(stop);
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<Line> Open(CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, stop);
            var line = new Line(socket);
            if (address.Password is { } password)
                await line.Ask(["AUTH", password]).WaitAsync(Patience, clock, stop);
            if (address.Database > 0)
                await line.Ask(["SELECT", address.Database.ToString(CultureInfo.InvariantCulture)])
                    .WaitAsync(Patience, clock, stop);
            return line;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>One connection: what is asked first is answered first.</summary>
    private sealed class Line : IDisposable
    {
        private readonly Socket _socket;
        private readonly Channel<(byte[] Bytes, TaskCompletionSource<object?> Answer)> _asked = Channel.CreateBounded<(
            byte[],
            TaskCompletionSource<object?>
        )>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
        private readonly Channel<TaskCompletionSource<object?>> _sent = Channel.CreateBounded<TaskCompletionSource<object?>>(
            MostWaiting
        );
        private volatile Exception? _closed;

        internal Line(Socket socket)
        {
            _socket = socket;
            Ended = Task.WhenAll(Write(), Read());
        }

        internal Action<object?[]>? Pushed { get; set; }

        internal bool IsOpen => _closed is null;

        internal Task Ended { get; }

        internal Task<object?> Ask(IReadOnlyList<string> words)
        {
            var answer = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_closed is { } gone)
                throw new RedisAway(gone.Message, gone);
            if (!_asked.Writer.TryWrite((Encode(words), answer)))
                throw new RedisAway($"{MostWaiting} commands are waiting already");
            return answer.Task;
        }

        internal void Close(Exception reason)
        {
            _closed ??= reason;
            _socket.Dispose();
            _asked.Writer.TryComplete();
            _sent.Writer.TryComplete();
            while (_asked.Reader.TryRead(out var never))
                never.Answer.TrySetException(new RedisAway(reason.Message, reason));
            while (_sent.Reader.TryRead(out var unanswered))
                unanswered.TrySetException(new RedisAway(reason.Message, reason));
        }

        public void Dispose() => Close(new IOException("the connection was closed here"));

        private async Task Write()
        {
            try
            {
                while (await _asked.Reader.WaitToReadAsync())
                while (_asked.Reader.TryRead(out var next))
                {
                    if (!_sent.Writer.TryWrite(next.Answer))
                    {
                        next.Answer.TrySetException(new RedisAway("the connection was closed"));
                        throw new IOException("the connection was closed");
                    }
                    for (var at = 0; at < next.Bytes.Length; )
                        at += await _socket.SendAsync(next.Bytes.AsMemory(at), SocketFlags.None);
                }
            }
            catch (Exception lost) when (lost is SocketException or IOException or ObjectDisposedException)
            {
                Close(lost);
            }
        }

        private async Task Read()
        {
            await using var stream = new NetworkStream(_socket, ownsSocket: false);
            var reader = PipeReader.Create(stream);
            try
            {
                while (true)
                {
                    var read = await reader.ReadAsync();
                    var rest = read.Buffer;
                    while (Resp.TryRead(ref rest, out var value))
                        Take(value);
                    reader.AdvanceTo(rest.Start, rest.End);
                    if (read.IsCompleted)
                        throw new IOException("the server closed the connection");
                }
            }
            catch (Exception lost)
                when (lost is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                Close(lost);
            }
        }

        private void Take(object? value)
        {
            if (value is object?[] and ["message", ..] pushed && Pushed is { } push)
                push(pushed);
            else if (_sent.Reader.TryRead(out var answer) && value is RedisError refused)
                answer.TrySetException(refused);
            else
                answer?.TrySetResult(value);
        }

        private static byte[] Encode(IReadOnlyList<string> words)
        {
            var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{words.Count}\r\n");
            foreach (var word in words)
                text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
            return Encoding.UTF8.GetBytes(text.ToString());
        }
    }

    /// <summary>Answers as Redis writes them (RESP 2).</summary>
    internal static class Resp
    {
        private const int Deepest = 8;

        internal static bool TryRead(ref ReadOnlySequence<byte> bytes, out object? value)
        {
            var reader = new SequenceReader<byte>(bytes);
            if (!TryRead(ref reader, 0, out value))
                return false;
            bytes = bytes.Slice(reader.Position);
            return true;
        }

        private static bool TryRead(ref SequenceReader<byte> reader, int depth, out object? value)
        {
            value = null;
            if (!reader.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8) || depth > Deepest)
                return depth > Deepest ? throw new InvalidOperationException("Redis nests its answer too deep.") : false;
            var text = Encoding.UTF8.GetString(line);
            var rest = text.Length > 0 ? text[1..] : "";
            switch (text.Length > 0 ? text[0] : ' ')
            {
                case '+':
                    value = rest;
                    return true;
                case '-':
                    value = new RedisError(rest);
                    return true;
                case ':':
                    value = long.Parse(rest, CultureInfo.InvariantCulture);
                    return true;
                case '$':
                    return Text(ref reader, int.Parse(rest, CultureInfo.InvariantCulture), ref value);
                case '*':
                    return Many(ref reader, int.Parse(rest, CultureInfo.InvariantCulture), depth, ref value);
                default:
                    throw new InvalidOperationException("What answers there does not speak the protocol of Redis.");
            }
        }

        private static bool Text(ref SequenceReader<byte> reader, int length, ref object? value)
        {
            if (length < 0)
                return true;
            if (!reader.TryReadExact(length, out var text) || reader.Remaining < 2)
                return false;
            reader.Advance(2);
            value = Encoding.UTF8.GetString(text);
            return true;
        }

        private static bool Many(ref SequenceReader<byte> reader, int count, int depth, ref object? value)
        {
            if (count < 0)
                return true;
            if (count > MostWaiting)
                throw new InvalidOperationException($"Redis answers with a list of {count}.");
            var many = new object?[count];
            for (var at = 0; at < count; at++)
                if (!TryRead(ref reader, depth + 1, out many[at]))
                    return false;
            value = many;
            return true;
        }
    }
}
