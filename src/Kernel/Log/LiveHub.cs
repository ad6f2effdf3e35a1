using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>Pushes the log of the caller's tenant to a screen over a WebSocket, as long as the caller may see it.</summary>
public sealed class LiveHub(LiveFeed feed, CallerAgain again, TimeProvider clock) : Hub
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Everything after a position, then everything new. A screen that reconnects names the last "through" it got.
    /// </summary>
    public IAsyncEnumerable<LiveBatch> Live(long? since, CancellationToken cancellationToken)
    {
        var http = Context.GetHttpContext()!;
        var caller = Caller.Required(http);
        _ = EndWithItsRight(Context, http, caller, cancellationToken);
        return feed.Follow(caller, since, cancellationToken);
    }

    // A right taken or given ends the connection: the screen comes back with what it may see then, or is told to sign in.
    private async Task EndWithItsRight(HubCallerContext screen, HttpContext http, Caller caller, CancellationToken stop)
    {
        try
        {
            using var timer = new PeriodicTimer(Look, clock);
            while (await timer.WaitForNextTickAsync(stop))
                if (!await Still(http, caller))
                {
                    screen.Abort();
                    return;
                }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The screen has gone by itself.
        }
    }

    private async Task<bool> Still(HttpContext http, Caller caller)
    {
        try
        {
            return await again.Ask(http) is { } now && now.Actor == caller.Actor && now.Permissions.SetEquals(caller.Permissions);
        }
        catch (Exception lost) when (lost is NpgsqlException or TimeoutException)
        {
            return true; // asked again in a second; nothing new can be read meanwhile either
        }
    }
}
