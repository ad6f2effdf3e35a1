using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// Makes partitions ahead, sweeps stored answers, ended jobs and old steps of cursors; hourly, safe in any number of processes.
/// </summary>
public sealed class LogUpkeep(Databases databases, TimeProvider clock, ILogger<LogUpkeep> log) : BackgroundService
{
    private const int Most = 10_000;

    /// <summary>Partitions are there before the first request is, also after a long rest.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Try(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await hourly.WaitForNextTickAsync(stoppingToken))
            await Try(stoppingToken);
    }

    private async Task Try(CancellationToken stop)
    {
        try
        {
            await Once(stop);
        }
        catch (NpgsqlException failed)
        {
            log.LogWarning("Upkeep of the log failed ({Reason}); it is tried again in an hour.", failed.Message);
        }
    }

    public async Task Once(CancellationToken stop = default)
    {
        await Run("select kernel.make_partitions_ahead()", stop);
        foreach (var sweep in (string[])["sweep_answers", "sweep_jobs"])
            while (await Run($"select kernel.{sweep}({Most})", stop) == Most) { }
        await Run(
            """
            with kept as (select consumer, lane, max(from_pos) as last from kernel.cursor group by consumer, lane),
            gone as (delete from kernel.cursor c using kept k
                where c.consumer = k.consumer and c.lane = k.lane and c.from_pos < k.last returning 1),
            done as (delete from kernel.attempt a using kept k
                where a.consumer = k.consumer and a.lane = k.lane and a.pos <= k.last returning 1)
            select (select count(*) from gone)::int + (select count(*) from done)::int
            """,
            stop
        );
    }

    private async Task<int> Run(string statement, CancellationToken stop)
    {
        await using var command = databases.App.CreateCommand(statement);
        return await command.ExecuteScalarAsync(stop) as int? ?? 0;
    }
}
