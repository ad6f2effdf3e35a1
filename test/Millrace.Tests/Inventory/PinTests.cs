using System.Net;
using Millrace.Inventory;
using Npgsql;

namespace Millrace.Tests;

/// <summary>Demands that want certain goods: of a lot, a piece, what lies in a bin.</summary>
public sealed class PinTests(Server server)
{
    [Fact]
    public async Task What_is_held_of_a_lot_nobody_else_gets_in_any_way()
    {
        await using var open = await WithLots();
        var mine = await Reserve(open, "SO-1", 2, lot: "L1");
        Assert.Equal(("201", "MAIN L1 2"), (mine.Said, PinsOf(mine)));

        Answer[] answers =
        [
            await Reserve(open, "SO-2", 2, lot: "L1"),
            await Reserve(open, "SO-2", 2, lot: "L1", whenShort: "wait"),
            await Issue(open, 2, "L1"),
            await Issue(open, 2, "L1", "scrap"),
            await Transfer(open, 2, "L1", toBin: "B-1"),
            await Transfer(open, 2, "L1", toStatus: "blocked"),
            await open.Api.Post("/api/v1/reservations", open.Demand("SO-3", (open.Factory.Item, 4))),
            await Issue(open, 1, "L1"),
        ];

        Assert.Equal(
            "inventory.short inventory.short inventory.short inventory.short inventory.short inventory.short 201 201",
            Said(answers)
        );
        Assert.All(answers[..6], one => Assert.Contains("2 wanted, 1 available", Detail(one), StringComparison.Ordinal));
        Assert.Equal("MAIN L1 2", PinsOf(await Reserve(open, "SO-1", 9, lot: "L2")));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task An_issue_for_it_takes_what_it_holds_and_what_is_given_back_is_free()
    {
        await using var open = await WithLots();
        var mine = (await Reserve(open, "SO-1", 2, lot: "L2")).Json.GetProperty("id").GetString();
        var other = (await Reserve(open, "SO-2", 3, lot: "L1")).Json.GetProperty("id").GetString();

        // L1 expires first and is not his.
        Assert.Equal("201", (await Issue(open, 2, take: "fefo", reservation: mine)).Said);
        Assert.Equal("L1 3 3, L2 2 0, L3 2 0", await Details(open));

        Assert.Equal(
            "200",
            (
                await open.Api.Post(
                    $"/api/v1/reservations/{other}/reduction",
                    new
                    {
                        Lines = new[]
                        {
                            new
                            {
                                ItemId = open.Factory.Item,
                                WarehouseId = open.Factory.Warehouse,
                                Quantity = 1m,
                            },
                        },
                    }
                )
            ).Said
        );
        Assert.Equal("L1 3 2, L2 2 0, L3 2 0", await Details(open));
        Assert.Equal("200", (await open.Api.Post($"/api/v1/reservations/{other}/release")).Said);
        Assert.Equal("L1 3 0, L2 2 0, L3 2 0", await Details(open));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task A_bin_is_emptied_for_who_names_it_and_the_nearest_bin_of_a_lot_for_who_names_that()
    {
        await using var open = await WithLots();
        Assert.Equal("201", (await Transfer(open, 2, "L2", toBin: "B-1")).Said);

        Answer[] answers =
        [
            await Reserve(open, "SO-1", 1, bin: "B-1"),
            await Reserve(open, "SO-2", 3, lot: "L2"),
            await Reserve(open, "SO-3", 1, bin: "B-1"),
            await Reserve(open, "SO-4", 1, bin: "B-9"),
            await Reserve(open, "SO-5", 1, lot: "L3"),
            await Reserve(open, "SO-6", 1, lot: "L9"),
        ];

        Assert.Equal("201 201 inventory.short bin.unknown lot.expired inventory.short", Said(answers));
        Assert.Equal(HttpStatusCode.NotFound, answers[3].Status);
        Assert.Equal(("B-1 L2 1", "B-1 L2 1, MAIN L2 2"), (PinsOf(answers[0]), PinsOf(answers[1])));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task What_is_let_go_is_there_for_the_next_in_the_same_batch()
    {
        await using var open = await WithLots();
        var all = (await Reserve(open, "SO-1", 3, lot: "L1")).Json.GetProperty("id").GetGuid();
        await using (var db = open.Factory.Open())
        {
            ReserveStock.Line line = new(open.Factory.Item, open.Factory.Warehouse, 3, Lot: "L1");
            var verdicts = await StockBook.Now<Promised>(
                db,
                [new ReleaseStock.Command(all), new ReserveStock.Request(open.Factory.Company, "SO-2", [line])]
            );
            Assert.All(verdicts, one => Assert.Null(one.Refusal));
            await db.Commit();
        }
        Assert.Equal("L1 3 3, L2 4 0, L3 2 0", await Details(open));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Theory]
    [InlineData("update inventory.balance_detail set on_hand = 1 where lot = 'L1'", "balance_detail_pinned_once")]
    [InlineData("update inventory.balance_detail set pinned = 4 where lot = 'L1'", "balance_detail_pinned_once")]
    [InlineData("update inventory.balance_detail set status = 'blocked' where lot = 'L1'", "balance_detail_pinned_once")]
    [InlineData("update inventory.reservation_pin set quantity = -1", "reservation_pin_quantity_check")]
    public async Task The_database_does_not_let_go_of_it_either(string statement, string constraint)
    {
        await using var open = await WithLots();
        Assert.Equal("201", (await Reserve(open, "SO-1", 2, lot: "L1")).Said);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => open.Database.Superuser(statement));

        Assert.Equal(constraint, refused.ConstraintName);
    }

    // Three of a lot that expires soon, four of one that never does, two that have expired.
    private async Task<OpenFactory> WithLots()
    {
        var open = await OpenFactory.Start(server);
        await open.Database.Superuser("update catalog.item set tracking = 'lot'");
        var bin = await open.Api.Post($"/api/v1/warehouses/{open.Factory.Warehouse}/bins", new { Code = "B-1" });
        var before = Factory.Today.AddDays(-1);
        Assert.Equal(
            "200 201 201 201",
            Said(
                bin,
                await Receive(open, 3, "L1", expires: Factory.Today.AddDays(9)),
                await Receive(open, 4, "L2"),
                await Receive(open, 2, "L3", expires: before, date: before)
            )
        );
        return open;
    }

    private static string Said(params Answer[] answers) => string.Join(' ', answers.Select(one => one.Said));

    private static string Detail(Answer answer) => answer.Json.GetProperty("detail").GetString()!;

    private static string PinsOf(Answer answer) =>
        string.Join(
            ", ",
            answer
                .Json.GetProperty("lines")[0]
                .GetProperty("pins")
                .EnumerateArray()
                .Select(pin => $"{pin.GetProperty("bin")} {pin.GetProperty("lot")} {pin.GetProperty("quantity")}")
        );

    private static Task<string> Details(OpenFactory open) =>
        open.Database.Superuser<string>(
            """
            select string_agg(lot || ' ' || trim_scale(on_hand) || ' ' || trim_scale(pinned), ', ' order by lot)
            from inventory.balance_detail where on_hand > 0
            """
        );

    private static Task<Answer> Reserve(
        OpenFactory open,
        string demand,
        decimal quantity,
        string? lot = null,
        string? bin = null,
        string? whenShort = null
    ) =>
        open.Api.Post(
            "/api/v1/reservations",
            new
            {
                CompanyId = open.Factory.Company,
                Demand = demand,
                WhenShort = whenShort,
                Lines = new[]
                {
                    new
                    {
                        ItemId = open.Factory.Item,
                        WarehouseId = open.Factory.Warehouse,
                        Quantity = quantity,
                        Lot = lot,
                        Bin = bin,
                    },
                },
            }
        );

    private static Task<Answer> Receive(
        OpenFactory open,
        decimal quantity,
        string lot,
        DateOnly? expires = null,
        DateOnly? date = null
    ) => Move(open, "receipts", new Goods(open.Factory.Item, quantity, lot, Expires: expires), date: date);

    private static Task<Answer> Issue(
        OpenFactory open,
        decimal quantity,
        string? lot = null,
        string reason = "sale",
        string? take = null,
        string? reservation = null
    ) => Move(open, "issues", new Goods(open.Factory.Item, quantity, lot, Take: take), reason, reservation);

    private static Task<Answer> Transfer(
        OpenFactory open,
        decimal quantity,
        string lot,
        string? toBin = null,
        string? toStatus = null
    ) =>
        open.Api.Post(
            "/api/v1/transfers",
            new
            {
                WarehouseId = open.Factory.Warehouse,
                ToWarehouseId = open.Factory.Warehouse,
                Date = Factory.Today,
                Lines = new[]
                {
                    new
                    {
                        ItemId = open.Factory.Item,
                        Quantity = quantity,
                        Lot = lot,
                        ToBin = toBin,
                        ToStatus = toStatus,
                    },
                },
            }
        );

    private sealed record Goods(Guid ItemId, decimal Quantity, string? Lot, string? Take = null, DateOnly? Expires = null);

    private static Task<Answer> Move(
        OpenFactory open,
        string verb,
        Goods goods,
        string? reason = null,
        string? reservation = null,
        DateOnly? date = null
    )
    {
        var body = new Dictionary<string, object?>
        {
            ["warehouseId"] = open.Factory.Warehouse,
            ["date"] = date ?? Factory.Today,
            ["reason"] = reason,
            ["lines"] = new[] { goods },
        };
        if (reservation is not null)
            body["reservationId"] = reservation;
        return open.Api.Post($"/api/v1/{verb}", body);
    }
}
