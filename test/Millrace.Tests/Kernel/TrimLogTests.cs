using Millrace.CrashHost;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>A day of the log goes when everybody has handled it, also while others write and read; else it stays.</summary>
public sealed class TrimLogTests(Server server) : IDisposable
{
    private const int Kept = 400;
    private const int Old = 300;
    private readonly string _folder = Directory.CreateTempSubdirectory("millrace-log-").FullName;

    [Fact, Case("L14")]
    public async Task A_day_that_a_consumer_has_still_to_handle_is_refused_and_goes_when_it_has_while_others_write_and_read()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        await OldDay(database, "2024-03-01", Old);
        await OldDay(database, "2024-03-02", Old);
        var trim = Trim(database);

        var late = await trim.Run(Kept, stop: TestContext.Current.CancellationToken);
        Assert.Empty(late.Gone);
        Assert.Contains("The log of 2024-03-01 and of all later days is kept", late.Kept, StringComparison.Ordinal);
        Assert.Contains($"{ProbeConsumer.Name} has", late.Kept, StringComparison.Ordinal);
        Assert.Equal(2L * Old, await database.Superuser<long>("select count(*) from kernel.event"));

        // The late one begins; somebody writes all the time, and the trimming is asked for again and again.
        await using var host = await database.Probe();
        using var enough = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            var written = 0;
            for (; !enough.IsCancellationRequested; written++)
                await database.Publish(1 + (written % 5), new Probed($"new {written}", $"{written % 7}"));
            return written;
        });
        var gone = new List<DateOnly>();
        await Eventually.True(
            async () =>
            {
                gone.AddRange((await trim.Run(Kept, stop: TestContext.Current.CancellationToken)).Gone);
                return gone.Count == 2;
            },
            "the days go once they are handled",
            30
        );
        await enough.CancelAsync();
        var published = await writing;

        Assert.Equal([new DateOnly(2024, 3, 1), new DateOnly(2024, 3, 2)], gone);
        Assert.True(published > 0);
        await Eventually.Get(
            () => database.Superuser<long>("select count(*) from public.probed"),
            handled => handled == (2 * Old) + published,
            "every event was handled"
        );
        Assert.Equal(
            (2L * Old) + published,
            await database.Superuser<long>("select count(distinct (tenant_id, note)) from public.probed")
        );
        Assert.Equal(0L, await database.Superuser<long>("select count(*) from kernel.event where day < '2025-01-01'"));
        Assert.Equal(0L, await database.Superuser<long>("select count(*) from kernel.event_pos where event_day < '2025-01-01'"));
        await database.AssertSequenced();
        await database.AssertVerified();
    }

    [Fact, Case("L14")]
    public async Task Whoever_reads_the_log_without_a_pause_keeps_a_day_and_nobody_waits_for_long_behind_the_attempt()
    {
        await using var database = await server.NewDatabase();
        await OldDay(database, "2024-03-01", Old);
        await database.Publish(new Probed("new", "d"));
        await using (await database.Sequence())
            await database.AssertSequenced();
        // Nobody but the kernel's consumers: none wants these events.
        var trim = Trim(database, withProbe: false);
        await using var report = await database.OpenAsSuperuser();
        await report.Run("begin; select count(*) from kernel.event");

        var trimming = trim.Run(Kept, stop: TestContext.Current.CancellationToken);
        var slowest = TimeSpan.Zero;
        while (!trimming.IsCompleted)
        {
            var began = TimeProvider.System.GetTimestamp();
            await database.Publish(new Probed("beside", "d"));
            var took = TimeProvider.System.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
        }

        Assert.Contains("somebody works on the log without a pause", (await trimming).Kept, StringComparison.Ordinal);
        Assert.True(slowest < TimeSpan.FromSeconds(2), $"Somebody waited {slowest.TotalMilliseconds:0} ms.");
        Assert.Equal(
            (long)Old,
            await database.Superuser<long>("select count(*) from kernel.event_pos where event_day = '2024-03-01'")
        );
        await report.Run("commit");
        Assert.Single((await trim.Run(Kept, stop: TestContext.Current.CancellationToken)).Gone);
    }

    [Theory, Case("L14")]
    [InlineData(
        "insert into kernel.event (day, id, tenant_id, type, version, aggregate, actor, request, payload) "
            + "overriding system value values ('2024-03-01', 999999, 1, 'Probed', 1, 'd', gen_random_uuid(), 'test', '{}')",
        "no position"
    )]
    [InlineData(
        "insert into kernel.parked (tenant_id, consumer, pos, event_day, event_id, type, aggregate, error, attempts) "
            + "values (1, 'any', 1, '2024-03-01', 1, 'Probed', 'd', 'e', 1)",
        "parked"
    )]
    [InlineData("delete from kernel.event_pos where event_day > '2025-01-01'", "the head of the log stays")]
    public async Task What_still_needs_a_day_is_said(string cause, string why)
    {
        await using var database = await server.NewDatabase();
        await OldDay(database, "2024-03-01", 2);
        await database.Publish(new Probed("new", "d"));
        await using (await database.Sequence())
            await database.AssertSequenced();
        await database.Superuser(cause);

        var result = await Trim(database, withProbe: false).Run(Kept, stop: TestContext.Current.CancellationToken);

        Assert.Empty(result.Gone);
        Assert.Contains(why, result.Kept, StringComparison.Ordinal);
        Assert.Equal(
            2L,
            await database.Superuser<long>("select count(*) from kernel.event where day = '2024-03-01' and id < 999999")
        );
    }

    [Fact, Case("L14")]
    public async Task A_day_whose_last_event_was_committed_among_those_of_the_next_day_goes_and_leaves_no_hole()
    {
        await using var database = await server.NewDatabase();
        await OldDay(database, "2024-03-01", 5);
        await OldDay(database, "2024-03-02", 5);
        await database.Superuser(
            """
            update kernel.event_pos p set (event_day, event_id, tenant_id) =
                (select event_day, event_id, tenant_id from kernel.event_pos q where q.pos = 11 - p.pos)
            where p.pos in (5, 6)
            """
        );
        await database.Publish(new Probed("new", "d"));
        await using (await database.Sequence())
            await database.AssertSequenced();
        var older =
            DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).DayNumber - new DateOnly(2024, 3, 2).DayNumber;

        var result = await Trim(database, withProbe: false).Run(older, stop: TestContext.Current.CancellationToken);

        Assert.Null(result.Kept);
        Assert.Equal([new DateOnly(2024, 3, 1)], result.Gone);
        Assert.Equal("5 6 7 8 9 10 11", await Positions("true"));
        Assert.Equal("6", await Positions("event_id is null"));
        await database.AssertVerified();

        Task<string> Positions(string which) =>
            database.Superuser<string>($"select string_agg(pos::text, ' ' order by pos) from kernel.event_pos where {which}");
    }

    [Fact]
    public async Task A_day_that_goes_is_in_the_archive_whole_and_a_file_that_was_cut_or_changed_is_not_read()
    {
        await using var database = await server.NewDatabase();
        await OldDay(database, "2024-03-01", Old);
        await database.Publish(new Probed("new", "d"));
        await using (await database.Sequence())
            await database.AssertSequenced();
        var stood = await database.Superuser<string>(
            """
            select string_agg(concat_ws(' ', p.pos, e.id, e.tenant_id, e.type, e.version, e.aggregate, e.actor, e.request,
                extract(epoch from e.at), e.payload ->> 'note'), '|' order by p.pos)
            from kernel.event e join kernel.event_pos p on p.event_day = e.day and p.event_id = e.id where e.day = '2024-03-01'
            """
        );

        Assert.Single((await Trim(database, withProbe: false).Run(Kept, stop: TestContext.Current.CancellationToken)).Gone);

        var archive = new LogArchive(_folder);
        var day = new DateOnly(2024, 3, 1);
        var lines = await archive
            .Read(day, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(stood, string.Join('|', lines.OrderBy(line => line.Position).Select(Text)));
        var manifest = Assert.Single(archive.All());
        Assert.Equal(
            (day, (long)Old, 1L, (long)Old),
            (manifest.Day, manifest.Events, manifest.FirstPosition, manifest.LastPosition)
        );

        var file = Path.Combine(_folder, "log-2024-03-01.ndjson.gz");
        var whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        foreach (var broken in (byte[][])[whole[..^20], [.. whole[..100], (byte)~whole[100], .. whole[101..]]])
        {
            await File.WriteAllBytesAsync(file, broken, TestContext.Current.CancellationToken);
            var failed = await Assert.ThrowsAsync<ToolFailed>(async () =>
                await archive.Read(day, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)
            );
            Assert.Contains("cut or changed", failed.Message, StringComparison.Ordinal);
        }

        static string Text(LogArchive.Line line) =>
            FormattableString.Invariant($"{line.Position} {line.Id} {line.Tenant} {line.Type} {line.Version} {line.Aggregate} ")
            + FormattableString.Invariant($"{line.Actor} {line.Request} {(line.At - DateTime.UnixEpoch).Ticks / 1e7m:0.000000} ")
            + line.Payload.GetProperty("note").GetString();
    }

    [Fact]
    public async Task Without_a_place_for_the_archive_no_day_goes()
    {
        await using var database = await server.NewDatabase();
        await OldDay(database, "2024-03-01", 2);
        var trim = new TrimLog(database.Databases, [], new EventTypes([]), new LogRetention(null, Kept), TimeProvider.System);

        Assert.Equal(
            "log.no_archive",
            (await Assert.ThrowsAsync<Refused>(() => trim.Run(Kept, stop: TestContext.Current.CancellationToken))).Code
        );

        // A folder that cannot be written: nothing is dropped either.
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        await database.Publish(new Probed("new", "d"));
        await using (await database.Sequence())
            await database.AssertSequenced();
        await Assert.ThrowsAnyAsync<IOException>(() =>
            Trim(database, withProbe: false, file).Run(Kept, stop: TestContext.Current.CancellationToken)
        );
        Assert.Equal(2L, await database.Superuser<long>("select count(*) from kernel.event where day = '2024-03-01'"));
    }

    [Fact]
    public async Task Days_that_the_sequencer_looks_at_are_never_dropped()
    {
        await using var database = await server.NewDatabase();

        await Assert.ThrowsAsync<Refused>(() => Trim(database).Run(2, stop: TestContext.Current.CancellationToken));
        Assert.Empty((await Trim(database).Run(3, stop: TestContext.Current.CancellationToken)).Gone);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private TrimLog Trim(TestDatabase database, bool withProbe = true, string? folder = null)
    {
        var probe = new Consumer(ProbeConsumer.Name, [typeof(Probed)], (_, _) => Task.CompletedTask);
        return new TrimLog(
            database.Databases,
            withProbe ? [probe] : [],
            new EventTypes([new EventDeclaration(typeof(Probed), Probed.SeenWith)]),
            new LogRetention(folder ?? _folder, Kept),
            TimeProvider.System
        );
    }

    /// <summary>A day long ago with events of five tenants, positioned as the sequencer did it then.</summary>
    private static async Task OldDay(TestDatabase database, string day, int events)
    {
        var name = day.Replace("-", "", StringComparison.Ordinal);
        await database.Superuser($"call kernel.make_partition('kernel.event', '{name}', '{day}', ('{day}'::date + 1)::text)");
        await database.Superuser(
            $"""
            with made as (
                insert into kernel.event (day, tenant_id, type, version, aggregate, actor, request, payload)
                select '{day}', 1 + n % 5, 'Probed', 1, 'd' || n % 7, '{DbScope.System}', 'test',
                    jsonb_build_object('note', '{day} ' || n, 'document', 'd' || n % 7, 'does', '')
                from generate_series(1, {events}) n
                returning day, id, tenant_id)
            insert into kernel.event_pos (pos, event_day, event_id, tenant_id, snapshot)
            select (select max(pos) from kernel.event_pos) + row_number() over (order by id), day, id, tenant_id, null
            from made
            """
        );
        await database.Superuser(
            "update kernel.event_pos set snapshot = pg_current_snapshot() where pos = (select max(pos) from kernel.event_pos)"
        );
    }
}
