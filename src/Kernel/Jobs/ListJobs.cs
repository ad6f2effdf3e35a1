using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

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

    private static readonly Sql Shown = $"""
        job_id as id, type as job_type, state, progress, total, attempts, most_attempts, error, result::text as result,
        enqueued_at, run_at, started_at, ended_at, cancel_requested_at is not null as cancel_requested
        """;

    // UUIDv7 ids grow with time: the newest has the greatest.
    private static readonly ListColumn Id = new("id", new Words("Id", "Kimlik"), ColumnKind.Id, $"job_id")
    {
        Order = $"job_id",
        Unique = true,
        Hidden = true,
    };

    internal static readonly ListOf<Row> Own = Jobs("jobs", ofInstallation: false);

    /// <summary>What the program does for itself, such as backups.</summary>
    internal static readonly ListOf<Row> Installations = Jobs("installation-jobs", ofInstallation: true);

    private static ListOf<Row> Jobs(string name, bool ofInstallation) =>
        new(
            name,
            $"kernel.job",
            Shown,
            Id,
            [
                new("job", new("Job", "İş"), ColumnKind.Text, $"type") { Groups = true },
                new("state", new("State", "Durum"), ColumnKind.Choice, $"state")
                {
                    Groups = true,
                    Choices =
                    [
                        new("waiting", new("Waiting", "Bekliyor")),
                        new("running", new("Running", "Çalışıyor")),
                        new("done", new("Done", "Bitti")),
                        new("failed", new("Failed", "Başarısız")),
                        new("cancelled", new("Cancelled", "İptal edildi")),
                    ],
                },
                new("attempts", new("Attempts", "Deneme"), ColumnKind.Number, $"attempts"),
                new("asked", new("Asked for", "İstendi"), ColumnKind.Instant, $"enqueued_at") { SortsBy = [Id] },
                new("begun", new("Begun", "Başladı"), ColumnKind.Instant, $"started_at"),
                new("ended", new("Ended", "Bitiş"), ColumnKind.Instant, $"ended_at"),
                new("took", new("Took", "Süre"), ColumnKind.Number, Seconds) { Sums = true },
                new("error", new("Error", "Hata"), ColumnKind.Text, $"error") { Hidden = true },
                Id,
            ]
        )
        {
            SortedBy = "-id",
            OfInstallation = ofInstallation,
        };

    private static Sql Seconds => $"round(extract(epoch from ended_at - started_at), 3)";

    internal static void Add(IServiceCollection services)
    {
        services.AddSingleton(new JobSettings());
        services.DeclareEvent<JobsChanged>(Read);
        services.DeclareList(Own, Read);
        services.DeclareList(Installations, HealthReport.Read);
        services.DeclarePermission(Read, "See background jobs and schedules");
        services.DeclarePermission(Manage, "Cancel and retry jobs, change schedules");
        services.DeclareAudited(Read, "kernel.schedule");
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapList("/jobs", Own, Read, "Jobs of the organisation");
        api.MapList("/installation-jobs", Installations, HealthReport.Read, "Jobs of the installation itself");
        api.MapGet("/jobs/{id:guid}", Show).Needs(Read).Reads().ProducesProblem(404).WithSummary("One job");
        api.MapPost("/jobs/{id:guid}/cancellation", Cancel).Needs(Manage).Once().WithSummary("Give a job up");
        api.MapPost("/jobs/{id:guid}/retry", TryAgain).Needs(Manage).Once().WithSummary("Try a job again that failed");
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

    private static Task<Row?> Find(Db db, Guid id) => db.Find<Row>($"select {Shown} from kernel.job where job_id = {id}");
}
