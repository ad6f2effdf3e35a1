using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>A screen that follows the log over a real WebSocket and keeps what it was told.</summary>
public sealed class LiveScreen : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<LiveBatch> _batches = [];
    private readonly Task _following;

    private LiveScreen(HubConnection connection, long? since)
    {
        _connection = connection;
        _following = Follow(since);
    }

    public IReadOnlyList<LiveBatch> Batches
    {
        get
        {
            lock (_gate)
                return [.. _batches];
        }
    }

    public IReadOnlyList<LiveEvent> Events => [.. Batches.SelectMany(batch => batch.Events)];

    /// <summary>The server has ended the stream.</summary>
    public bool HasEnded => _following.IsCompleted;

    /// <summary>The position with which this screen would come back.</summary>
    public long Through => Batches[^1].Through;

    /// <summary>Opens a WebSocket with the token of a machine, and returns when the first answer is there.</summary>
    public static Task<LiveScreen> Open(Uri url, ApiClient machine, long? since) =>
        Open(url, "Authorization", machine.Http.DefaultRequestHeaders.Authorization!.ToString(), since);

    public static async Task<LiveScreen> Open(Uri url, string header, string value, long? since)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(
            new SocketConnections(socket => socket.SetRequestHeader(header, value))
        );
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(new UriBuilder(url) { Scheme = "ws", Path = "/hub/live" }.Uri));
        var json = new JsonHubProtocolOptions();
        Wire.Configure(json.PayloadSerializerOptions);
        builder.Services.AddSingleton<IHubProtocol>(new JsonHubProtocol(Options.Create(json)));
        var connection = builder.Build();
        await connection.StartAsync();
        var screen = new LiveScreen(connection, since);
        await Eventually.True(
            () => Task.FromResult(screen.Batches.Count > 0 || screen._following.IsCompleted),
            "the first answer"
        );
        if (screen._following.IsFaulted)
            await screen._following;
        return screen;
    }

    /// <summary>Waits until the screen knows of everything up to this position.</summary>
    public Task Reaches(long position) =>
        Eventually.Get(() => Task.FromResult(Through), through => through >= position, $"the screen has {position}");

    /// <summary>Waits until the screen has at least so many events.</summary>
    public Task Has(int events) =>
        Eventually.Get(() => Task.FromResult(Events.Count), count => count >= events, $"the screen has {events} events");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _connection.DisposeAsync();
        try
        {
            await _following;
        }
        catch (Exception gone)
            when (gone is OperationCanceledException or IOException or System.Net.WebSockets.WebSocketException
                || _connection.State == HubConnectionState.Disconnected
            )
        {
            // How a stream ends when its server is gone.
        }
        _stop.Dispose();
    }

    private async Task Follow(long? since)
    {
        await foreach (var batch in _connection.StreamAsync<LiveBatch>("Live", since, _stop.Token))
            lock (_gate)
                _batches.Add(batch);
    }
}
