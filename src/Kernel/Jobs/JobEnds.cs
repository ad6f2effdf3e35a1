using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>Some jobs of the organisation have moved on.</summary>
[EventType("JobsChanged", 1)]
public sealed record JobsChanged(IReadOnlyList<Guid> Ids) : IEvent
{
    public string Aggregate => "jobs";
}

/// <summary>How an attempt ended. A job that goes on waiting does so for a while, and may get its attempt back.</summary>
internal sealed record JobEnd(TakenJob Job, string State, string Error, TimeSpan Pause, bool GivesBack);

/// <summary>Writes down how jobs ended: all that gathered while the last ones were written, a transaction per tenant.</summary>
internal sealed class JobEnds(Dbs dbs, TimeProvider clock, ILogger log)
{
    private const int Most = 500;
    private const int MostTries = 10;

    // Bounded by what a worker takes: it takes no more while these are not written.
    private readonly Channel<JobEnd> _waiting = Channel.CreateUnbounded<JobEnd>();

    internal void Add(JobEnd end) => _waiting.Writer.TryWrite(end);

    internal void Complete() => _waiting.Writer.Complete();

    internal async Task Run(Action<TakenJob> written)
    {
        var batch = new List<JobEnd>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < Most && _waiting.Reader.TryRead(out var end))
                batch.Add(end);
            foreach (var tenant in batch.GroupBy(end => end.Job.TenantId))
                await Write(tenant.Key, [.. tenant.OrderBy(end => end.Job.JobId)]);
            foreach (var end in batch)
                written(end.Job);
            batch.Clear();
        }
    }

    // What cannot be written is done again by whoever takes the job when its lease has run out.
    private async Task Write(int tenant, IReadOnlyList<JobEnd> ends)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                await using var db = dbs.Open(DbScope.ForTenant(tenant));
                var changed = await db.Query<Guid>(
                    $"""
                    update kernel.job j set
                        state = case when e.state = 'waiting' and j.cancel_requested_at is not null then 'cancelled'
                            else e.state end,
                        ended_at = case when e.state <> 'waiting' or j.cancel_requested_at is not null then clock_timestamp() end,
                        lease_until = null, worker = '', error = nullif(e.error, ''), attempts = j.attempts - e.given_back,
                        run_at = clock_timestamp() + e.pause
                    from unnest({ends.Select(end => end.Job.JobId).ToArray()}, {ends.Select(end => end.Job.Taking).ToArray()},
                        {ends.Select(end => end.State).ToArray()}, {ends.Select(end => end.Error).ToArray()},
                        {ends.Select(end => end.Pause).ToArray()}, {ends.Select(end => end.GivesBack ? 1 : 0).ToArray()})
                        as e (job_id, taking, state, error, pause, given_back)
                    where j.job_id = e.job_id and j.taking = e.taking and j.state = 'running'
                    returning j.job_id
                    """
                );
                await Tell(db, changed);
                await db.Commit();
                return;
            }
            catch (Exception lost) when (lost is NpgsqlException or Busy)
            {
                if (attempt == MostTries)
                {
                    log.LogError(
                        lost,
                        "The ends of {Count} jobs cannot be written; they are done again when their leases have run out.",
                        ends.Count
                    );
                    return;
                }
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), clock);
            }
    }

    /// <summary>Screens of the organisation hear of it; the installation's own jobs belong to none.</summary>
    internal static Task Tell(Db db, IReadOnlyList<Guid> changed) =>
        changed.Count == 0 || db.Scope.Tenant is 0 or null ? Task.CompletedTask : db.Publish(new JobsChanged(changed));
}
