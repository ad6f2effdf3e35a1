using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Millrace.Kernel;

/// <summary>The organisation's jobs, newest first, and what a person may do with one: give it up, or try it again.</summary>
public static class ListJobs
{
    public const string Read = "kernel.job.read";
    public const string Manage = "kernel.job.manage";

    public sealed record Row(
        Guid Id,
        string JobType,
        string State,
        long? Progress,
        long? Total,
        int Attempts,
        int MostAttempts,
        string? Error,
        string? Result,
        DateTime EnqueuedAt,
        DateTime RunAt,
        DateTime? StartedAt,
        DateTime? EndedAt,
        bool CancelRequested
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/jobs", List)
            .Needs(Read)
            .Reads()
            .WithSummary("Jobs of the organisation, or of the installation itself, newest first");
        api.MapGet("/jobs/{id:guid}", Show).Needs(Read).Reads().ProducesProblem(404).WithSummary("One job");
        api.MapPost("/jobs/{id:guid}/cancellation", Cancel).Needs(Manage).Once().WithSummary("Give a job up");
        api.MapPost("/jobs/{id:guid}/retry", TryAgain).Needs(Manage).Once().WithSummary("Try a job again that failed");
    }

    private static async Task<Page<Row>> List(
        HttpContext http,
        Db db,
        Dbs dbs,
        PageOf page,
        bool? installation,
        [OneOf("", "waiting", "running", "done", "failed", "cancelled")] string? state,
        [Text(80, MayBeEmpty = true)] string? type
    )
    {
        var before = page.Start<Guid?>() ?? Guid.AllBitsSet;
        await using var own = installation == true ? OfInstallation(http, dbs) : null;
        return page.Cut(
            await (own ?? db).Query<Row>(
                $"""
                select job_id as id, type as job_type, state, progress, total, attempts, most_attempts, error,
                    result::text as result, enqueued_at, run_at, started_at, ended_at,
                    cancel_requested_at is not null as cancel_requested
                from kernel.job
                where job_id < {before} and ({state ?? ""} = '' or state = {state ?? ""}) and ({type ?? ""} = '' or type = {type
                    ?? ""})
                order by job_id desc limit {page.Limit + 1}
                """
            ),
            row => row.Id
        );
    }

    /// <summary>What the program does for itself, such as backups, is seen by whoever sees how the installation is.</summary>
    internal static Db OfInstallation(HttpContext http, Dbs dbs) =>
        Caller.Required(http).Permissions.Contains(HealthReport.Read)
            ? dbs.Open(DbScope.ForTenant(0))
            : throw new Refused(
                "auth.forbidden",
                $"Jobs of the installation need the permission {HealthReport.Read}. Ask your administrator.",
                status: StatusCodes.Status403Forbidden
            );

    private static async Task<Row> Show(Db db, Guid id) => await Find(db, id) ?? throw Refused.Missing("job", id);

    // A waiting job is given up at once; of a running one its worker hears within a third of a lease.
    private static async Task<Row> Cancel(Db db, Guid id)
    {
        var changed = await db.Execute(
            $"""
            update kernel.job set cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()),
                state = case when state = 'waiting' then 'cancelled' else state end,
                ended_at = case when state = 'waiting' then clock_timestamp() end
            where job_id = {id} and state in ('waiting', 'running')
            """
        );
        return await Changed(db, id, changed, "job.ended", "This job has ended already; there is nothing to give up.");
    }

    private static async Task<Row> TryAgain(Db db, Guid id)
    {
        var changed = await db.Execute(
            $"""
            update kernel.job j set state = 'waiting', ended_at = null, run_at = clock_timestamp(), attempts = 0,
                cancel_requested_at = null
            where job_id = {id} and state in ('failed', 'cancelled') and not exists (select from kernel.job o
                where o.type = j.type and o.key = j.key and o.state in ('waiting', 'running'))
            """
        );
        db.HasEnqueued();
        return await Changed(
            db,
            id,
            changed,
            "job.not_failed",
            "Only a job that failed or was given up can be tried again, and only while no other like it waits."
        );
    }

    private static async Task<Row> Changed(Db db, Guid id, int changed, string code, string sentence)
    {
        var row = await Show(db, id);
        if (changed == 0)
            throw new Refused(code, sentence, new { row.State });
        await JobEnds.Tell(db, [id]);
        return row;
    }

    private static Task<Row?> Find(Db db, Guid id) =>
        db.Find<Row>(
            $"""
            select job_id as id, type as job_type, state, progress, total, attempts, most_attempts, error,
                result::text as result, enqueued_at, run_at, started_at, ended_at,
                cancel_requested_at is not null as cancel_requested
            from kernel.job where job_id = {id}
            """
        );
}
