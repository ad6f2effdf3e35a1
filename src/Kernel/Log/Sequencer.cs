using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>Gives committed events their dense positions. Every process runs one; the one with the lease works.</summary>
public sealed class Sequencer(
    Databases databases,
    LogSettings settings,
    LogSignals signals,
    DatabaseOutage outage,
    TimeProvider clock,
    ILogger<Sequencer> log
) : BackgroundService
{
    private static readonly string Tick = SqlFile.In<Sequencer>("Kernel/Log/tick.sql").With().ToCommand().CommandText;
    private static readonly TimeSpan PlanAge = TimeSpan.FromSeconds(1);
    private readonly Leases _leases = new(databases.Relay, settings);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                if (await _leases.Take("sequencer", stoppingToken) is { } lease)
                    await Lead(lease, stoppingToken);
                else
                    await Task.Delay(settings.Lease / 10, clock, stoppingToken);
            }
            catch (Exception lost) when (lost is NpgsqlException or TimeoutException)
            {
                outage.Lost(log, "The sequencer stands", lost);
                await Task.Delay(outage.Rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
    }

    private async Task Lead(Lease lease, CancellationToken stop)
    {
        log.LogInformation("Sequencing the log, term {Term}.", lease.Term);
        await using var connection = await databases.Relay.OpenConnectionAsync(stop);
        await using var tick = TickOf(connection, lease, await LastDay(connection, stop));
        var since = (NpgsqlParameter<DateOnly>)tick.Parameters[1];
        await using var forget = new NpgsqlCommand("discard plans", connection);
        var (kept, planned) = (clock.GetTimestamp(), clock.GetTimestamp());
        var grown = false;
        var wait = settings.Tick;
        try
        {
            if (!await IsOurs(connection, stop))
                return;
            signals.IsLeading = true;
            while (!stop.IsCancellationRequested)
            {
                // A plan made while today's partition was empty is a bad one when it has grown.
                if (grown && clock.GetElapsedTime(planned) > PlanAge)
                {
                    await forget.ExecuteNonQueryAsync(stop);
                    (planned, grown) = (clock.GetTimestamp(), false);
                }
                if (clock.GetElapsedTime(kept) > settings.Lease / 3)
                {
                    if (!await _leases.Keep(lease, stop))
                    {
                        log.LogWarning("The sequencer's lease of term {Term} went to another process.", lease.Term);
                        return;
                    }
                    kept = clock.GetTimestamp();
                    // The machine may have slept: what was written before is looked for as at the beginning.
                    since.TypedValue = await LastDay(connection, stop);
                }
                var next = signals.Published.Next;
                var given = await tick.ExecuteNonQueryAsync(stop);
                since.TypedValue = DateOnly.MaxValue;
                if (given > 0)
                {
                    grown = true;
                    signals.Sequenced.Fire();
                    wait = settings.Tick;
                    await Task.Delay(wait, clock, stop);
                    continue;
                }
                await Pulse.WaitAny(next, wait, clock, stop);
                wait = next.IsCompleted ? settings.Tick : TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, settings.IdleTick.Ticks));
            }
        }
        catch (PostgresException second) when (second.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            log.LogWarning("Another process gave positions at the same time; the lease of term {Term} is given up.", lease.Term);
        }
        finally
        {
            signals.IsLeading = false;
            await _leases.GiveBack(lease);
        }
    }

    /// <summary>Gives what is waiting its positions and comes back, for a database that nobody else uses.</summary>
    internal static async Task CatchUp(Databases databases, LogSettings settings, CancellationToken stop)
    {
        await ClusterState.Rebase(databases, stop);
        var leases = new Leases(databases.Relay, settings);
        var lease = await leases.Take("sequencer", stop) ?? throw new Busy("Another process gives positions. Stop it first.");
        await using var connection = await databases.Relay.OpenConnectionAsync(stop);
        await using var tick = TickOf(connection, lease, await LastDay(connection, stop));
        while (await tick.ExecuteNonQueryAsync(stop) > 0) { }
        await leases.GiveBack(lease);
    }

    private static NpgsqlCommand TickOf(NpgsqlConnection connection, Lease lease, DateOnly since) =>
        new(Tick, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = lease.Term },
                new NpgsqlParameter<DateOnly> { TypedValue = since },
            },
        };

    /// <summary>After a restore positions go on behind a gap; of rows copied to another server none is given.</summary>
    private async Task<bool> IsOurs(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var rebase = new NpgsqlCommand("select kernel.rebase(false)", connection);
        switch ((string)(await rebase.ExecuteScalarAsync(stop))!)
        {
            case ClusterState.Restored:
                log.LogWarning("The database has been restored, or a replica took over: positions go on behind a gap.");
                return false; // with every lease of before; it is taken anew
            case ClusterState.Copied:
                log.LogCritical("The log stands. {Advice}", ClusterState.Advice);
                await Task.Delay(settings.Lease, clock, stop);
                return false;
            default:
                return true;
        }
    }

    private static async Task<DateOnly> LastDay(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var last = new NpgsqlCommand("select event_day from kernel.event_pos order by pos desc limit 1", connection);
        return await last.ExecuteScalarAsync(stop) is DateOnly day ? day : DateOnly.MinValue;
    }
}
