using System.Diagnostics;
using Millrace.Host;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

public sealed class MigratorTests(Server server)
{
    [Fact]
    public async Task A_second_run_finds_nothing_to_do()
    {
        await using var database = await server.NewDatabase();

        Assert.Empty(await new Migrator(database.ConnectionString, Modules.All).Run(stop: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_changed_after_it_ran_is_refused_and_nothing_is_done()
    {
        await using var database = await server.NewDatabase();
        await database.Superuser("update kernel.migration set checksum = 'other' where name = 'Catalog/001_catalog.sql'");
        await database.Superuser(
            "delete from kernel.migration where name = 'Accounting/001_accounting.sql'; drop schema accounting cascade"
        );

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            new Migrator(database.ConnectionString, Modules.All).Run(stop: TestContext.Current.CancellationToken)
        );

        Assert.Contains("Catalog/001_catalog.sql has changed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await database.Superuser<long>("select count(*) from pg_namespace where nspname = 'accounting'"));
    }

    [Fact]
    public async Task Two_processes_at_once_run_each_file_once()
    {
        await using var empty = await Empty();

        var runs = await Task.WhenAll(Migrate(empty), Migrate(empty));

        Assert.All(runs, run => Assert.True(run.Exit == 0, run.Text));
        var ran = runs.SelectMany(run => run.Text.Split('\n'))
            .Where(line => line.StartsWith("ran ", StringComparison.Ordinal))
            .ToList();
        var noted = await empty.Superuser<string[]>("select array_agg(name order by name) from kernel.migration");
        Assert.Equal(noted.Select(name => $"ran {name}"), ran.Order(StringComparer.Ordinal));
        Assert.Equal(Modules.All.Count, noted.Select(name => name.Split('/')[0]).Distinct().Count());
        Assert.Single(runs, run => run.Text.Contains("The database is up to date.", StringComparison.Ordinal));
    }

    private async Task<TestDatabase> Empty()
    {
        var name = $"empty_{Guid.CreateVersion7():N}";
        var admin = new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Database = "postgres",
            Pooling = false,
        }.ConnectionString;
        await using var postgres = new TestDatabase(admin, admin, "nothing");
        await postgres.Superuser($"create database {name}");
        return new TestDatabase(
            new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString,
            admin,
            name
        );
    }

    private static Task<(int Exit, string Text)> Migrate(TestDatabase database) =>
        ProgramProcess.Run("migrate", database.ConnectionString);
}
