using Npgsql;

namespace Millrace.Kernel;

/// <summary>A job that this process has taken: what its handler needs to know and to say.</summary>
public sealed class JobRun(TakenJob job, Dbs dbs, TimeProvider clock, CancellationToken stop)
{
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(1);
    private long _told;

    public int Tenant => job.TenantId;

    public Guid Id => job.JobId;

    /// <summary>From 1; also counts attempts that ended with their process.</summary>
    public int Attempt => job.Attempts;

    /// <summary>Ends when somebody cancels the job, when it takes too long, or when the program stops.</summary>
    public CancellationToken Stop { get; } = stop;

    internal bool IsDone { get; private set; }

    /// <summary>A transaction in the job's tenant, on behalf of whoever asked for the job.</summary>
    public Db Open() => dbs.Open(ScopeOf(job));

    /// <summary>How far it is; written at most once a second, and shown to whoever looks.</summary>
    public async Task Progress(long done, long total)
    {
        if (_told != 0 && done < total && clock.GetElapsedTime(_told) < BetweenProgress)
            return;
        _told = clock.GetTimestamp();
        await using var db = Open();
        await MustBeOurs(
            await db.Execute(
                $"""
                update kernel.job set progress = {done}, total = {total}
                where job_id = {job.JobId} and taking = {job.Taking} and state = 'running'
                """
            )
        );
        await JobEnds.Tell(db, [job.JobId]);
        await db.Commit();
    }

    /// <summary>Says how far it is while it works, for work that knows it but cannot wait for a database.</summary>
    public async Task While(Task work, Func<(long Done, long Total)> at)
    {
        while (await Task.WhenAny(work, Task.Delay(BetweenProgress, clock, Stop)) != work && !Stop.IsCancellationRequested)
            try
            {
                if (at() is { Total: > 0 } far)
                    await Progress(far.Done, far.Total);
            }
            catch (Exception lost) when (lost is NpgsqlException or Busy)
            {
                // The next look says it; the work is not to end for this.
            }
        await work;
    }

    /// <summary>
    /// Marks it done in the handler's own transaction, so that its effect and its end are one commit: exactly once.
    /// </summary>
    public async Task Done(Db db, object? result = null)
    {
        await MustBeOurs(
            await db.Execute(
                $"""
                update kernel.job set state = 'done', ended_at = clock_timestamp(), lease_until = null, error = null,
                    result = {ResultOf(result)}::jsonb
                where job_id = {job.JobId} and taking = {job.Taking} and state = 'running'
                """
            )
        );
        await JobEnds.Tell(db, [job.JobId]);
        IsDone = true;
    }

    internal static DbScope ScopeOf(TakenJob job) => new(job.TenantId, job.Actor, job.Request, Patience.Background);

    private static string? ResultOf(object? result) =>
        result is null ? null : System.Text.Json.JsonSerializer.Serialize(result, Wire.Options);

    private Task MustBeOurs(int rows) =>
        rows == 1 ? Task.CompletedTask : throw new JobLost($"The job {job.JobId} was taken by another process.");
}

/// <summary>A job as it was taken.</summary>
public sealed record TakenJob(
    int TenantId,
    Guid JobId,
    string Type,
    string Arguments,
    int Taking,
    int Attempts,
    int MostAttempts,
    Guid Actor,
    string Request
);
