using Npgsql;

namespace Millrace.Bench;

/// <summary>
/// The baseline: a table of jobs, of which each worker takes one after the other with <c>skip locked</c> and marks it done in the
/// same transaction. No leases, no keys, no retries, no tenants.
/// </summary>
internal static class PlainQueue
{
    internal static Task Make(string connection) =>
        Ground.Execute(
            connection,
            "create table plain_job (id bigint generated always as identity primary key, arguments jsonb not null, done boolean "
                + "not null default false); create index plain_job_open on plain_job (id) where not done"
        );

    internal static async Task<double> Run(string connection, int jobs, int callers)
    {
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = 40, MaxAutoPrepare = 10 }.ConnectionString
        );
        var began = TimeProvider.System.GetTimestamp();
        var asking = Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(async _ =>
                {
                    for (var at = 0; at < jobs / callers / 10; at++)
                        await Execute(
                            source,
                            "insert into plain_job (arguments) "
                                + "select jsonb_build_object('askedAt', n) from generate_series(1, 10) n"
                        );
                })
        );
        var left = jobs;
        await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async _ =>
                {
                    while (Volatile.Read(ref left) > 0)
                        if (
                            await Execute(
                                source,
                                "update plain_job set done = true where id = "
                                    + "(select id from plain_job where not done order by id limit 1 for update skip locked)"
                            ) == 1
                        )
                            Interlocked.Decrement(ref left);
                })
        );
        await asking;
        var rate = jobs / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        await Ground.Execute(connection, "truncate plain_job");
        return rate;
    }

    private static async Task<int> Execute(NpgsqlDataSource source, string statement)
    {
        await using var command = source.CreateCommand(statement);
        return await command.ExecuteNonQueryAsync();
    }
}
