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
        await using var tick = new NpgsqlCommand(Tick, connection);
        tick.Parameters.Add(new NpgsqlParameter<long> { TypedValue = lease.Term });
        await using var forget = new NpgsqlCommand("discard plans", connection);
        var (kept, planned) = (clock.GetTimestamp(), clock.GetTimestamp());
        var grown = false;
        var wait = settings.Tick;
        try
        {
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
                }
                var next = signals.Published.Next;
                if (await tick.ExecuteNonQueryAsync(stop) > 0)
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
}
