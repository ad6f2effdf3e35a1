using Millrace.Inventory;

namespace Millrace.Tests;

public sealed class ReserveStockTests(Server server)
{
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
}
