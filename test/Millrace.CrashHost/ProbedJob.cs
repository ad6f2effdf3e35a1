using Millrace.Kernel;

namespace Millrace.CrashHost;

/// <summary>A job of the tests. <paramref name="Does"/> says what it does while it is broken.</summary>
[JobType("test.job")]
public sealed record ProbedJob(string Note, string Does = ProbedJob.Nothing)
{
    public const string Nothing = "";
    public const string Crashes = "crashes";
    public const string Throws = "throws";
    public const string Waits = "waits";
    public const string ComesLater = "comes later";
    public const string Reports = "reports";
}

/// <summary>Writes down which job it did, in one commit with the job's end.</summary>
public sealed class JobProbe
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    public bool IsBroken { get; set; }

    public async Task Run(JobRun run, ProbedJob job)
    {
        switch (IsBroken ? job.Does : ProbedJob.Nothing)
        {
            case ProbedJob.Crashes:
                Environment.FailFast($"The job '{job.Note}' ends the process, as its test asks.");
                break;
            case ProbedJob.Throws:
                throw new InvalidOperationException($"The job '{job.Note}' throws at attempt {run.Attempt}.");
            case ProbedJob.ComesLater:
                throw new TryLater(TimeSpan.FromMilliseconds(200), "The other side asks for patience.");
            case ProbedJob.Reports:
                await run.While(WaitWhileBroken(run), () => (30, 120));
                break;
            case ProbedJob.Waits:
                await WaitWhileBroken(run);
                break;
            default:
                break;
        }
        await using var db = run.Open();
        await db.Execute($"insert into public.probed (tenant_id, pos, note) values ({run.Tenant}, {run.Attempt}, {job.Note})");
        await run.Done(db, new { job.Note });
        await db.Commit();
    }

    private async Task WaitWhileBroken(JobRun run)
    {
        while (IsBroken)
            await Task.Delay(Step, TimeProvider.System, run.Stop);
    }
}
