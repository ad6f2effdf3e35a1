using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

public sealed class TenancyTests(Server server)
{
    [Fact, Case("T1")]
    public async Task Every_table_and_partition_stands_behind_the_wall()
    {
        await using var database = await server.NewDatabase();

        Assert.Empty(await CatalogueScan.Holes(database));
    }

    [Theory, Case("T1")]
    [InlineData(
        "catalog.planted: row-level security",
        "create table catalog.planted (tenant_id int not null, id int, primary key (tenant_id, id))"
    )]
    [InlineData(
        "inventory.movement_planted: row-level security",
        "create table inventory.movement_planted partition of inventory.movement for values from ('1999-01-01') to ('1999-02-01')"
    )]
    [InlineData("catalog.item: no policy", "alter policy tenant on catalog.item using (true)")]
    [InlineData("catalog.item: no policy", "alter policy tenant on catalog.item to millrace_app")]
    [InlineData("catalog.item: row-level security", "alter table catalog.item no force row level security")]
    [InlineData("policy wide on catalog.item", "create policy wide on catalog.item for select to millrace_app using (true)")]
    [InlineData("planted on catalog.item does not begin", "create unique index planted on catalog.item (code)")]
    [InlineData(
        "planted on catalog.item_cost does not refer",
        "alter table catalog.item add constraint by_id unique (item_id, tenant_id); "
            + "alter table catalog.item_cost add constraint planted foreign key (item_id, tenant_id) "
            + "references catalog.item (item_id, tenant_id)"
    )]
    [InlineData("catalog.planted is a view", "create view catalog.planted as select * from catalog.item")]
    [InlineData("catalog.item belongs to millrace_app", "alter table catalog.item owner to millrace_app")]
    [InlineData("millrace_app may UPDATE inventory.movement", "grant update (amount) on inventory.movement to millrace_app")]
    [InlineData(
        "function catalog.planted runs as",
        "create function catalog.planted() returns int language sql security definer as 'select 1'"
    )]
    [InlineData("the app may read identity.person", "grant select on identity.person to millrace_app")]
    [InlineData("millrace_app may truncate catalog.item", "grant truncate on catalog.item to millrace_app")]
    public async Task The_scan_finds_a_planted_hole(string hole, string plant)
    {
        await using var database = await server.NewDatabase();
        var planter = plant.Contains("owner to", StringComparison.Ordinal) ? "postgres" : "millrace_owner";
        await database.Superuser($"set role {planter}; {plant}");

        Assert.Contains(await CatalogueScan.Holes(database), one => one.StartsWith(hole, StringComparison.Ordinal));
    }

    [Fact, Case("T2")]
    public async Task A_pool_of_one_connection_never_shows_a_tenant_what_another_one_left_behind()
    {
        await using var database = await server.NewDatabase();
        var one = await Factory.Make(database.Dbs, "One", items: 1);
        var two = await Factory.Make(database.Dbs, "Two", items: 1);
        var text = new NpgsqlConnectionStringBuilder(database.Databases.App.ConnectionString) { MaxPoolSize = 1 };
        await using var pool = NpgsqlDataSource.Create(text.ConnectionString);

        for (var round = 0; round < 20; round++)
            foreach (var tenant in (int?[])[one.Tenant, two.Tenant, null])
            {
                await using var db = new Db(pool, tenant is { } set ? DbScope.ForTenant(set) : DbScope.NoTenant);
                var seen = await db.Query<int>($"select tenant_id from company.tenant");
                Assert.Equal(tenant is { } own ? [own] : [], seen);
                switch (round % 4)
                {
                    case 0:
                        await db.Commit();
                        break;
                    case 1: // ended by an error of a statement
                        await Assert.ThrowsAsync<PostgresException>(() => db.Execute($"select 1 / {round - round}"));
                        break;
                    case 2: // ended by an error at the commit
                        await Assert.ThrowsAsync<PostgresException>(() => db.Execute($"select 1 / {round - round}"));
                        await Assert.ThrowsAsync<PostgresException>(db.Commit);
                        break;
                    default: // left without a word
                        break;
                }
            }
    }

    [Fact, Case("T3")]
    public async Task Without_a_tenant_nothing_is_seen_and_nothing_is_written()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await factory.Receive(factory.Item, 10);
        await factory.AddPerson("somebody");
        await factory.AddClient("machine");
        await database.PostVouchers();
        var tables = await TenantTables(database);
        Assert.True(tables.Length > 20, "The list of tenant tables is too short to be true.");
        var before = await database.Contents();

        foreach (var table in tables)
        {
            Assert.Equal(0L, await AsApp(database, null, $"select count(*) from {table}"));
            await Blocked(database, tenant: null, $"insert into {table} (tenant_id) values ({factory.Tenant})");
            await Blocked(database, tenant: null, $"insert into {table} (tenant_id) values (null)");
            await Blocked(database, factory.Tenant + 1, $"insert into {table} (tenant_id) values ({factory.Tenant})");
            await Untouched(database, $"update {table} set tenant_id = tenant_id");
            await Untouched(database, $"delete from {table}");
        }
        Assert.Equal(before, await database.Contents());
    }

    [Fact, Case("T3")]
    public async Task A_tenant_cannot_move_its_rows_to_another()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);

        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            AsApp(database, factory.Tenant, $"update catalog.item set tenant_id = {factory.Tenant + 1} returning 1")
        );

        Assert.Contains("row-level security", refused.MessageText, StringComparison.Ordinal);
    }

    private static Task<string[]> TenantTables(TestDatabase database) =>
        database.Superuser<string[]>(
            $"""
            select array_agg(format('%I.%I', n.nspname, c.relname) order by 1)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information_schema)'
                and has_table_privilege('millrace_app', c.oid, 'select')
                and n.nspname || '.' || c.relname not in ('{string.Join("', '", CatalogueScan.WithoutTenant.Keys)}')
            """
        );

    private static async Task<long> AsApp(TestDatabase database, int? tenant, string statement)
    {
        await using var connection = await database.Databases.App.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var enter = new NpgsqlCommand($"select set_config('app.tenant_id', '{tenant}', true)", connection);
        await enter.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync() switch
        {
            long count => count,
            var other => Convert.ToInt64(other ?? 0L, System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    // By the wall, not for want of a column or a right.
    private static async Task Blocked(TestDatabase database, int? tenant, string insert)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => AsApp(database, tenant, $"{insert} returning 1"));
        Assert.True(
            // Or the role may not write it at all.
            refused.MessageText.Contains("row-level security", StringComparison.Ordinal)
                || refused.MessageText.StartsWith("permission denied for table", StringComparison.Ordinal),
            $"{insert}: {refused.MessageText}"
        );
    }

    private static async Task Untouched(TestDatabase database, string statement)
    {
        try
        {
            Assert.Equal(0L, await AsApp(database, null, $"with w as ({statement} returning 1) select count(*) from w"));
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // Better still: the role may not do this at all.
        }
    }
}
