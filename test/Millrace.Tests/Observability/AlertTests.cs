using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class AlertTests(Server server)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly Figures Well = new(
        Noon,
        new LogState(100, IsSequenced: true, 0, [new ConsumerLag("vouchers", 0, 0)], 0),
        new DatabaseState(10, 200, 0, 0, 0, null, 1_000_000, 1_000_000, 0, 0, 10, 0, 0),
        [new TableState("kernel.event", 1_000_000, 10)],
        [new PartitionReach("kernel.event", 7)],
        new DiskState(1000, 900, null)
    );

    [Fact]
    public void When_all_is_well_nothing_is_found() =>
        Assert.All(HealthReport.Findings(Well), one => Assert.Equal("Green", one.Level));

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_figure_turns_its_own_finding_and_no_other(string name)
    {
        var findings = HealthReport.Findings(Spoilt(name));

        Assert.Equal(name, Assert.Single(findings, one => one.Level != "Green").Name);
        Assert.Equal(name, findings[0].Name);
    }

    public static TheoryData<string> Names => new(AlertRules.All.Select(one => one.Name));

    [Fact]
    public async Task An_alert_opens_after_its_time_once_and_closes_with_the_first_good_figure()
    {
        await using var open = await OpenFactory.Start(server);
        var book = open.App.Services.GetRequiredService<AlertBook>();
        var bad = Spoilt("EventsParked");

        await book.Judge(bad);
        await book.Judge(bad with { At = Noon.AddSeconds(59) });
        Assert.Equal(0, await open.Count("kernel.alert"));

        await book.Judge(bad with { At = Noon.AddSeconds(60) });
        await book.Judge(bad with { At = Noon.AddSeconds(75) });
        Assert.Equal("EventsParked warning 3", await Single(open, "name || ' ' || severity || ' ' || trim_scale(figure)"));
        Assert.Equal(1, await open.Count("kernel.event where type = 'AlertChanged' and (payload ->> 'isOpen')::boolean"));
        var alert = (await open.Api.Get("/api/v1/health-report")).Json.GetProperty("alerts")[0];
        Assert.Equal(("EventsParked", "3"), (alert.GetProperty("name").GetString(), alert.GetProperty("figure").GetString()));

        await book.Judge(Well with { At = Noon.AddSeconds(90) });
        await book.Judge(Well with { At = Noon.AddSeconds(105) });
        Assert.Equal("true", await Single(open, "(closed_at is not null)::text"));
        Assert.Equal(2, await open.Count("kernel.event where type = 'AlertChanged'"));
    }

    [Fact]
    public async Task A_figure_that_is_bad_now_and_then_opens_nothing()
    {
        await using var open = await OpenFactory.Start(server);
        var book = open.App.Services.GetRequiredService<AlertBook>();
        for (var minute = 0; minute < 10; minute++)
            await book.Judge((minute % 2 == 0 ? Spoilt("EventsParked") : Well) with { At = Noon.AddMinutes(minute) });

        Assert.Equal(0, await open.Count("kernel.alert"));
    }

    [Fact]
    public async Task Who_is_named_for_it_gets_a_mail_when_an_alert_opens_and_when_it_is_over()
    {
        await using var database = await server.NewDatabase();
        var settings = new ObserveSettings { MailTo = ["bekir@mill.example"], MailLanguage = "tr" };
        var book = new AlertBook(database.Databases, database.Dbs, settings, NullLogger<AlertBook>.Instance);
        var bad = Spoilt("DiskLow");

        await book.Judge(bad);
        await book.Judge(bad with { At = Noon.AddMinutes(5) });
        await book.Judge(Well with { At = Noon.AddMinutes(6) });

        Assert.Equal(
            ["kernel.alert bekir@mill.example tr 14 %", "kernel.alert_over bekir@mill.example tr 90 %"],
            await database.Superuser<string[]>(
                """
                select array_agg(concat_ws(' ', template, recipient, language, "values" ->> 'figure') order by template)
                from kernel.mail where tenant_id = 0
                """
            )
        );
        Assert.Equal(2L, await database.Superuser<long>("select count(*) from kernel.job where type = 'mail.send'"));
    }

    [Fact]
    public async Task A_sample_sees_what_is_wrong_with_a_real_database()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(5);
        var (tenant, day) = (open.Factory.Tenant, FormattableString.Invariant($"{Factory.Today:yyyy-MM-dd}"));
        await open.Database.Superuser(
            $"""
            insert into kernel.parked (tenant_id, consumer, pos, event_day, event_id, type, aggregate, error, attempts)
            values ({tenant}, 'x', 1, '{day}', 1, 'X', 'x', 'planted', 1)
            """
        );
        await using var other = await open.Database.OpenAsSuperuser();
        await other.Run("begin; select 1");

        var sample = await open.App.Services.GetRequiredService<Sampler>().Once(TestContext.Current.CancellationToken);

        Assert.Equal(1, sample.Log.Parked);
        Assert.False(sample.Log.IsSequenced);
        Assert.True(sample.Log.UnsequencedSeconds > 0, "The receipt's event has no position.");
        Assert.True(sample.Database.LongestIdleInTransactionSeconds > 0, "A session is idle in a transaction.");
        Assert.True(sample.Database.LongestTransactionSeconds >= sample.Database.LongestIdleInTransactionSeconds, "It is open.");
        Assert.InRange(sample.Database.Connections, 2, sample.Database.MostConnections);
        Assert.True(sample.Database.Bytes > 1_000_000, "The database has a size.");
        Assert.True(sample.Disk is { Free: > 0 } disk && disk.Bytes >= disk.Free, "The data lies on this machine.");
        Assert.Contains(new PartitionReach("inventory.movement", 3), sample.Partitions);
        Assert.Contains(new PartitionReach("kernel.event", 7), sample.Partitions);
        Assert.Contains(new PartitionReach("kernel.event_pos", 2), sample.Partitions);
        Assert.Equal(1, await open.Count("kernel.sample"));
    }

    private static Task<string> Single(OpenFactory open, string what) =>
        open.Database.Superuser<string>($"select {what} from kernel.alert");

    private static Figures Spoilt(string name) =>
        name switch
        {
            "LogStands" => Well with { Log = Well.Log with { IsSequenced = false } },
            "ConsumersLate" => Well with { Log = Well.Log with { Consumers = [new ConsumerLag("vouchers", 900, 31)] } },
            "EventsParked" => Well with { Log = Well.Log with { Parked = 3 } },
            "PartitionsRunOut" => Well with { Partitions = [new PartitionReach("kernel.event", 1)] },
            "JobsLate" => Well with { Work = new WorkState(1, 0, 0, 61, 0) },
            "JobsFailed" => Well with { Work = new WorkState(0, 0, 2, 0, 0) },
            "LongTransaction" => Of(database => database with { LongestTransactionSeconds = 301 }),
            "IdleInTransaction" => Of(database => database with { LongestIdleInTransactionSeconds = 61 }),
            "ConnectionsScarce" => Of(database => database with { Connections = 161 }),
            "SlowStatements" => Of(database => database with { SlowNow = 6 }),
            "TablesBloated" => Well with { Tables = [new TableState("kernel.event", 300_000, 100_000)] },
            "ReplicaLate" => Of(database => database with { Replicas = 1, ReplicationLagSeconds = 31 }),
            "CheckpointsForced" => Of(database => database with { ForcedLastHour = 7 }),
            "DiskLow" => Well with { Disk = new DiskState(1000, 140, null) },
            "DiskFillsUp" => Well with { Disk = new DiskState(1000, 900, 12) },
            "BackupOld" => Well with { Backup = Kept with { BackupHours = 27 } },
            "BackupFails" => Well with { Backup = Kept with { Failed = 1 } },
            "ArchiveStands" => Well with { Backup = Kept with { ArchiveStandsSeconds = 301 } },
            "DrillOld" => Well with { Backup = Kept with { DrillDays = 9 } },
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Spoil the figure of this alert here."),
        };

    private static BackupState Kept => new(null, null, BackupHours: 5, DrillDays: 2, Failed: 0, ArchiveStandsSeconds: 0);

    private static Figures Of(Func<DatabaseState, DatabaseState> spoil) => Well with { Database = spoil(Well.Database) };
}
