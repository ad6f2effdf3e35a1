using System.Net;
using Millrace.Company;
using Millrace.Inventory;

namespace Millrace.Tests;

public sealed class TransferStockTests(Server server)
{
    private sealed record Way(
        decimal Quantity,
        string? Bin = null,
        string? ToBin = null,
        string? Status = null,
        string? ToStatus = null,
        string? Lot = null,
        Guid? Item = null
    );

    [Fact]
    public async Task Goods_are_in_the_other_warehouse_at_the_same_worth_and_no_voucher_is_made_of_it()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        await open.Stock(10);

        var answer = await Transfer(open, new Way(4), to: open.Factory.Warehouses[1]);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal($"ST-{Factory.Today.Year}-000001", answer.Json.GetProperty("number").GetString());
        Assert.Equal(
            "W1 6 W2 4",
            await open.Database.Superuser<string>(
                """
                select string_agg(w.code || ' ' || trim_scale(b.on_hand), ' ' order by w.code)
                from inventory.balance b join inventory.warehouse w using (warehouse_id)
                """
            )
        );
        Assert.Equal(1, await open.Count("inventory.movement where kind = 'transfer' and quantity = -4 and amount = -40"));
        Assert.Equal(1, await open.Count("inventory.movement where kind = 'transfer' and quantity = 4 and amount = 40"));
        Assert.Equal(1, await open.Count("kernel.event where type = 'StockTransferred'"));
        await Eventually.True(async () => await open.Count("accounting.voucher") == 1, "the receipt is posted");
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task What_is_promised_may_go_to_another_bin_but_neither_away_nor_be_blocked()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(10);
        await open.Api.Post($"/api/v1/warehouses/{open.Factory.Warehouse}/bins", new { Code = "A-01" });
        await open.Reserve("SO-1", 7);

