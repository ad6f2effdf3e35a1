using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Millrace.Kernel;

/// <summary>Recurring work that the program itself needs, in UTC; it stands under tenant 0.</summary>
public sealed record Schedule(string Name, string Cron, object Job);

/// <summary>Turns schedules whose time has come into jobs. What was missed while nothing ran is done once.</summary>
internal sealed class Scheduler(
    IEnumerable<Schedule> own,
    Databases databases,
    Dbs dbs,
    JobSettings settings,
    DatabaseOutage outage,
    TimeProvider clock,
    ILogger<Scheduler> log
) : BackgroundService
{
    private readonly JobStore _store = new(databases, settings);

    private sealed record Due(string Name, string Type, string Arguments, string Cron, string TimeZone, DateTime Now);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var declared = false;
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                if (!declared)
                    await Declare();
                declared = true;
                foreach (var (tenant, schedule) in await _store.DueSchedules(stoppingToken))
                    await Ask(tenant, schedule);
                await Task.Delay(settings.Minute, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception lost) when (lost is NpgsqlException or TimeoutException or Busy)
            {
                outage.Lost(log, "Schedules wait", lost);
                await Task.Delay(settings.Minute, clock, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
    }

    /// <summary>The program's own schedules as this version has them; when one changes, its next time is reckoned anew.</summary>
    private async Task Declare()
    {
        await using var db = dbs.Open(DbScope.ForTenant(0));
        var now = await db.One<DateTime>($"select clock_timestamp()");
        foreach (var one in own.OrderBy(one => one.Name, StringComparer.Ordinal))
            await db.Execute(
                $"""
                insert into kernel.schedule as s (tenant_id, schedule_id, name, type, arguments, cron, time_zone, next_at)
                values (0, {Guid.CreateVersion7()}, {one.Name}, {Jobs.NameOf(one.Job.GetType())},
                    {new Json(JsonSerializer.Serialize(one.Job, one.Job.GetType(), Wire.Options))}, {one.Cron}, 'UTC',
                    {NextAfter(now, one.Cron, "UTC")!.Value})
                on conflict (tenant_id, name) do update set type = excluded.type, arguments = excluded.arguments,
                    next_at = case when s.cron = excluded.cron then s.next_at else excluded.next_at end, cron = excluded.cron
                """
            );
        await db.Commit();
    }

    private async Task Ask(int tenant, Guid schedule)
    {
        await using var db = dbs.Open(DbScope.ForTenant(tenant));
        // Another process may just be doing the same: whoever holds the row asks, the other finds it no longer due.
        var due = await db.Find<Due>(
            $"""
            select name, type, arguments::text, cron, time_zone, clock_timestamp() as now from kernel.schedule
            where schedule_id = {schedule} and enabled and next_at <= clock_timestamp() for no key update skip locked
            """
        );
        if (due is null)
            return;
        await Enqueue(db, due.Name, due.Type, due.Arguments);
        await db.Execute(
            $"""
            update kernel.schedule set last_at = {due.Now}, next_at = {NextAfter(due.Now, due.Cron, due.TimeZone)
                ?? DateTime.MaxValue}
            where schedule_id = {schedule}
            """
        );
        await db.Commit();
    }

    /// <summary>One at a time: while the last one still runs, the next is left out.</summary>
    internal static async Task<Guid?> Enqueue(Db db, string name, string type, string arguments)
    {
        var made = await db.Query<Guid>(
            $"""
            insert into kernel.job (tenant_id, job_id, type, arguments, key, most_attempts, actor, request)
            values ({db.Scope.Tenant}, {Guid.CreateVersion7()}, {type}, {new Json(arguments)}, {"schedule/" + name}, 3,
                {db.Scope.Actor}, {"schedule " + name})
            on conflict (tenant_id, type, key) where state in ('waiting', 'running') do nothing
            returning job_id
            """
        );
        db.HasEnqueued();
        return made is [var id] ? id : null;
    }

    internal static DateTime? NextAfter(DateTime utc, string cron, string zone) =>
        Cron.Parse(cron).Next(new DateTimeOffset(utc, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById(zone))?.UtcDateTime;
}
