using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>
/// Measures the installation every few seconds, in one process at a time: keeps the sample, shows it as metrics, and judges
/// the alerts over it.
/// </summary>
internal sealed class Sampler(
    Databases databases,
    Dbs dbs,
    IEnumerable<Consumer> consumers,
    AlertBook alerts,
    LogSettings log,
    ObserveSettings settings,
    DatabaseOutage outage,
    TimeProvider clock,
    ILogger<Sampler> logger
) : BackgroundService
{
    private const int ForecastEvery = 20;
    private const int KeptDays = 31;
    private readonly SampleReader _reader = new(databases, consumers, clock);
    private readonly Leases _leases = new(databases.App, log with { Lease = settings.Every * 4 });
    private readonly Gauges _gauges = new();
    private int _taken;
    private int? _daysUntilFull;

    public override void Dispose()
    {
        _gauges.Dispose();
        _reader.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                if (await _leases.Take("sampler", stoppingToken) is { } lease)
                    await Measure(lease, stoppingToken);
                else
                    await Task.Delay(settings.Every, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed) when (failed is NpgsqlException or TimeoutException or Busy)
            {
                outage.Lost(logger, "The installation is not measured", failed);
                await Task.Delay(settings.Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    private async Task Measure(Lease lease, CancellationToken stop)
    {
        try
        {
            while (await _leases.Keep(lease, stop))
            {
                await Once(stop);
                await Task.Delay(settings.Every, clock, stop);
            }
        }
        finally
        {
            // What this process knows grows old: the next one shows its own.
            _gauges.Show(null);
            await _leases.GiveBack(lease);
        }
    }

    internal async Task<Figures> Once(CancellationToken stop)
    {
        var (sample, directory) = await _reader.Read(stop);
        if (directory is not null && Disk(directory) is var (bytes, free))
            sample = sample with { Disk = new DiskState(bytes, free, _daysUntilFull) };
        await using (var db = dbs.Open(DbScope.NoTenant))
        {
            sample = sample with
            {
                Work = await db.One<WorkState>($"select * from kernel.job_figures()"),
                Backup = await BackupBook.Read(db),
            };
            var figures = new Json(JsonSerializer.Serialize(sample, Wire.Options));
            await db.Execute(
                $"""
                insert into kernel.sample (hour, at, figures) values (date_trunc('hour', now()), clock_timestamp(), {figures})
                on conflict (hour) do update set at = excluded.at, figures = excluded.figures
                """
            );
            if (_taken++ % ForecastEvery == 0)
                _daysUntilFull = await Look(db);
            await db.Commit();
        }
        await alerts.Judge(sample);
        _gauges.Show(sample);
        return sample;
    }

    private static async Task<int?> Look(Db db)
    {
        await db.Execute($"delete from kernel.sample where hour < now() - make_interval(days => {KeptDays})");
        var history = await db.Query<Forecast.Point>(
            $"""
            select at, (figures -> 'disk' ->> 'free')::bigint as free from kernel.sample
            where hour > now() - interval '14 days' and figures -> 'disk' ->> 'free' is not null order by hour limit 400
            """
        );
        return Forecast.DaysUntilFull(history);
    }

    private static (long Bytes, long Free)? Disk(string directory)
    {
        try
        {
            if (!Directory.Exists(directory))
                return null;
            var drive = new DriveInfo(directory);
            return (drive.TotalSize, drive.AvailableFreeSpace);
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // the data lies elsewhere, or is not ours to look at
        }
    }
}
