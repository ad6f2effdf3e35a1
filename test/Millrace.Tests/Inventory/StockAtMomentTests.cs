using Millrace.Inventory;

namespace Millrace.Tests;

public sealed class StockAtMomentTests(Server server)
{
    [Fact]
    public async Task A_moment_shows_what_was_recorded_until_then_whether_or_not_its_days_are_kept()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Receive(10);
        await open.Issue(4);
        await open.Receive(1);
        // As if it had happened four and three days ago; what of yesterday is written only an hour after midnight.
        await open.Database.Superuser(
            """
            update inventory.movement set recorded_on = recorded_on - 4, recorded_at = recorded_at - interval '4 days'
                where quantity = 10;
            update inventory.movement set recorded_on = recorded_on - 3, recorded_at = recorded_at - interval '3 days'
                where quantity = -4;
            -- A day on which so much moved, to and fro, that it is written as a full one.
            insert into inventory.movement (tenant_id, recorded_on, recorded_at, company_id, kind, document, line_no, date,
                item_id, warehouse_id, bin, lot, owner_id, status, quantity, unit_cost, amount, actor)
            select tenant_id, recorded_on - 2, recorded_at - interval '2 days', company_id, kind, document, n + 1, date, item_id,
                warehouse_id, bin, lot, owner_id, status, quantity, unit_cost, amount, actor
            from inventory.movement cross join generate_series(1, 4000) n where quantity = 1;
            insert into inventory.movement (tenant_id, recorded_on, recorded_at, company_id, kind, document, line_no, date,
                item_id, warehouse_id, bin, lot, owner_id, status, quantity, unit_cost, amount, actor)
            select tenant_id, recorded_on + 1, recorded_at + interval '1 day', company_id, kind, document, n + 1, date, item_id,
                warehouse_id, bin, lot, owner_id, status, quantity, unit_cost, amount, actor
            from inventory.movement cross join generate_series(1, 1000) n where quantity = -4;
            update inventory.stock_day_done set day = day - 10
            """
        );

        await Same();
        await CloseStockDays.Run(open.Database.Dbs, CancellationToken.None);
        Assert.Equal(3, await open.Count("inventory.stock_day"));
        Assert.Equal(2, await open.Count("inventory.stock_full_day"));
        await Same();
        await CloseStockDays.Run(open.Database.Dbs, CancellationToken.None);
        Assert.Equal(3, await open.Count("inventory.stock_day"));
        await EveryInvariant.Holds(open.Database.ConnectionString);

        async Task Same()
        {
            Assert.Equal("", await At(open, -5));
            Assert.Equal("10", await At(open, -3.5));
            Assert.Equal("6", await At(open, -2.5));
            Assert.Equal("6", await At(open, -1.5));
            Assert.Equal("7", await At(open, 1));
        }
    }

    private static async Task<string> At(OpenFactory open, double days)
    {
        var moment = TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        var answer = await open.Api.Get($"/api/v1/stock/at?companyId={open.Factory.Company}&moment={moment}");
        return string.Join(
            ' ',
            answer.Json.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("onHand").GetString())
        );
    }
}
