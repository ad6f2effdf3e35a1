using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// The last position, watched once per process for all who follow the log; asks less often when nothing happens.
/// </summary>
public sealed class LogHead(
    LogReader reader,
    LogSettings settings,
    LogSignals signals,
    DatabaseOutage outage,
    TimeProvider clock,
    ILogger<LogHead> log
) : BackgroundService
{
    // Where the positions are given nothing can be missed; it is looked now and then all the same.
    private static readonly TimeSpan WhenLeading = TimeSpan.FromSeconds(1);
    private long _position = -1;

    public long Position => Volatile.Read(ref _position);

    /// <summary>Fires when the head has moved.</summary>
    public Pulse Moved { get; } = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = settings.Tick;
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                var next = signals.Sequenced.Next;
                var head = await reader.Head(stoppingToken);
                outage.Back(log);
                var moved = head != Position;
                if (moved)
                {
                    Volatile.Write(ref _position, head);
                    Moved.Fire();
                }
                wait = moved ? settings.Tick : TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, settings.IdleTick.Ticks));
                await Pulse.WaitAny(next, signals.IsLeading ? WhenLeading : wait, clock, stoppingToken);
            }
            catch (Exception lost) when (lost is NpgsqlException or TimeoutException)
            {
                outage.Lost(log, "The log cannot be read", lost);
                await Task.Delay(outage.Rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
    }
}
