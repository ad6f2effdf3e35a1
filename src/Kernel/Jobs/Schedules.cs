using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Millrace.Kernel;

/// <summary>Work of the organisation that comes back, by a time table in a time zone of its own.</summary>
public static class Schedules
{
    private const int Most = 200;

    public sealed record Row(
        Guid Id,
        string Name,
        string JobType,
        string Cron,
        string TimeZone,
        bool Enabled,
        DateTime? NextAt,
        DateTime? LastAt,
        int Version
    );

    public sealed record Request([Required, Text(100)] string Cron, [Required, Text(64)] string TimeZone, bool Enabled);

    public sealed record Started(Guid? JobId);

    private sealed record Asked(string Name, string Type, string Arguments);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/schedules", List).Needs(ListJobs.Read).Reads().WithSummary("Recurring work");
        api.MapPut("/schedules/{id:guid}", Change)
            .Needs(ListJobs.Manage)
            .Writes()
            .ProducesProblem(412)
            .ProducesProblem(428)
            .WithSummary("Change when recurring work is done");
        api.MapPost("/schedules/{id:guid}/run", RunNow).Needs(ListJobs.Manage).Once().WithSummary("Do recurring work now");
    }

    /// <summary>For a module: this organisation has this recurring work. What a person has changed since stays.</summary>
    public static async Task Ensure(Db db, string name, string cron, string timeZone, object job)
    {
        var now = await db.One<DateTime>($"select clock_timestamp()");
        await db.Execute(
            $"""
            insert into kernel.schedule (tenant_id, schedule_id, name, type, arguments, cron, time_zone, next_at)
            values ({db.Scope.Tenant}, {Guid.CreateVersion7()}, {name}, {Jobs.NameOf(job.GetType())},
                {new Json(JsonSerializer.Serialize(job, job.GetType(), Wire.Options))}, {cron}, {timeZone},
                {Scheduler.NextAfter(now, cron, timeZone)!.Value})
            on conflict (tenant_id, name) do nothing
            """
        );
    }

    /// <summary>This time table for this job, made or changed; a person has said so.</summary>
    internal static async Task<Guid> Put(Db db, Guid id, string name, Request request, object job) =>
        await db.One<Guid>(
            $"""
            insert into kernel.schedule as s (tenant_id, schedule_id, name, type, arguments, cron, time_zone, enabled, next_at)
            values ({db.Scope.Tenant}, {id}, {name}, {Jobs.NameOf(job.GetType())},
                {new Json(JsonSerializer.Serialize(job, job.GetType(), Wire.Options))}, {request.Cron}, {request.TimeZone},
                {request.Enabled}, {Next(await db.One<DateTime>($"select clock_timestamp()"), request)})
            on conflict (tenant_id, schedule_id) do update set name = excluded.name, cron = excluded.cron,
                time_zone = excluded.time_zone, enabled = excluded.enabled, next_at = excluded.next_at, version = s.version + 1
            returning schedule_id
            """
        );

    private static async Task<Page<Row>> List(HttpContext http, Db db, Dbs dbs, bool? installation)
    {
        await using var own = installation == true ? ListJobs.OfInstallation(http, dbs) : null;
        return new(
            await (own ?? db).Query<Row>(
                $"""
                select schedule_id as id, name, type as job_type, cron, time_zone, enabled, next_at, last_at, version
                from kernel.schedule order by name limit {Most}
                """
            ),
            null
        );
    }

    private static async Task<Row> Change(HttpContext http, Db db, Guid id, Request request)
    {
        var expected = Versions.Expected(http);
        var next = Next(await db.One<DateTime>($"select clock_timestamp()"), request);
        var changed = await db.Find<Row>(
            $"""
            update kernel.schedule set cron = {request.Cron}, time_zone = {request.TimeZone}, enabled = {request.Enabled},
                next_at = {next}, version = version + 1
            where schedule_id = {id} and version = {expected}
            returning schedule_id as id, name, type as job_type, cron, time_zone, enabled, next_at, last_at, version
            """
        );
        if (changed is null)
            throw await db.Find<Guid?>($"select schedule_id from kernel.schedule where schedule_id = {id}") is null
                ? Refused.Missing("schedule", id)
                : Versions.Changed("schedule");
        Versions.Show(http, changed.Version);
        return changed;
    }

    private static DateTime Next(DateTime now, Request request)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(request.TimeZone, out _))
            throw Invalid.Field("timeZone", "timeZone must be a name of the time zone database, such as Europe/Istanbul.");
        try
        {
            return Scheduler.NextAfter(now, request.Cron, request.TimeZone)
                ?? throw new FormatException("This schedule never comes up, such as on 30 February.");
        }
        catch (FormatException wrong)
        {
            throw Invalid.Field("cron", wrong.Message);
        }
    }

    internal static async Task<Started> RunNow(Db db, Guid id)
    {
        var asked =
            await db.Find<Asked>($"select name, type, arguments::text from kernel.schedule where schedule_id = {id}")
            ?? throw Refused.Missing("schedule", id);
        return new Started(await Scheduler.Enqueue(db, asked.Name, asked.Type, asked.Arguments));
    }
}
