using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>Takes jobs and does them, several at a time. Any number of processes may do so; leases say who has what.</summary>
internal sealed class JobWorker(
    IEnumerable<JobDeclaration> declarations,
    Databases databases,
    Dbs dbs,
    IServiceScopeFactory scopes,
    JobSettings settings,
    LogSignals signals,
    DatabaseOutage outage,
    TimeProvider clock,
    ILogger<JobWorker> log
) : BackgroundService
{
    // While jobs are quick, so many are taken ahead; slow ones are left for other processes.
    private const int Ahead = 100;
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly JobStore _store = new(databases, settings);
    private readonly JobEnds _ends = new(dbs, clock, log);
    private readonly ConcurrentDictionary<Guid, Held> _held = new();
    private readonly Channel<Held> _taken = Channel.CreateUnbounded<Held>();
    private readonly Pulse _freed = new();
    private readonly string _name = Guid.CreateVersion7().ToString("N");
    private readonly Dictionary<string, JobDeclaration> _known = declarations.ToDictionary(
        one => one.Type,
        StringComparer.Ordinal
    );
    private TimeSpan _usual = Quick;
    private TimeSpan _rest = settings.Idle;

    /// <summary>A job this process has, until its end is written.</summary>
    private sealed record Held(TakenJob Job, CancellationTokenSource Ended)
    {
        internal bool Cancelled { get; set; }
        internal bool Lost { get; set; }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_known.Count == 0)
            return;
        var writing = _ends.Run(Written);
        var hands = Task.WhenAll(Enumerable.Range(0, settings.Hands).Select(_ => Hand(stoppingToken)));
        await Task.WhenAll(Repeat(Take, stoppingToken), Repeat(Keep, stoppingToken), Repeat(Reclaim, stoppingToken));
        _taken.Writer.Complete();
        await hands;
        _ends.Complete();
        await writing;
    }

    private async Task Repeat(Func<CancellationToken, Task> step, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            try
            {
                await step(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception lost) when (lost is NpgsqlException or TimeoutException)
            {
                outage.Lost(log, "Jobs wait", lost);
                await Task.Delay(outage.Rest, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    private async Task Take(CancellationToken stop)
    {
        var (woken, freed) = (signals.Enqueued.Next, _freed.Next);
        var room = settings.Hands + (_usual < Quick ? Ahead : 0) - _held.Count;
        if (room <= 0)
        {
            await Pulse.WaitAny(freed, settings.Idle, clock, stop);
            return;
        }
        var jobs = await _store.Take(_name, [.. _known.Keys], room, stop);
        foreach (var job in jobs)
        {
            var held = new Held(job, CancellationTokenSource.CreateLinkedTokenSource(stop));
            _held[job.JobId] = held;
            _taken.Writer.TryWrite(held);
        }
        if (jobs.Count > 0)
        {
            _rest = settings.Busy;
            return;
        }
        // Where jobs have just come, asked for by other processes, more may follow.
        await Pulse.WaitAny(woken, _rest, clock, stop);
        _rest = TimeSpan.FromTicks(Math.Min(_rest.Ticks * 2, settings.Idle.Ticks));
    }

    private async Task Keep(CancellationToken stop)
    {
        await Task.Delay(settings.Lease / 3, clock, stop);
        var held = _held.Values.ToList();
        if (held.Count == 0)
            return;
        var kept = await _store.Keep([.. held.Select(one => one.Job)], stop);
        foreach (var one in held.Where(one => _held.ContainsKey(one.Job.JobId)))
        {
            one.Lost = !kept.TryGetValue(one.Job.JobId, out var cancelled);
            one.Cancelled = cancelled;
            if (one.Lost || cancelled)
                await one.Ended.CancelAsync();
        }
    }

    private async Task Reclaim(CancellationToken stop)
    {
        if (await _store.Reclaim(stop) is > 0 and var count)
            log.LogWarning("{Count} jobs of a worker that vanished wait again.", count);
        await Task.Delay(settings.Lease / 2, clock, stop);
    }

    private async Task Hand(CancellationToken stop)
    {
        await foreach (var held in _taken.Reader.ReadAllAsync(CancellationToken.None))
        {
            var began = clock.GetTimestamp();
            _ends.Add(stop.IsCancellationRequested ? Back(held.Job) : await Do(held, stop));
            _usual += (clock.GetElapsedTime(began) - _usual) / 20;
        }
    }

    private async Task<JobEnd> Do(Held held, CancellationToken stop)
    {
        var (job, declaration) = (held.Job, _known[held.Job.Type]);
        using var longest = new CancellationTokenSource(declaration.Longest, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(held.Ended.Token, longest.Token);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await declaration.Work(scope.ServiceProvider, new JobRun(job, dbs, clock, ended.Token), job.Arguments);
            return new JobEnd(job, "done", "", TimeSpan.Zero, GivesBack: false);
        }
        catch (TryLater later)
        {
            return new JobEnd(job, "waiting", Short(later.Message), later.After, GivesBack: true);
        }
        catch (Exception) when (held.Cancelled)
        {
            return new JobEnd(job, "cancelled", "", TimeSpan.Zero, GivesBack: false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Back(job);
        }
        catch (OperationCanceledException) when (longest.IsCancellationRequested)
        {
            return Failed(job, $"It took longer than {declaration.Longest.TotalMinutes:0.#} minutes.");
        }
        catch (Exception failed)
        {
            if (held.Lost || failed is JobLost)
                log.LogWarning("The job {Type} {Id} went to another process.", job.Type, job.JobId);
            else
                log.LogWarning(failed, "The job {Type} {Id} failed at attempt {Attempt}.", job.Type, job.JobId, job.Attempts);
            return Failed(
                job,
                failed is Refused or Invalid or Busy ? failed.Message : $"{failed.GetType().Name}: {failed.Message}"
            );
        }
    }

    private JobEnd Failed(TakenJob job, string error)
    {
        if (job.Attempts >= job.MostAttempts)
            return new JobEnd(job, "failed", Short(error), TimeSpan.Zero, GivesBack: false);
        var pause = settings.FirstPause * (1 << Math.Min(job.Attempts - 1, 20));
        return new JobEnd(job, "waiting", Short(error), pause < LongestPause ? pause : LongestPause, GivesBack: false);
    }

    /// <summary>The program stops: the next one begins anew, and no attempt is lost.</summary>
    private static JobEnd Back(TakenJob job) => new(job, "waiting", "", TimeSpan.Zero, GivesBack: true);

    private void Written(TakenJob job)
    {
        if (_held.TryRemove(job.JobId, out var held))
            held.Ended.Dispose();
        _freed.Fire();
    }

    private static string Short(string error) => error.Length <= 2000 ? error : error[..2000];
}