        Answer[] answers =
        [
            await Transfer(open, new Way(10, ToBin: "A-01")),
            await Transfer(open, new Way(4, Bin: "A-01"), to: open.Factory.Warehouses[1]),
            await Transfer(open, new Way(4, Bin: "A-01", ToStatus: "blocked")),
            await Transfer(open, new Way(3, Bin: "A-01", ToStatus: "blocked")),
        ];

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.Created],
            answers.Select(one => one.Status)
        );
        Assert.Equal("Not enough IT-001 in W1: 4 wanted, 3 available.", answers[1].Json.GetProperty("detail").GetString());
        Assert.Equal(answers[1].Json.GetProperty("detail").GetString(), answers[2].Json.GetProperty("detail").GetString());
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Withheld_stock_is_not_promised_nor_used_and_is_free_again_when_somebody_says_so()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(10);
        await Transfer(open, new Way(6, ToStatus: "quality"));

        var promised = await open.Reserve("SO-1", 5);
        var used = await Issue("consumption", 6);
        var scrapped = await Issue("scrap", 1);
        var row = (await open.Api.Get($"/api/v1/stock?companyId={open.Factory.Company}")).Json.GetProperty("items")[0];
        var freed = await Transfer(open, new Way(5, Status: "quality", ToStatus: "available"));

        Assert.Equal("Not enough IT-001 in W1: 5 wanted, 4 available.", promised.Json.GetProperty("detail").GetString());
        Assert.Equal((HttpStatusCode.Conflict, "inventory.withheld"), (used.Status, used.Code));
        Assert.Equal(HttpStatusCode.Created, scrapped.Status);
        Assert.Equal(
            ("9", "5", "4"),
            (
                row.GetProperty("onHand").GetString(),
                row.GetProperty("withheld").GetString(),
                row.GetProperty("available").GetString()
            )
        );
        Assert.Equal(HttpStatusCode.Created, freed.Status);
        Assert.Equal(HttpStatusCode.Created, (await open.Reserve("SO-1", 9)).Status);
        await EveryInvariant.Holds(open.Database.ConnectionString);

        Task<Answer> Issue(string reason, decimal quantity) =>
            open.Api.Post(
                "/api/v1/issues",
                new
                {
                    WarehouseId = open.Factory.Warehouse,
                    Date = Factory.Today,
                    Reason = reason,
                    Lines = new[]
                    {
                        new
                        {
                            ItemId = open.Factory.Item,
                            Quantity = quantity,
                            Status = "quality",
                        },
                    },
                }
            );
    }

    [Fact]
    public async Task Each_refusal_writes_nothing_and_takes_no_number()
    {
        await using var open = await OpenFactory.Start(server);
        var foreign = await Factory.Make(open.Database.Dbs, "Foreign");
        await open.Stock(10);
        var sisters = await WarehouseOfASister(open.Factory);
        await open.Api.Post($"/api/v1/companies/{open.Factory.Company}/periods/{Factory.Today.Year - 1}-01/closing");
        var before = await open.Count("kernel.event");
        var there = open.Factory.Warehouses[1];

        Answer[] refused =
        [
            await Transfer(open, new Way(1), to: Guid.CreateVersion7()),
            await Transfer(open, new Way(1), to: foreign.Warehouse),
            await Transfer(open, new Way(1), to: sisters),
            await Transfer(open, new Way(1)),
            await Transfer(open, new Way(1, ToStatus: "transit")),
            await Transfer(open, new Way(1, ToBin: "NOWHERE")),
            await Transfer(open, new Way(1, Item: foreign.Item), to: there),
            await Transfer(open, new Way(11), to: there),
            await Transfer(open, new Way(1, Lot: "L9"), to: there),
            await Transfer(open, new Way(1, Status: "blocked", ToStatus: "available")),
            await Transfer(open, new Way(1, ToStatus: "sold")),
            await Transfer(open, new Way(1), to: there, date: new DateOnly(Factory.Today.Year - 1, 1, 31)),
        ];

        Assert.Equal(
            """
            404 not_found
            404 not_found
            409 transfer.other_company
            409 transfer.stays
            409 transfer.nowhere
            404 bin.unknown
            404 not_found
            409 inventory.short
            409 inventory.short
            409 inventory.short
            400 input.invalid
            409 company.period_closed
            """,
            string.Join('\n', refused.Select(one => $"{(int)one.Status} {one.Code}"))
        );
        Assert.Equal(before, await open.Count("kernel.event"));
        Assert.Equal(0, await open.Count("company.series where kind = 'ST'"));
        Assert.Equal(0, await open.Count("inventory.movement where kind = 'transfer'"));
    }

    [Fact]
    public async Task Goods_under_way_are_counted_where_they_go_and_free_when_they_arrive()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(10);
        var there = open.Factory.Warehouses[1];
        var waiting = await open.Api.Post(
            "/api/v1/reservations",
            new
            {
                CompanyId = open.Factory.Company,
                Demand = "SO-1",
                WhenShort = "wait",
                Lines = new[]
                {
                    new
                    {
                        ItemId = open.Factory.Item,
                        WarehouseId = there,
                        Quantity = 3m,
                    },
                },
            }
        );

        var sent = await Transfer(open, new Way(6, ToStatus: "transit"), to: there);
        var (onTheRoad, waited) = (await Balances(open), await State(open));
        var refused = await Transfer(open, new Way(1, Status: "transit", ToStatus: "available"));
        var arrived = await Transfer(open, new Way(5, Status: "transit", ToStatus: "available"), to: there, from: there);
        var back = await open.Api.Post(
            "/api/v1/reversals",
            new
            {
                CompanyId = open.Factory.Company,
                Document = sent.Json.GetProperty("number").GetString(),
                Date = Factory.Today,
            }
        );
        var lost = await Transfer(open, new Way(1, Status: "transit", ToStatus: "blocked"), to: there, from: there);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (waiting.Status, sent.Status));
        Assert.Equal(("W1 4 withheld 0, W2 6 withheld 6", "waiting"), (onTheRoad, waited));
        Assert.Equal((HttpStatusCode.Conflict, "inventory.short"), (refused.Status, refused.Code));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (arrived.Status, lost.Status));
        Assert.Equal((HttpStatusCode.Conflict, "inventory.short"), (back.Status, back.Code));
        Assert.Equal(("W1 4 withheld 0, W2 6 withheld 1", "open"), (await Balances(open), await State(open)));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    private static Task<string> Balances(OpenFactory open) =>
        open.Database.Superuser<string>(
            """
            select string_agg(w.code || ' ' || trim_scale(b.on_hand) || ' withheld ' || trim_scale(b.withheld), ', '
                order by w.code)
            from inventory.balance b join inventory.warehouse w using (warehouse_id)
            """
        );

    private static async Task<string> State(OpenFactory open) =>
        (await open.Api.Get($"/api/v1/reservations?companyId={open.Factory.Company}"))
            .Json.GetProperty("items")[0]
            .GetProperty("state")
            .GetString()!;

    private static async Task<Guid> WarehouseOfASister(Factory factory)
    {
        await using var db = factory.Open();
        var sister = await CreateCompany.Run(
            db,
            new CreateCompany.Request("C2", "Sister Ltd", "TR", "TRY", 2, "Europe/Istanbul"),
            TimeProvider.System
        );
        var made = await Warehouses.Create(db, new Warehouses.Request(sister, "S1", "Sister's"));
        await db.Commit();
        return made.Id;
    }

    private static Task<Answer> Transfer(OpenFactory open, Way way, Guid? to = null, DateOnly? date = null, Guid? from = null) =>
        open.Api.Post(
            "/api/v1/transfers",
            new
            {
                WarehouseId = from ?? open.Factory.Warehouse,
                ToWarehouseId = to ?? open.Factory.Warehouse,
                Date = date ?? Factory.Today,
                Lines = new[]
                {
                    new
                    {
                        ItemId = way.Item ?? open.Factory.Item,
                        way.Quantity,
                        way.Bin,
                        way.ToBin,
                        way.Lot,
                        way.Status,
                        way.ToStatus,
                    },
                },
            }
        );
}
