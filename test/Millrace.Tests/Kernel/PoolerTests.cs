using Microsoft.Extensions.DependencyInjection;
using Millrace.Identity;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

/// <summary>
/// PgBouncer in transaction mode with few connections to the server: each transaction finds the session of another one. The login
/// is the superuser, so that a transaction without its role would see everybody's rows.
/// </summary>
public sealed class PoolerTests(Server server) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private Daemon _pooler = null!;
    private string _behind = "";

    public async ValueTask InitializeAsync() => _database = await server.NewDatabase();

    public async ValueTask DisposeAsync()
    {
        await _pooler.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task Pool(int connections)
    {
        var direct = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        _pooler = await Daemon.PgBouncer(direct.Host!, connections);
        _behind = new NpgsqlConnectionStringBuilder(direct.ConnectionString)
        {
            Host = "127.0.0.1",
            Port = _pooler.Port,
        }.ConnectionString;
    }

    [Fact, Case("T2")]
    public async Task Through_one_connection_of_a_pooler_no_tenant_sees_another_and_no_setting_stays()
    {
        await Pool(connections: 1);
        var one = await Factory.Make(_database.Dbs, "One", items: 1);
        var two = await Factory.Make(_database.Dbs, "Two", items: 1);
        await using var databases = new Databases(_database.ConnectionString, _behind);
        await using var bare = NpgsqlDataSource.Create(_behind);
        const string left = """
            select concat_ws(' ', current_user, coalesce(current_setting('app.tenant_id', true), ''),
                coalesce(current_setting('app.actor', true), ''),
                current_setting('lock_timeout'), current_setting('statement_timeout'), current_setting('plan_cache_mode'))
            """;
        var usual = await Ask<string>(bare, left);
        var sessions = new HashSet<int>();

        for (var round = 0; round < 20; round++)
            foreach (var tenant in (int?[])[one.Tenant, two.Tenant, null])
            {
                await using (var db = databases.Open(tenant is { } set ? DbScope.ForTenant(set) : DbScope.NoTenant))
                {
                    Assert.Equal(tenant is { } own ? [own] : [], await db.Query<int>($"select tenant_id from company.tenant"));
                    Assert.Equal(
                        "millrace_app 5s",
                        await db.One<string>($"select current_user || ' ' || current_setting('lock_timeout')")
                    );
                    sessions.Add(await db.One<int>($"select pg_backend_pid()"));
                    if (tenant is { } mine)
                        await Assert.ThrowsAsync<PostgresException>(() =>
                            db.Execute($"insert into catalog.item (tenant_id) values ({mine + 1})")
                        );
                    else if (round % 2 == 0)
                        await db.Commit();
                }
                Assert.Equal(usual, await Ask<string>(bare, left));
            }
        Assert.Single(sessions);
    }

    [Fact, Case("T2")]
    public async Task Tenants_side_by_side_through_a_pooler_read_and_write_only_their_own()
    {
        await Pool(connections: 4);
        var factories = new[]
        {
            await Factory.Make(_database.Dbs, "One", items: 1),
            await Factory.Make(_database.Dbs, "Two", items: 1),
        };
        await using var app = await App.Start(_database.ConnectionString, with: all => all.AddSingleton(new Pooler(_behind)));

        await Task.WhenAll(
            factories.Select(async own =>
            {
                using var api = await app.Authorize(await own.AddClient("machine"));
                for (var round = 0; round < 15; round++)
                {
                    var receipt = new
                    {
                        WarehouseId = own.Warehouse,
                        Date = Factory.Today,
                        // Every third is refused, at the end of a transaction that has written.
                        Lines = new[]
                        {
                            new { ItemId = round % 3 == 2 ? factories.First(one => one != own).Item : own.Item, Quantity = 1m },
                        },
                    };
                    Assert.Equal(round % 3 == 2 ? 404 : 201, (int)(await api.Post("/api/v1/receipts", receipt)).Status);
                    var items = (await api.Get("/api/v1/items")).Json.GetProperty("items");
                    Assert.Equal([$"{own.Item}"], items.EnumerateArray().Select(one => one.GetProperty("id").GetString()));
                }
            })
        );

        Assert.Equal(20L, await _database.Superuser<long>("select count(*) from inventory.movement where tenant_id is not null"));
        // Consumers commit through the pooler as well.
        await Eventually.Get(
            () => _database.Superuser<long>("select count(*) from accounting.voucher"),
            vouchers => vouchers == 20,
            "every receipt has its voucher"
        );
        await EveryInvariant.Holds(_database.ConnectionString);
    }

    [Fact, Case("T2")]
    public async Task Tokens_and_sign_ins_at_once_through_one_connection_never_wait_for_each_other()
    {
        await Pool(connections: 1);
        var factory = await Factory.Make(_database.Dbs, items: 1);
        await using var app = await App.Start(
            _database.ConnectionString,
            work: false,
            with: all =>
            {
                all.AddSingleton(new Pooler(_behind));
                // The keys are read anew for every token.
                all.AddSingleton(KeyTimes.Default with { Look = TimeSpan.Zero });
            }
        );
        var client = await factory.AddClient("machine");
        var person = await factory.AddPerson("someone");

        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(async at =>
                {
                    using var api = at % 2 == 0 ? await app.Authorize(client) : await app.SignIn(person);
                    Assert.Equal(200, (int)(await api.Get("/api/v1/items")).Status);
                })
        );
        // Who held one connection and asked for another would have waited for the pooler's time-out of 10 s.
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(9));
    }

    [Fact, Case("T2")]
    public async Task A_connection_the_pooler_loses_fails_one_transaction_and_the_next_one_works()
    {
        await Pool(connections: 2);
        var factory = await Factory.Make(_database.Dbs, items: 1);
        await using var app = await App.Start(
            _database.ConnectionString,
            work: false,
            with: all => all.AddSingleton(new Pooler(_behind))
        );
        using var api = await app.Authorize(await factory.AddClient("machine"));
        await using var databases = new Databases(_database.ConnectionString, _behind);
        await using (var db = databases.Open(DbScope.ForTenant(factory.Tenant)))
        {
            await _database.Superuser<bool>($"select pg_terminate_backend({await db.One<int>($"select pg_backend_pid()")})");
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => db.One<int>($"select 1"));
        }

        Assert.Equal(200, (int)(await api.Get("/api/v1/items")).Status);

        await _pooler.Stop();
        var away = await api.Get("/api/v1/items");
        Assert.Equal((503, "busy.unavailable"), ((int)away.Status, away.Code));
        await _pooler.StartAgain();
        await Eventually.True(async () => (int)(await api.Get("/api/v1/items")).Status == 200, "it answers again");
    }

    private static async Task<T> Ask<T>(NpgsqlDataSource source, string statement)
    {
        await using var command = source.CreateCommand(statement);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
