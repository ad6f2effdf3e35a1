using System.Net.Http.Json;
using System.Text.Json;
using Millrace.Accounting;
using Millrace.Company;
using Millrace.Inventory;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Bench;

/// <summary>A tenant with many items, each received through the program, and the program serving it.</summary>
internal sealed class StockGround : IAsyncDisposable
{
    private static readonly string[] Permissions =
    [
        "inventory.reserve",
        "inventory.receive",
        "inventory.issue",
        "inventory.transfer",
    ];
    private readonly Ground _ground;
    private readonly Running _program;
    private readonly Door _door;
    private readonly Mill _mill;

    // The first order that nobody was asked to confirm yet.
    private int _orders;

    private StockGround(Ground ground, Running program, Door door, Mill mill) =>
        (_ground, _program, _door, _mill) = (ground, program, door, mill);

    internal Ground Ground => _ground;

    internal double ProcessorTicks => Machine.Ticks(_program.Id);

    internal static async Task<StockGround> Make(Benchmark bench, int items, bool withOrders = false)
    {
        var ground = await Ground.Make(bench);
        var (databases, dbs) = Child.Open(ground.Connection);
        await using var _ = databases;
        bench.Say($"writing and receiving {items} items");
        var mill = await Fill(dbs, ground.Connection, items);
        var program = withOrders ? Running.WithOrders(ground.Connection) : Running.Millrace(ground.Connection, "serve");
        var url = await program.Says("Millrace serves at ");
        program.Ignore();
        var door = await Door.Make(dbs, mill.Tenant, url, Permissions);
        await Wait.For(
            () => Ground.Ask<bool>(ground.Connection, "select count(*) > 0 from accounting.voucher"),
            "the receipts are posted"
        );
        return new StockGround(ground, program, door, mill);
    }

    /// <summary>So many drafts of one unit of the hot item; the next who confirm begin with the first of them.</summary>
    internal async Task WriteOrders(int count)
    {
        _orders += count;
        await Ground.Execute(
            _ground.Connection,
            $"""
            insert into orders.head (tenant_id, order_id, company_id, number)
            select {_mill.Tenant}, ('{OrderProgram.Prefix}' || lpad(to_hex(n), 12, '0'))::uuid, '{_mill.Company}', 'SO-' || n
            from generate_series({_orders}, {_orders + count - 1}) n;
            insert into orders.line (tenant_id, order_id, item_id, warehouse_id, quantity)
            select {_mill.Tenant}, ('{OrderProgram.Prefix}' || lpad(to_hex(n), 12, '0'))::uuid, '{_mill.Items[0]}',
                '{_mill.Warehouse}', 1
            from generate_series({_orders}, {_orders + count - 1}) n;
            analyze orders.head, orders.line
            """
        );
    }

    /// <summary>Asked by a process of its own.</summary>
    internal async Task<StockAnswers> Ask(string what, int lines, int clients, int seconds, bool hot, int count = int.MaxValue)
    {
        var ask = new StockAsk(
            _door.Url,
            await _door.Token(CancellationToken.None),
            _mill.Company,
            _mill.Warehouse,
            hot ? [_mill.Items[0]] : _mill.Items,
            what,
            lines,
            clients,
            seconds,
            count,
            _orders
        );
        var file = _ground.File($"ask-{what}");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(ask));
        await using var load = Running.Child("stock", file);
        var answers = JsonSerializer.Deserialize<StockAnswers>(await load.Says("answers ", seconds + 60))!;
        return answers.Failed == 0
            ? answers
            : throw new InvalidOperationException($"{answers.Failed} requests for {what} failed.");
    }

    /// <summary>Somebody outside holds the balance of an item until the session is disposed of.</summary>
    internal async Task<NpgsqlConnection> Hold(int item)
    {
        var session = await Ground.Open(_ground.Connection);
        await using var hold = new NpgsqlCommand(
            $"begin; select 1 from inventory.balance where item_id = '{_mill.Items[item]}' for update",
            session
        );
        await hold.ExecuteNonQueryAsync();
        return session;
    }

    internal HttpClient Open() => _door.Open();

    /// <summary>One of an item; how many milliseconds it took.</summary>
    internal async Task<double> Reserve(HttpClient api, int item)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/reservations")
        {
            Content = JsonContent.Create(
                new
                {
                    companyId = _mill.Company,
                    demand = Guid.CreateVersion7(),
                    lines = new[]
                    {
                        new
                        {
                            itemId = _mill.Items[item],
                            warehouseId = _mill.Warehouse,
                            quantity = "1",
                        },
                    },
                }
            ),
        };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        using var answer = await api.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _program.Stop();
        await _program.DisposeAsync();
        await _ground.DisposeAsync();
    }

    internal static async Task<Mill> Fill(Dbs dbs, string connection, int items)
    {
        var tenant = await BigList.Make(dbs, connection, items);
        await using var db = dbs.Open(DbScope.ForTenant(tenant));
        var company = await CreateCompany.Run(
            db,
            new CreateCompany.Request("C1", "Bench", "TR", "TRY", 2, "Europe/Istanbul"),
            TimeProvider.System
        );
        await OpenBooks.Run(db, company);
        var warehouse = await Warehouses.Create(db, new Warehouses.Request(company, "W1", "Main"));
        await db.Commit();
        await Ground.Execute(
            connection,
            $"""
            insert into catalog.item_cost (tenant_id, item_id, company_id, unit_cost)
            select tenant_id, item_id, '{company}', 1 from catalog.item where tenant_id = {tenant}
            """
        );
        var ids = await Ground.Ask<Guid[]>(
            connection,
            $"select array_agg(item_id order by code) from catalog.item where tenant_id = {tenant}"
        );
        var mill = new Mill(tenant, company, warehouse.Id, ids);
        foreach (var some in ids.Chunk(5000))
            await Receive(dbs, mill, some);
        // Only what was filled: of a table that is looked at while it is empty, PostgreSQL believes that it stays so, and
        // connections keep plans that read all of it until autovacuum comes by.
        await Ground.Execute(
            connection,
            "vacuum (analyze) catalog.item, catalog.item_cost, inventory.balance, inventory.balance_detail, inventory.movement"
        );
        return mill;
    }

    private static async Task Receive(Dbs dbs, Mill mill, Guid[] items)
    {
        await using var db = dbs.Open(DbScope.ForTenant(mill.Tenant, request: "bench"));
        var requests = items
            .Chunk(500)
            .Select(some => new ReceiveStock.Request(
                mill.Warehouse,
                Mill.Today,
                [.. some.Select(item => new MoveStock.Line(item, 1_000_000))]
            ));
        foreach (var verdict in await ReceiveStock.Run(db, [.. requests]))
            _ = verdict.Result;
        await db.Commit();
    }
}
