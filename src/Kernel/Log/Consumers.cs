using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Millrace.Kernel;

/// <summary>Runs every lane of every consumer; lanes whose lease another process holds wait for it.</summary>
internal sealed class Consumers(
    IEnumerable<Consumer> consumers,
    LogReader reader,
    LogHead head,
    LiveFeed feed,
    Dbs dbs,
    Databases databases,
    EventTypes types,
    LogSettings settings,
    ParkedWatch parked,
    DatabaseOutage outage,
    TimeProvider clock,
    ILogger<Consumers> log
) : BackgroundService
{
    private readonly SemaphoreSlim _suspicion = new(1);

    public override void Dispose()
    {
        _suspicion.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            from consumer in consumers
            from number in Enumerable.Range(0, LogSettings.Lanes)
            let lane = new Lane(number, LogSettings.Lanes)
            select new ConsumerLane(
                consumer,
                lane,
                reader,
                head,
                feed,
                dbs,
                databases,
                types,
                settings,
                parked,
                outage,
                _suspicion,
                clock,
                log
            ).Run(stoppingToken)
        );
}
