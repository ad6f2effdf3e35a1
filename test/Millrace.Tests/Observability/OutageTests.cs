using Millrace.Host;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

public sealed class OutageTests(Server server)
{
    // A minute in earnest; here long enough for each of the program's loops to try several times.
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(6);

    [Fact, Case("L16")]
    public async Task A_database_that_is_gone_is_said_once_and_work_goes_on_by_itself_when_it_is_back()
    {
        var postgres = await PrivatePostgres.Start(Server.NewDirectory(), "fsync = off\nmax_connections = 200\n");
        try
        {
            await new Migrator(postgres.ConnectionString, Modules.All).Run(stop: TestContext.Current.CancellationToken);
            await using var databases = new Databases(postgres.ConnectionString);
            var factory = await Factory.Make(new Dbs(databases, new LogSignals()));
            var client = await factory.AddClient("machine");
            await using var program = await ProgramProcess.Serve(
                postgres.ConnectionString,
                environment: ("MILLRACE_SAMPLE_SECONDS", "1")
            );
            using var api = await ApiClient.Authorize(program.Url, client);

            await postgres.Kill();
            // The first failures are compiled. Then a loop that tries without a rest would take a core for as long as it lasts;
            // all of them, once a second each, take some hundredths of it.
            await Task.Delay(Away, TestContext.Current.CancellationToken);
            await Eventually.Get(() => Spent(program, TimeSpan.FromSeconds(3)), spent => spent < 0.2m, "it waits at rest", 30);
            var lines = program.Log;
            Assert.Equal(503, (int)(await api.Get("/api/v1/items")).Status);
            await postgres.StartAgain();

            Assert.Single(lines, line => line.Contains("the database does not answer", StringComparison.Ordinal));
            Assert.InRange(lines.Length, 1, 10);
            await Eventually.True(async () => (int)(await api.Get("/api/v1/items")).Status == 200, "it answers again");
            await Eventually.True(
                () => Task.FromResult(program.Log.Count(line => line.Contains("answers again", StringComparison.Ordinal)) == 1),
                "it says so, once"
            );
            var receipt = new
            {
                WarehouseId = factory.Warehouse,
                Date = Factory.Today,
                Lines = new[] { new { ItemId = factory.Item, Quantity = 1m } },
            };
            Assert.Equal(201, (int)(await api.Post("/api/v1/receipts", receipt)).Status);
            await Eventually.True(
                async () =>
                    (await api.Get($"/api/v1/vouchers?companyId={factory.Company}")).Text.Contains(
                        "GR-",
                        StringComparison.Ordinal
                    ),
                "the books go on"
            );
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await postgres.Kill();
            Directory.Delete(postgres.Directory, recursive: true);
        }
    }

    [Fact]
    public void Who_notices_the_outage_after_its_end_does_not_begin_another_one_and_a_second_one_is_said_again()
    {
        var clock = new SetClock();
        var outage = new DatabaseOutage(clock);
        using var lines = new LogLines();
        var log = lines.CreateLogger("");
        var gone = new NpgsqlException("gone");

        outage.Lost(log, "Jobs", gone);
        clock.Seconds = 60;
        outage.Back(log);
        clock.Seconds = 61;
        outage.Lost(log, "Mail", gone);
        outage.Back(log);
        Assert.Equal(2, lines.All.Count);

        clock.Seconds = 66;
        outage.Lost(log, "Mail", gone);
        clock.Seconds = 70;
        outage.Back(log);
        Assert.Equal(
            ["Jobs: the data", "The database a", "Mail: the data", "The database a"],
            lines.All.Select(line => line[..14])
        );
    }

    [Fact, Case("L17")]
    public async Task A_program_that_has_nothing_to_do_asks_the_database_little_and_leaves_the_processor_alone()
    {
        await using var database = await server.NewDatabase();
        _ = await Factory.Make(database.Dbs);
        await using var program = await ProgramProcess.Serve(database.ConnectionString, leaseSeconds: 10);
        await Eventually.True(
            () => database.Superuser<bool>("select count(*) > 5 from kernel.lease where until > now()"),
            "every lane has its lease"
        );
        // Right after the start the program is still being compiled; after that it must come to rest.
        await Eventually.Get(() => Spent(program, TimeSpan.FromSeconds(2)), spent => spent < 0.02m, "the program is at rest", 40);

        var before = await Transactions();
        var began = TimeProvider.System.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);
        var asked = await Transactions() - before;

        Assert.InRange(asked / TimeProvider.System.GetElapsedTime(began).TotalSeconds, 1, 20);

        // Statistics of sessions that still live arrive within a second.
        Task<long> Transactions() =>
            database.Superuser<long>(
                "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()"
            );
    }

    [Fact]
    public async Task What_another_process_commits_is_delivered_here_after_a_short_rest()
    {
        await using var database = await server.NewDatabase();
        var rests = new NotedRests();
        var settings = new LogSettings();
        await using var sequencer = await database.Sequence(settings, rests);
        await database.Publish(new CrashHost.Probed("first", "d"));
        await database.AssertSequenced();
        Assert.InRange(settings.IdleTick, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
        for (var at = 0; at < 3; at++)
        {
            await Eventually.True(
                () => Task.FromResult(rests.Lengths[^1] == settings.IdleTick),
                "the sequencer has fallen back to its slowest pace; it hears no signal of this publisher"
            );
            var before = rests.Lengths.Length;
            await database.Publish(new CrashHost.Probed($"{at}", "d"));
            var committed = rests.Lengths.Length;
            await database.AssertSequenced();

            // One look may have been on its way when it was committed; the next one finds it, and is followed by a short rest.
            await Eventually.True(() => Task.FromResult(rests.Lengths.Length > committed + 1), "it looked again");
            Assert.Contains(settings.Tick, rests.Lengths[before..(committed + 2)]);
        }
    }

    // Of one core, by the clock of the system.
    private static async Task<decimal> Spent(ProgramProcess program, TimeSpan time)
    {
        var ticks = Ticks(program.Id);
        await Task.Delay(time, TestContext.Current.CancellationToken);
        return (Ticks(program.Id) - ticks) / 100m / (decimal)time.TotalSeconds;
    }

    // utime and stime of /proc/<id>/stat, in hundredths of a second.
    private static long Ticks(int process)
    {
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(fields[11], System.Globalization.CultureInfo.InvariantCulture)
            + long.Parse(fields[12], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The clock of the system, which remembers how long it was asked to wait.</summary>
    private sealed class NotedRests : TimeProvider
    {
        private readonly Lock _lock = new();
        private readonly List<TimeSpan> _lengths = [];

        public TimeSpan[] Lengths
        {
            get
            {
                lock (_lock)
                    return [.. _lengths];
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
                _lengths.Add(dueTime);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    private sealed class SetClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
