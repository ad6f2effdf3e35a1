using System.Net;
using Millrace.CrashHost;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>A job commits with the transaction that asks for it, and is done once, by whichever process is there.</summary>
public sealed class JobTests(Server server)
{
    [Fact]
    public async Task A_job_of_a_transaction_that_was_taken_back_is_never_done()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await using (var takenBack = database.OpenTenant())
            await takenBack.Enqueue(new ProbedJob("never"));
        await Ask(database, new ProbedJob("done"));

        await using var worker = await database.ProbeJobs();
        await Eventually.Get(database.Probed, notes => notes is ["done"], "the committed one is done");

        Assert.Equal(1L, await database.Superuser<long>("select count(*) from kernel.job where tenant_id <> 0"));
        Assert.Equal("done", await State(database, "done"));
    }

    [Fact]
    public async Task What_fails_is_tried_again_later_and_later_and_fails_for_good_after_its_last_attempt()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        var factory = await Factory.Make(database.Dbs);
        var id = await Ask(database, new ProbedJob("bad", ProbedJob.Throws), new JobOptions { MostAttempts = 3 }, factory.Tenant);
        await using var worker = await database.ProbeJobs(broken: true);
        await using var api = await App.Start(database.ConnectionString, work: false);
        using var person = await api.SignIn(await factory.AddPerson("clerk"));

        var failed = await Eventually.Get(
            async () => (await person.Get($"/api/v1/jobs/{id}")).Json,
            job => job.GetProperty("state").GetString() == "failed",
            "it has failed for good"
        );

        Assert.Equal(3, failed.GetProperty("attempts").GetInt32());
        Assert.Equal("InvalidOperationException: The job 'bad' throws at attempt 3.", failed.GetProperty("error").GetString());
        Assert.Empty(await database.Probed());
        worker.Probe.IsBroken = false;
        Assert.Equal(HttpStatusCode.OK, (await person.Post($"/api/v1/jobs/{id}/retry")).Status);
        await Eventually.Get(database.Probed, notes => notes is ["bad"], "a person brought it back");
        Assert.Equal(HttpStatusCode.Conflict, (await person.Post($"/api/v1/jobs/{id}/retry")).Status);
    }

    [Fact]
    public async Task What_the_installation_does_for_itself_is_seen_by_whoever_sees_its_health_and_by_nobody_else()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        await using (var own = open.Database.Dbs.Open(DbScope.ForTenant(0)))
        {
            await own.Enqueue(new ProbedJob("nobody knows this one"));
            await own.Commit();
        }
        using var seer = await open.App.SignIn(
            await open.Factory.AddPerson("seer", ["kernel.job.read", "kernel.health.read", "company.read"])
        );
        using var clerk = await open.App.SignIn(await open.Factory.AddPerson("clerk", ["kernel.job.read"]));

        var jobs = await seer.Get("/api/v1/installation-jobs?filter=job:is:test.job");
        var schedules = await Eventually.Get(
            () => seer.Get("/api/v1/schedules?installation=true"),
            answer => answer.Json.GetProperty("items").GetArrayLength() > 1,
            "the program has said what it does by itself"
        );

        Assert.Equal(
            "test.job",
            Assert.Single(jobs.Json.GetProperty("items").EnumerateArray()).GetProperty("jobType").GetString()
        );
        Assert.Contains(
            schedules.Json.GetProperty("items").EnumerateArray(),
            one => one.GetProperty("name").GetString() == "log.trim"
        );
        Assert.Equal(0, (await seer.Get("/api/v1/jobs?filter=job:is:test.job")).Json.GetProperty("items").GetArrayLength());
        foreach (var path in (string[])["installation-jobs", "installation-jobs/groups?by=state", "schedules?installation=true"])
            Assert.Equal(HttpStatusCode.Forbidden, (await clerk.Get($"/api/v1/{path}")).Status);
        var groups = (await seer.Get("/api/v1/installation-jobs/groups?by=job&filter=job:is:test.job")).Json;
        Assert.Equal(1, groups.GetProperty("groups")[0].GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task The_other_sides_patience_costs_no_attempt()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await Ask(database, new ProbedJob("patient", ProbedJob.ComesLater), new JobOptions { MostAttempts = 1 });
        await using var worker = await database.ProbeJobs(broken: true);

        await Eventually.True(
            () => database.Superuser<bool>("select taking >= 3 from kernel.job where tenant_id = 1"),
            "it came up three times"
        );
        worker.Probe.IsBroken = false;

        await Eventually.Get(database.Probed, notes => notes is ["patient"], "it is done");
        Assert.Equal(1, await database.Superuser<int>("select attempts from kernel.job where tenant_id = 1"));
    }

    [Fact]
    public async Task While_a_job_with_a_key_is_open_asking_again_changes_nothing()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        var key = new JobOptions { Key = "one" };

        var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Ask(database, new ProbedJob($"{n}"), key)));

        Assert.Single(ids.Distinct());
        await using var worker = await database.ProbeJobs();
        await Eventually.Get(database.Probed, notes => notes.Length == 1, "it is done once");
        Assert.NotEqual(ids[0], await Ask(database, new ProbedJob("after"), key));
        await Eventually.Get(database.Probed, notes => notes.Length == 2, "the key is free again");
    }

    [Fact]
    public async Task Two_workers_do_each_of_many_jobs_once()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await using (var db = database.OpenTenant())
        {
            await db.EnqueueAll([.. Enumerable.Range(0, 400).Select(n => new ProbedJob($"{n}"))]);
            await db.Commit();
        }

        await using (await database.ProbeJobs())
        await using (await database.ProbeJobs())
            await Eventually.Get(database.Probed, notes => notes.Length >= 400, "all are done", 30);

        Assert.Equal(400, (await database.Probed()).Distinct().Count());
        Assert.Equal(400, (await database.Probed()).Length);
        Assert.Equal(
            400L,
            await database.Superuser<long>("select count(*) from kernel.job where state = 'done' and tenant_id = 1")
        );
    }

    [Fact]
    public async Task One_organisation_with_a_thousand_jobs_does_not_starve_another_with_one()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await using (var db = database.OpenTenant(7))
        {
            await db.EnqueueAll([.. Enumerable.Range(0, 1000).Select(n => new ProbedJob($"{n}", ProbedJob.Waits))]);
            await db.Commit();
        }
        await using var worker = await database.ProbeJobs(
            broken: true,
            new JobSettings { Hands = 4, Idle = TimeSpan.FromMilliseconds(20) }
        );
        await Eventually.True(
            () => database.Superuser<bool>("select count(*) >= 4 from kernel.job where state = 'running'"),
            "the hands are full"
        );
        await Ask(database, new ProbedJob("the other's"), tenant: 8);

        worker.Probe.IsBroken = false;

        var done = await Eventually.Get(database.Probed, notes => notes.Contains("the other's"), "it had its turn");
        Assert.InRange(Array.IndexOf(done, "the other's"), 0, 400);
    }

    [Fact]
    public async Task A_job_that_this_program_does_not_know_waits_for_one_that_does()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await database.Superuser(
            """
            insert into kernel.job (tenant_id, job_id, type, arguments, most_attempts, actor, request)
            values (1, gen_random_uuid(), 'of.the.future', '{}', 1, gen_random_uuid(), 'test')
            """
        );
        await Ask(database, new ProbedJob("known"));

        await using var worker = await database.ProbeJobs();
        await Eventually.Get(database.Probed, notes => notes is ["known"], "the known one is done");

        Assert.Equal("waiting", await database.Superuser<string>("select state from kernel.job where type = 'of.the.future'"));
    }

    internal static async Task<Guid> Ask(TestDatabase database, ProbedJob job, JobOptions? options = null, int tenant = 1)
    {
        await using var db = database.OpenTenant(tenant);
        var id = await db.Enqueue(job, options);
        await db.Commit();
        return id;
    }

    internal static Task<string> State(TestDatabase database, string note) =>
        database.Superuser<string>($"select state from kernel.job where arguments ->> 'note' = '{note}'");
}
