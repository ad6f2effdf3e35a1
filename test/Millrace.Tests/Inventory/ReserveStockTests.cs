using System.Net;
using Millrace.Inventory;
using Npgsql;

namespace Millrace.Tests;

public sealed class ReserveStockTests(Server server)
{
    private const string Path = "/api/v1/reservations";

    [Fact]
    public async Task Promises_every_line_and_says_so_once_in_the_log()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(10);

        var answer = await open.Reserve("SO-1", 4);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal("SO-1", answer.Json.GetProperty("demand").GetString());
        var line = Assert.Single(answer.Json.GetProperty("lines").EnumerateArray());
        Assert.Equal(("IT-001", "4"), (line.GetProperty("itemCode").GetString(), line.GetProperty("quantity").GetString()));
        Assert.Equal(1, await open.Count("inventory.balance where on_hand = 10 and reserved = 4"));
        Assert.Equal(1, await open.Count("kernel.event where type = 'StockReserved'"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Refuses_the_whole_demand_when_one_line_is_short()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await factory.Receive(factory.Items[0], 10);
        await factory.Receive(factory.Items[1], 1);

        await using var db = factory.Open();
        var verdict = (
            await ReserveStock.Run(
                db,
                [
                    new ReserveStock.Request(
                        factory.Company,
                        "SO-1",
                        [new(factory.Items[0], factory.Warehouse, 10), new(factory.Items[1], factory.Warehouse, 2)]
                    ),
                ]
            )
        )[0];

        Assert.Equal("inventory.short", verdict.Refusal?.Code);
        Assert.Equal(0m, await db.One<decimal>($"select sum(reserved) from inventory.balance"));
        Assert.Equal(0L, await db.One<long>($"select count(*) from inventory.reservation"));
    }

    [Fact]
    public async Task A_demand_that_has_its_promise_gets_the_same_one_again_with_another_key()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(10);

        var first = await open.Reserve("SO-1", 4);
        var again = await open.Reserve("SO-1", 4);

        Assert.Equal(first.Text, again.Text);
        Assert.False(again.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(4m, await open.Database.Superuser<decimal>("select reserved from inventory.balance"));
        Assert.Equal(1, await open.Count("kernel.event where type = 'StockReserved'"));
    }

    [Fact]
    public async Task One_demand_asked_for_by_many_at_once_is_promised_once()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(10);
        await open.Stock(10, open.Factory.Items[1]);

        // Half of them ask for another item, so that their locks do not meet.
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(at => open.Reserve("SO-1", 1, open.Factory.Items[at % 2]))
        );

        Assert.All(
            answers,
            one => Assert.True(one.Status is HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable, one.Text)
        );
        Assert.Single(answers.Where(one => one.Status == HttpStatusCode.Created).Select(one => one.Text).Distinct());
        Assert.Equal(1m, await open.Database.Superuser<decimal>("select sum(reserved) from inventory.balance"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Each_refusal_writes_nothing()
    {
        await using var open = await OpenFactory.Start(server);
        var (factory, foreign) = (open.Factory, await Factory.Make(open.Database.Dbs, "Foreign"));
        await open.Stock(10);
        await foreign.Receive(foreign.Item, 10);
        var before = await open.Count("kernel.event");

        Answer[] refused =
        [
            await Reserve(company: Guid.CreateVersion7()),
            await Reserve(company: foreign.Company),
            await Reserve(warehouse: Guid.CreateVersion7()),
            await Reserve(warehouse: foreign.Warehouse),
            await Reserve(item: Guid.CreateVersion7()),
            await Reserve(item: foreign.Item),
            await Reserve(company: foreign.Company, warehouse: foreign.Warehouse, item: foreign.Item),
            await Reserve(quantity: 10.000001m),
            await Reserve(item: factory.Items[1]),
        ];

        Assert.Equal(
            """
            404 not_found
            404 not_found
            404 not_found
            404 not_found
            404 not_found
            404 not_found
            404 not_found
            409 inventory.short
            409 inventory.short
            """,
            string.Join('\n', refused.Select(one => $"{(int)one.Status} {one.Code}"))
        );
        foreach (var pair in refused[..6].Chunk(2))
            Assert.Equal(ReceiveStockTests.MaskedId(pair[0]), ReceiveStockTests.MaskedId(pair[1]));
        Assert.Equal(before, await open.Count("kernel.event"));
        Assert.Equal(0, await open.Count("inventory.reservation"));
        Assert.Equal(0, await open.Count("inventory.balance where reserved <> 0"));

        Task<Answer> Reserve(Guid? company = null, Guid? warehouse = null, Guid? item = null, decimal quantity = 1) =>
            open.Api.Post(
                Path,
                new
                {
                    CompanyId = company ?? factory.Company,
                    Demand = "SO-1",
                    Lines = new[]
                    {
                        new
                        {
                            ItemId = item ?? factory.Item,
                            WarehouseId = warehouse ?? factory.Warehouse,
                            Quantity = quantity,
                        },
                    },
                }
            );
    }

    [Fact]
    public async Task The_database_takes_no_line_without_its_promise_nor_without_a_place()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(5);
        var promise = (await open.Reserve("SO-1", 1)).Json.GetProperty("id").GetGuid();
        var (factory, nobody) = (open.Factory, Guid.CreateVersion7());
        var other = factory.Items[1];
        await factory.Receive(other, 5);

        Assert.Equal("reservation_line_promise", await Refusal(nobody, factory.Company, other, factory.Warehouse));
        Assert.Equal("reservation_line_place", await Refusal(promise, factory.Company, other, factory.Warehouses[1]));
        Assert.Equal("reservation_line_place", await Refusal(promise, nobody, other, factory.Warehouse));
        Assert.Null(await Refusal(promise, factory.Company, other, factory.Warehouse));

        async Task<string?> Refusal(Guid reservation, Guid company, Guid item, Guid warehouse)
        {
            await using var db = factory.Open();
            try
            {
                await db.Execute(
                    $"""
                    insert into inventory.reservation_line
                        (tenant_id, reservation_id, company_id, item_id, warehouse_id, quantity)
                    values ({factory.Tenant}, {reservation}, {company}, {item}, {warehouse}, 1)
                    """
                );
                return null;
            }
            catch (PostgresException refused)
            {
                return refused.ConstraintName;
            }
        }
    }
}
