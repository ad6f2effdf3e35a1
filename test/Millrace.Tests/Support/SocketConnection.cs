using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Millrace.Tests;

/// <summary>Connects a SignalR client over a WebSocket, as a browser that skips the negotiation does.</summary>
internal sealed class SocketConnections(Action<ClientWebSocketOptions> setUp) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        setUp(socket.Options);
        await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
        return new SocketConnection(socket);
    }
}

/// <summary>A WebSocket as the pair of pipes that a SignalR connection reads and writes.</summary>
internal sealed class SocketConnection : ConnectionContext, IDuplexPipe
{
    private readonly ClientWebSocket _socket;
    private readonly Pipe _incoming = new();
    private readonly Pipe _outgoing = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _pumps;

    internal SocketConnection(ClientWebSocket socket)
    {
        _socket = socket;
        ConnectionClosed = _closed.Token;
        _pumps = Task.WhenAll(Receive(), Send());
    }

    public override string ConnectionId { get; set; } = Guid.CreateVersion7().ToString("N");

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException();
    }

    public PipeReader Input => _incoming.Reader;

    public PipeWriter Output => _outgoing.Writer;

    /// <summary>The network goes away: no closing handshake, as when a cable is pulled.</summary>
    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    public override async ValueTask DisposeAsync()
    {
        await _outgoing.Writer.CompleteAsync();
        await _pumps;
        await _incoming.Reader.CompleteAsync();
        _socket.Dispose();
        _closed.Dispose();
        await base.DisposeAsync();
    }

    private async Task Receive()
    {
        Exception? error = null;
        try
        {
            while (true)
            {
                var read = await _socket.ReceiveAsync(_incoming.Writer.GetMemory(4096), CancellationToken.None);
                if (read.MessageType == WebSocketMessageType.Close)
                    break;
                _incoming.Writer.Advance(read.Count);
                if ((await _incoming.Writer.FlushAsync(CancellationToken.None)).IsCompleted)
                    break;
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            error = gone;
        }
        await _incoming.Writer.CompleteAsync(error);
        await _closed.CancelAsync();
    }

    private async Task Send()
    {
        try
        {
            while (true)
            {
                var read = await _outgoing.Reader.ReadAsync(CancellationToken.None);
                if (!read.Buffer.IsEmpty)
                    await _socket.SendAsync(
                        read.Buffer.ToArray(),
                        WebSocketMessageType.Text,
                        endOfMessage: true,
                        CancellationToken.None
                    );
                _outgoing.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    break;
            }
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side is gone; the receiving half reports it.
        }
    }
}
