using System.Net;

namespace Millrace.Tests;

public sealed class IssueStockTests(Server server)
{
    [Fact]
    public async Task Takes_out_what_is_there_at_the_cost_in_force_and_says_so_once_in_the_log()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(10);

        var answer = await open.Issue(4, reason: "scrap");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(
            ($"GI-{Factory.Today.Year}-000001", "40"),
            (answer.Json.GetProperty("number").GetString(), answer.Json.GetProperty("total").GetString())
        );
        Assert.Equal(6m, await open.Database.Superuser<decimal>("select on_hand from inventory.balance"));
        Assert.Equal(1, await open.Count("inventory.movement where quantity = -4 and amount = -40 and reason = 'scrap'"));
        Assert.Equal(1, await open.Count("kernel.event where type = 'StockIssued'"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Each_refusal_writes_nothing_and_takes_no_number()
    {
        await using var open = await OpenFactory.Start(server);
        var (factory, foreign) = (open.Factory, await Factory.Make(open.Database.Dbs, "Foreign"));
        await open.Stock(10);
        await foreign.Receive(foreign.Item, 10);
        await open.Reserve("SO-1", 4);
        await open.Api.Post($"/api/v1/companies/{factory.Company}/periods/{Factory.Today.Year - 1}-01/closing");
        var before = await open.Count("kernel.event");

        Answer[] refused =
        [
            await Issue(warehouse: Guid.CreateVersion7()),
            await Issue(warehouse: foreign.Warehouse),
            await Issue(item: Guid.CreateVersion7()),
            await Issue(item: foreign.Item),
            await Issue(bin: "NOWHERE"),
            await Issue(quantity: 7),
            await Issue(item: factory.Items[1]),
            await Issue(date: new DateOnly(Factory.Today.Year - 1, 1, 31)),
        ];

        Assert.Equal(
            """
            404 not_found
            404 not_found
            404 not_found
            404 not_found
            404 bin.unknown
            409 inventory.short
            409 inventory.short
            409 company.period_closed
            """,
            string.Join('\n', refused.Select(one => $"{(int)one.Status} {one.Code}"))
        );
        Assert.Equal(ReceiveStockTests.MaskedId(refused[0]), ReceiveStockTests.MaskedId(refused[1]));
        Assert.Equal(ReceiveStockTests.MaskedId(refused[2]), ReceiveStockTests.MaskedId(refused[3]));
        Assert.Equal("Not enough IT-001 in W1: 7 wanted, 6 available.", refused[5].Json.GetProperty("detail").GetString());
        Assert.Equal(before, await open.Count("kernel.event"));
        Assert.Equal(0, await open.Count("company.series where kind = 'GI'"));
        Assert.Equal(0, await open.Count("inventory.movement where kind = 'issue'"));

        Task<Answer> Issue(
            Guid? warehouse = null,
            Guid? item = null,
            string? bin = null,
            DateOnly? date = null,
            decimal quantity = 1
        ) =>
            open.Api.Post(
                "/api/v1/issues",
                new
                {
                    WarehouseId = warehouse ?? factory.Warehouse,
                    Date = date ?? Factory.Today,
                    Reason = "sale",
                    Lines = new[]
                    {
                        new
                        {
                            ItemId = item ?? factory.Item,
                            Quantity = quantity,
                            Bin = bin,
                        },
                    },
                }
            );
    }

    [Fact]
    public async Task A_retired_item_may_still_be_issued_until_it_is_used_up()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(3);
        await open.Api.Post($"/api/v1/items/{open.Factory.Item}/retirement");

        Assert.Equal(HttpStatusCode.Created, (await open.Issue(3)).Status);
    }
}
