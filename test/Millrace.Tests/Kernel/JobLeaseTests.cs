using System.Net;
using Millrace.CrashHost;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>A job belongs to one process at a time, on the database's clock, whatever happens to the process.</summary>
public sealed class JobLeaseTests(Server server)
{
    [Fact, Case("L18")]
    public async Task A_job_longer_than_its_lease_stays_with_its_worker()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await JobTests.Ask(database, new ProbedJob("long", ProbedJob.Waits));
        await using var worker = await database.ProbeJobs(broken: true);
        await using var second = await database.ProbeJobs();
        // Whoever took it: the second one is not broken and would be done at once.
        var taken = await Eventually.Get(
            () => database.Superuser<DateTime?>("select started_at from kernel.job where tenant_id = 1"),
            at => at is not null,
            "it is taken"
        );

        if (await JobTests.State(database, "long") == "running")
            await Eventually.True(
                () =>
                    database.Superuser<bool>(
                        "select lease_until > started_at + interval '2 s' from kernel.job where tenant_id = 1"
                    ),
                "its lease was kept more than three times over"
            );
        worker.Probe.IsBroken = false;

        await Eventually.Get(database.Probed, notes => notes is ["long"], "it is done");
        Assert.Equal(1, await database.Superuser<int>("select taking from kernel.job where tenant_id = 1"));
        Assert.NotNull(taken);
    }

    [Fact, Case("L18")]
    public async Task A_process_that_dies_in_the_middle_of_a_job_leaves_it_to_the_next()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await JobTests.Ask(database, new ProbedJob("deadly", ProbedJob.Crashes));
        using (var process = ProbeHost.Start(database, broken: true))
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("running", await JobTests.State(database, "deadly"));

        await using var worker = await database.ProbeJobs();
        await Eventually.Get(database.Probed, notes => notes is ["deadly"], "the next process does it");

        Assert.Equal(2, await database.Superuser<int>("select attempts from kernel.job where tenant_id = 1"));
    }

    [Fact, Case("L18")]
    public async Task A_job_that_ends_every_process_is_given_up_after_its_last_attempt()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await JobTests.Ask(database, new ProbedJob("deadly", ProbedJob.Crashes), new JobOptions { MostAttempts = 2 });
        for (var attempt = 1; attempt <= 2; attempt++)
            using (var process = ProbeHost.Start(database, broken: true))
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        await using var worker = await database.ProbeJobs(broken: true);
        await Eventually.Get(() => JobTests.State(database, "deadly"), state => state == "failed", "it is given up");

        Assert.Contains(
            "ended or lost its connection, at attempt 2",
            await database.Superuser<string>("select error from kernel.job where tenant_id = 1"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_worker_that_lost_its_job_takes_back_what_it_did()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await JobTests.Ask(database, new ProbedJob("stolen", ProbedJob.Waits));
        await using var slow = await database.ProbeJobs(broken: true);
        await Eventually.Get(() => JobTests.State(database, "stolen"), state => state == "running", "it is taken");

        // As if its lease had run out while the process stood still.
        await database.Superuser("update kernel.job set taking = taking + 1 where tenant_id = 1");
        slow.Probe.IsBroken = false;
        await database.Superuser("update kernel.job set lease_until = '-infinity' where tenant_id = 1");

        await Eventually.Get(database.Probed, notes => notes is ["stolen"], "it is done once, by the next taking");
        Assert.Equal(3, await database.Superuser<int>("select taking from kernel.job where tenant_id = 1"));
    }

    [Fact]
    public async Task A_program_that_stops_gives_its_job_back_without_losing_an_attempt()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await JobTests.Ask(database, new ProbedJob("unfinished", ProbedJob.Waits), new JobOptions { MostAttempts = 1 });
        await using (await database.ProbeJobs(broken: true))
            await Eventually.Get(() => JobTests.State(database, "unfinished"), state => state == "running", "it is taken");

        Assert.Equal("waiting", await JobTests.State(database, "unfinished"));
        await using var next = await database.ProbeJobs();
        await Eventually.Get(database.Probed, notes => notes is ["unfinished"], "the next program does it");
    }

    [Theory]
    [InlineData(ProbedJob.Waits)]
    [InlineData(ProbedJob.Reports)]
    public async Task A_running_job_is_given_up_and_a_waiting_one_at_once(string does)
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        var factory = await Factory.Make(database.Dbs);
        var running = await JobTests.Ask(database, new ProbedJob("running", does), tenant: factory.Tenant);
        var later = new JobOptions { At = DateTimeOffset.MaxValue.AddYears(-7000) };
        var waiting = await JobTests.Ask(database, new ProbedJob("waiting"), later, factory.Tenant);
        // No lease is to end here, however busy the machine is; what is given up is heard of with the next renewal.
        var patient = new JobSettings { Lease = TimeSpan.FromSeconds(6), Idle = TimeSpan.FromMilliseconds(50) };
        await using var worker = await database.ProbeJobs(broken: true, patient);
        await using var api = await App.Start(database.ConnectionString, work: false);
        using var person = await api.SignIn(await factory.AddPerson("clerk"));
        await Eventually.Get(() => JobTests.State(database, "running"), state => state == "running", "it is taken");
        if (does == ProbedJob.Reports)
        {
            var job = await Eventually.Get(
                async () => (await person.Get($"/api/v1/jobs/{running}")).Json,
                one => one.GetProperty("total").ValueKind == System.Text.Json.JsonValueKind.Number,
                "it says how far it is"
            );
            Assert.Equal((30, 120), (job.GetProperty("progress").GetInt32(), job.GetProperty("total").GetInt32()));
        }

        foreach (var id in (Guid[])[running, waiting])
            Assert.Equal(HttpStatusCode.OK, (await person.Post($"/api/v1/jobs/{id}/cancellation")).Status);

        Assert.Equal("cancelled", await JobTests.State(database, "waiting"));
        await Eventually.Get(() => JobTests.State(database, "running"), state => state == "cancelled", "its worker heard of it");
        var again = await person.Post($"/api/v1/jobs/{running}/cancellation");
        Assert.Equal((HttpStatusCode.Conflict, "job.ended"), (again.Status, again.Code));
        Assert.Empty(await database.Probed());
    }

    [Theory, Case("L9")]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_machine_whose_clock_is_an_hour_off_neither_steals_nor_delays_jobs(int hours)
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await JobTests.Ask(database, new ProbedJob("held", ProbedJob.Waits));
        // A renewal may be late on a busy machine; a lease is not to end by that.
        var settings = new JobSettings { Lease = TimeSpan.FromSeconds(2), Idle = TimeSpan.FromMilliseconds(50) };
        await using var right = await database.ProbeJobs(broken: true, settings);
        await Eventually.Get(() => JobTests.State(database, "held"), state => state == "running", "it is taken");
        await using var wrong = await database.ProbeJobs(settings: settings, clock: new OffClock(TimeSpan.FromHours(hours)));
        await JobTests.Ask(database, new ProbedJob("new"));

        await Eventually.Get(database.Probed, notes => notes is ["new"], "the new one is done at once");
        await Eventually.True(
            () =>
                database.Superuser<bool>(
                    "select clock_timestamp() > min(started_at) + interval '5 s' from kernel.job where tenant_id = 1"
                ),
            "two leases have passed"
        );
        Assert.Equal(1, await database.Superuser<int>("select taking from kernel.job where arguments ->> 'note' = 'held'"));
        right.Probe.IsBroken = false;
        await Eventually.Get(database.Probed, notes => notes is ["new", "held"], "it was never taken away");
    }
}
