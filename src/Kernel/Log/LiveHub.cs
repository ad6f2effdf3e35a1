using Microsoft.AspNetCore.SignalR;

namespace Millrace.Kernel;

/// <summary>Pushes the log of the caller's tenant to a screen over a WebSocket.</summary>
public sealed class LiveHub(LiveFeed feed) : Hub
{
    /// <summary>
    /// Everything after a position, then everything new. A screen that reconnects names the last "through" it got.
    /// </summary>
    public IAsyncEnumerable<LiveBatch> Live(long? since, CancellationToken cancellationToken) =>
        feed.Follow(Caller.Required(Context.GetHttpContext()!), since, cancellationToken);
}
