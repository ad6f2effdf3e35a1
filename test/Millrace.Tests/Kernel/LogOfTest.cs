using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Millrace.CrashHost;
using Millrace.Host;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

/// <summary>
/// The log of a test's database: published to by hand, sequenced by the kernel's own sequencer, read as it stands.
/// </summary>
internal static class LogOfTest
{
    /// <summary>A sequencer in this process, stopped in good order at the end.</summary>
    internal static async Task<IAsyncDisposable> Sequence(
        this TestDatabase database,
        LogSettings? settings = null,
        TimeProvider? clock = null
    )
    {
        var sequencer = new Sequencer(
            database.Databases,
            settings ?? new LogSettings(),
            new LogSignals(),
            new DatabaseOutage(TimeProvider.System),
            clock ?? TimeProvider.System,
            NullLogger<Sequencer>.Instance
        );
        await sequencer.StartAsync(CancellationToken.None);
        return new Running(sequencer);
    }

    internal static Db OpenTenant(this TestDatabase database, int tenant = 1) => database.Dbs.Open(DbScope.ForTenant(tenant));

    /// <summary>Publishes in a transaction of its own.</summary>
    internal static Task Publish(this TestDatabase database, params IReadOnlyList<Probed> events) => database.Publish(1, events);

    internal static async Task Publish(this TestDatabase database, int tenant, params IReadOnlyList<Probed> events)
    {
        await using var db = database.OpenTenant(tenant);
        await db.Publish(events);
        await db.Commit();
    }

    /// <summary>The notes of the test's events by position.</summary>
    internal static Task<string[]> Delivered(this TestDatabase database) =>
        database.Superuser<string[]>(
            """
            select coalesce(array_agg(e.payload ->> 'note' order by p.pos), '{}')
            from kernel.event_pos p join kernel.event e on e.day = p.event_day and e.id = p.event_id where e.type = 'Probed'
            """
        );

    internal static Task<long> Head(this TestDatabase database) =>
        database.Superuser<long>("select max(pos) from kernel.event_pos");

    /// <summary>Waits until every committed event has its position, one each, and the positions are dense.</summary>
    internal static Task AssertSequenced(this TestDatabase database, double seconds = 15) =>
        Eventually.Get(
            () =>
                database.Superuser<string>(
                    """
                    select coalesce(string_agg(wrong, '; '), '') from (
                        select format('position %s is followed by %s', pos, next) as wrong
                        from (select pos, lead(pos) over (order by pos) as next from kernel.event_pos) p where next <> pos + 1
                        union all
                        select format('event %s has %s positions', e.id, count(p.pos))
                        from kernel.event e left join kernel.event_pos p on p.event_day = e.day and p.event_id = e.id
                        group by e.day, e.id having count(p.pos) <> 1
                        limit 20) w
                    """
                ),
            wrong => wrong.Length == 0,
            "every event has one position and positions are dense",
            seconds
        );

    /// <summary>Every invariant of every module holds.</summary>
    internal static async Task AssertVerified(this TestDatabase database)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddModules(database.ConnectionString, new LogSettings());
        await using var provider = services.BuildServiceProvider();
        var violations = await provider.GetRequiredService<Verifier>().Run();
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    /// <summary>Past every wall and time-out: a session that holds what a test wants to be held.</summary>
    internal static async Task<int> Run(this NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteNonQueryAsync();
    }

    internal static async Task<T> Ask<T>(this NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A statement that inserts an event as a session past every wall.</summary>
    internal static string Insert(Probed probed, int tenant = 1) =>
        $"""
            insert into kernel.event (tenant_id, type, version, aggregate, actor, request, payload)
            values ({tenant}, 'Probed', 1, '{probed.Document}', '{DbScope.System}', 'test',
                jsonb_build_object('note', '{probed.Note}', 'document', '{probed.Document}', 'does', '{probed.Does}'))
            """;

    private sealed class Running(Sequencer sequencer) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await sequencer.StopAsync(CancellationToken.None);
            sequencer.Dispose();
        }
    }
}
