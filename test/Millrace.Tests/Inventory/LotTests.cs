using System.Net;
using System.Text.Json;

namespace Millrace.Tests;

public sealed class LotTests(Server server)
{
    [Fact]
    public async Task A_tracked_item_comes_with_its_lot_whose_expiry_stays_what_it_was()
    {
        await using var open = await Tracked("lot");
        var expires = Factory.Today.AddDays(90);

        Answer[] answers =
        [
            await Receive(open),
            await Receive(open, "L1"),
            await Receive(open, "L1", expires: expires),
            await Receive(open, "L1", expires: expires.AddDays(1)),
            await Receive(open, "L1"),
        ];

        Assert.Equal("lot.missing 201 201 lot.other_expiry 201", Said(answers));
        Assert.Equal(
            $"L1 {expires:yyyy-MM-dd}",
            await open.Database.Superuser<string>("select lot || ' ' || expires_on from inventory.lot")
        );
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task What_has_expired_comes_in_only_as_blocked_and_goes_out_only_as_scrap()
    {
        await using var open = await Tracked("lot");
        var before = Factory.Today.AddDays(-1);
        Assert.Equal("201", Said(await Receive(open, "L1", expires: before, date: before)));

        Answer[] answers =
        [
            await Receive(open, "L1"),
            await Receive(open, "L2", expires: before),
            await Receive(open, "L2", expires: before, status: "blocked"),
            await Issue(open, "L1", "consumption"),
            await Issue(open, "L1", "scrap"),
        ];

        Assert.Equal("lot.expired lot.expired 201 lot.expired 201", Said(answers));
        Assert.Contains(
            $"expired on {before:yyyy-MM-dd}",
            answers[3].Json.GetProperty("detail").GetString()!,
            StringComparison.Ordinal
        );
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task A_piece_is_in_stock_once_wherever_it_is()
    {
        await using var open = await Tracked("serial");
        var there = open.Factory.Warehouses[1];

        Answer[] answers =
        [
            await Receive(open, "S1", quantity: 2),
            await Receive(open, "S1"),
            await Receive(open, "S1"),
            await Receive(open, "S1", warehouse: there),
            await open.Api.Post(
                "/api/v1/transfers",
                new
                {
                    WarehouseId = open.Factory.Warehouse,
                    ToWarehouseId = there,
                    Date = Factory.Today,
                    Lines = new[]
                    {
                        new
                        {
                            ItemId = open.Factory.Item,
                            Quantity = 1m,
                            Lot = "S1",
                        },
                    },
                }
            ),
            await Receive(open, "S1"),
            await Issue(open, "S1", "sale", there),
            await Receive(open, "S1"),
        ];

        Assert.Equal("serial.quantity 201 serial.in_stock serial.in_stock 201 serial.in_stock 201 201", Said(answers));
        Assert.Equal(1, await open.Count("inventory.serial where on_hand = 1"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact, Case("S2")]
    public async Task A_piece_that_many_receive_at_the_same_moment_in_two_processes_comes_in_once()
    {
        await using var open = await Tracked("serial");
        await using var second = await App.Start(open.Database.ConnectionString, work: false);
        using var other = open.At(second);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(at =>
                    Receive(open, "S1", warehouse: open.Factory.Warehouses[at / 2 % 2], api: at % 2 == 0 ? open.Api : other)
                )
        );

        Assert.Equal(
            $"201{string.Concat(Enumerable.Repeat(" serial.in_stock", 11))}",
            Said([.. answers.OrderBy(one => one.Status)])
        );
        Assert.Equal(1m, await open.Database.Superuser<decimal>("select sum(on_hand) from inventory.balance"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Theory]
    [InlineData("fefo", "B-02/L2 3, B-01/L1 1")]
    [InlineData("fifo", "B-01/L1 3, B-02/L2 1")]
    [InlineData("nearest", "B-03/L3 3, B-02/L2 1")]
    public async Task What_names_no_place_is_taken_in_the_order_asked_for(string take, string taken)
    {
        await using var open = await Tracked("lot");
        foreach (var (bin, order) in ((string, int)[])[("B-01", 3), ("B-02", 2), ("B-03", 1)])
            await open.Api.Post($"/api/v1/warehouses/{open.Factory.Warehouse}/bins", new { Code = bin, RemovalOrder = order });
        // The first came first, the second expires first, the third lies nearest.
        foreach (var (at, expires) in ((int, int)[])[(1, 20), (2, 10), (3, 30)])
            await open.Api.Post(
                "/api/v1/receipts",
                new
                {
                    WarehouseId = open.Factory.Warehouse,
                    Date = Factory.Today.AddDays(at - 4),
                    Lines = new[]
                    {
                        new
                        {
                            ItemId = open.Factory.Item,
                            Quantity = 3m,
                            Bin = $"B-0{at}",
                            Lot = $"L{at}",
                            Expires = Factory.Today.AddDays(expires),
                        },
                    },
                }
            );

        var (some, rest) = (await open.Issue(4, take: take), await open.Issue(6, take: take));

        Assert.Equal("201 inventory.short", Said(some, rest));
        Assert.Equal("Not enough IT-001 in W1: 6 wanted, 5 available.", rest.Json.GetProperty("detail").GetString());
        Assert.Equal(
            taken,
            await open.Database.Superuser<string>(
                """
                select string_agg(bin || '/' || lot || ' ' || trim_scale(-quantity), ', ' order by line_no)
                from inventory.movement where kind = 'issue'
                """
            )
        );
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task A_closed_bin_takes_nothing_in_and_gives_what_it_has()
    {
        await using var open = await Tracked("none");
        var bins = $"/api/v1/warehouses/{open.Factory.Warehouse}/bins";
        await open.Stock(5);

        var closed = await open.Api.Put(
            $"{bins}/MAIN",
            new
            {
                Zone = "",
                PutAwayOrder = 0,
                RemovalOrder = 0,
                Closed = true,
            },
            1
        );

        Assert.Equal(HttpStatusCode.OK, closed.Status);
        Assert.Equal("bin.closed 201", Said(await open.Receive(1), await open.Issue(1)));
        Assert.Equal(
            JsonValueKind.String,
            (await open.Api.Get(bins)).Json.GetProperty("items")[0].GetProperty("closedAt").ValueKind
        );
    }

    private async Task<OpenFactory> Tracked(string tracking)
    {
        var open = await OpenFactory.Start(server);
        await open.Database.Superuser($"update catalog.item set tracking = '{tracking}'");
        return open;
    }

    private static string Said(params Answer[] answers) => string.Join(' ', answers.Select(one => one.Said));

    private static Task<Answer> Receive(
        OpenFactory open,
        string? lot = null,
        decimal quantity = 1,
        DateOnly? expires = null,
        DateOnly? date = null,
        string? status = null,
        Guid? warehouse = null,
        ApiClient? api = null
    ) =>
        (api ?? open.Api).Post(
            "/api/v1/receipts",
            new
            {
                WarehouseId = warehouse ?? open.Factory.Warehouse,
                Date = date ?? Factory.Today,
                Lines = new[]
                {
                    new
                    {
                        ItemId = open.Factory.Item,
                        Quantity = quantity,
                        Lot = lot,
                        Status = status,
                        Expires = expires,
                    },
                },
            }
        );

    private static Task<Answer> Issue(OpenFactory open, string lot, string reason, Guid? warehouse = null) =>
        open.Api.Post(
            "/api/v1/issues",
            new
            {
                WarehouseId = warehouse ?? open.Factory.Warehouse,
                Date = Factory.Today,
                Reason = reason,
                Lines = new[]
                {
                    new
                    {
                        ItemId = open.Factory.Item,
                        Quantity = 1m,
                        Lot = lot,
                    },
                },
            }
        );
}
