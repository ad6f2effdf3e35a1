using System.Net;
using Millrace.CrashHost;
using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class ScheduleTests(Server server)
{
    [Fact]
    public async Task What_is_due_becomes_one_job_however_many_programs_look()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        var factory = await Factory.Make(database.Dbs);
        await Plan(database, factory.Tenant, "0 7 * * *");
        // Missed three times while nothing ran.
        await database.Superuser("update kernel.schedule set next_at = now() - interval '3 days' where tenant_id <> 0");

        await using (await database.ProbeJobs())
        await using (await database.ProbeJobs())
            await Eventually.Get(database.Probed, notes => notes.Length > 0, "it is done");

        Assert.Equal(["planned"], await database.Probed());
        Assert.True(
            await database.Superuser<bool>(
                """
                select next_at > now() and next_at <= now() + interval '1 day' and last_at > now() - interval '1 minute'
                    and extract(hour from next_at at time zone 'Europe/Istanbul') = 7
                from kernel.schedule where tenant_id <> 0
                """
            )
        );
    }

    [Fact]
    public async Task A_person_changes_the_time_stops_the_schedule_and_has_it_done_now()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        var factory = await Factory.Make(database.Dbs);
        await Plan(database, factory.Tenant, "0 7 * * *");
        await using var api = await App.Start(database.ConnectionString, work: false);
        using var person = await api.SignIn(await factory.AddPerson("clerk"));
        var found = (await person.Get("/api/v1/schedules")).Json.GetProperty("items")[0];
        var path = $"/api/v1/schedules/{found.GetProperty("id")}";

        var changed = await person.Put(
            path,
            new
            {
                cron = "30 6 * * 1",
                timeZone = "Europe/Berlin",
                enabled = false,
            },
            1
        );
        var again = await person.Put(
            path,
            new
            {
                cron = "30 6 * * 1",
                timeZone = "Europe/Berlin",
                enabled = true,
            },
            1
        );
        var started = await person.Post($"{path}/run");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.PreconditionFailed), (changed.Status, again.Status));
        Assert.Equal("Europe/Berlin", changed.Json.GetProperty("timeZone").GetString());
        Assert.Equal(HttpStatusCode.OK, started.Status);
        await using var worker = await database.ProbeJobs();
        await Eventually.Get(database.Probed, notes => notes is ["planned"], "it is done now");
    }

    [Theory]
    [InlineData("cron", "61 * * * *", "UTC")]
    [InlineData("cron", "0 0 30 2 *", "UTC")]
    [InlineData("cron", "nonsense", "UTC")]
    [InlineData("timeZone", "0 7 * * *", "Europe/Atlantis")]
    public async Task A_time_table_that_makes_no_sense_is_refused(string field, string cron, string timeZone)
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await Plan(database, factory.Tenant, "0 7 * * *");
        await using var api = await App.Start(database.ConnectionString, work: false);
        using var person = await api.SignIn(await factory.AddPerson("clerk"));
        var id = (await person.Get("/api/v1/schedules")).Json.GetProperty("items")[0].GetProperty("id");

        var refused = await person.Put(
            $"/api/v1/schedules/{id}",
            new
            {
                cron,
                timeZone,
                enabled = true,
            },
            1
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.True(refused.Json.GetProperty("errors").TryGetProperty(field, out _), refused.Text);
    }

    private static async Task Plan(TestDatabase database, int tenant, string cron)
    {
        await using var db = database.OpenTenant(tenant);
        await Schedules.Ensure(db, "test", cron, "Europe/Istanbul", new ProbedJob("planned"));
        await Schedules.Ensure(db, "test", "* * * * *", "UTC", new ProbedJob("not changed"));
        await db.Commit();
    }
}
