using Millrace.Company;
using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>Random histories in batches of any size do what a small model in memory does, and leave what it has.</summary>
public sealed class StockModelTests(Server server)
{
    private sealed record BalanceRow(
        Guid ItemId,
        Guid WarehouseId,
        decimal OnHand,
        decimal Withheld,
        decimal Reserved,
        decimal Waiting
    );

    private sealed record LotRow(Guid ItemId, Guid WarehouseId, string Lot, string Status, decimal OnHand);

    private sealed record PromiseRow(
        Guid Id,
        string Demand,
        Guid ItemId,
        Guid WarehouseId,
        decimal Quantity,
        decimal Waiting,
        decimal Taken,
        decimal Released,
        decimal Expected
    );

    private sealed record SupplyRow(Guid Id, DateOnly Due, decimal Quantity, decimal Arrived, decimal Promised, bool Closed);

    // Free stock is what most is done with.
    private static readonly string[] Statuses = ["available", "available", "quality", "blocked"];

    private static readonly string[] StatusesOfTransfers = ["available", "available", "quality", "blocked", "transit"];

    /// <summary>A few; as many as MILLRACE_HISTORIES says when somebody has the time.</summary>
    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("MILLRACE_HISTORIES"), out var many) ? many : 4)];

    [Theory, Case("S2")]
    [MemberData(nameof(Seeds))]
    public async Task A_random_history_ends_as_in_the_model(int seed)
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        var dice = new Dice((uint)seed);
        var model = new StockModel();
        var ids = new List<Guid> { Guid.CreateVersion7() };

        for (var batch = 0; batch < 50; batch++)
        {
            var keeps = dice.Throw(6) > 0;
            var after = model.Copy();
            await using (var db = factory.Open())
            {
                var coming = model.KnownSupplies.ToList();
                var commands = Enumerable.Range(0, 1 + dice.Throw(12)).Select(_ => Command(dice, factory, ids, coming)).ToList();
                foreach (var document in model.Documents.Where(_ => dice.Throw(12) == 0).Take(3))
                    commands.Insert(dice.Throw(commands.Count), await Reversal(db, factory, document));
                var asked = commands.ConvertAll(one => new Asked<IStockCommand>(one, new Hand(DbScope.System, $"batch {batch}")));
                await StockBook.Run(db, asked, db.Send);
                await Bookings.Send(db);
                foreach (var one in asked)
                    after.AssertSameAs(one.Command, one.Verdict!.Value);
                after.Serve();
                if (keeps)
                    await db.Commit();
            }
            if (!keeps)
                continue;
            model = after;
            ids = [ids[0], .. model.Known];
            await AssertSame(factory, model);
        }

        Assert.Equal(
            string.Join(' ', model.Events),
            await database.Superuser<string>(
                "select string_agg(type, ' ' order by id) from kernel.event where request like 'batch %'"
            )
        );
        await EveryInvariant.Holds(database.ConnectionString);
    }

    private static IStockCommand Command(
        Dice dice,
        Factory factory,
        List<Guid> ids,
        List<(Guid Id, Guid Item, Guid Warehouse, int Version)> coming
    )
    {
        return dice.Throw(8) switch
        {
            6 => new ExpectSupply.Request(factory.Company, Item(), Warehouse(), $"PO-{dice.Throw(5)}", Day(), 1 + dice.Throw(5)),
            7 when coming.Count > 0 && coming[dice.Throw(coming.Count)] is var one => dice.Throw(2) == 0
                ? new ExpectSupply.ChangeCommand(
                    one.Id,
                    one.Item,
                    one.Warehouse,
                    one.Version,
                    new ExpectSupply.Change(Day(), 0.5m * (1 + dice.Throw(8)), dice.Throw(4) == 0)
                )
                : new MoveStock.Request(
                    MovementKind.Receipt,
                    dice.Throw(8) == 0 ? Warehouse() : one.Warehouse,
                    Factory.Today,
                    "",
                    "",
                    Several(() =>
                        new MoveStock.Line(
                            one.Item,
                            0.5m * (1 + dice.Throw(4)),
                            Status: dice.Throw(4) == 0 ? Status() : null,
                            ExpectedId: dice.Throw(4) == 0 ? null : one.Id
                        )
                    )
                ),
            0 => Move(MovementKind.Receipt, [0.5m, 1, 2.25m, 5]),
            1 => Move(MovementKind.Issue, [0.5m, 1, 2.25m]),
            2 => new ReleaseStock.Command(
                Known(),
                dice.Throw(2) == 0 ? null : Several(() => new ReservationLine(Item(), Warehouse(), 0.25m * (1 + dice.Throw(4))))
            ),
            3 => new TransferStock.Request(Warehouse(), Warehouse(), Factory.Today, Several(Line)),
            _ => new ReserveStock.Request(
                factory.Company,
                $"SO-{dice.Throw(12)}",
                Several(() => new ReserveStock.Line(Item(), Warehouse(), 0.25m * (1 + dice.Throw(12)))),
                dice.Throw(3) == 0 ? "wait" : null,
                dice.Throw(2) == 0 ? null : 1 + dice.Throw(9),
                NeededOn: dice.Throw(2) == 0 ? Day() : null
            ),
        };

        DateOnly Day() => Factory.Today.AddDays(dice.Throw(4));

        Guid Known() => ids[dice.Throw(ids.Count)];

        IStockCommand Move(MovementKind kind, decimal[] quantities) =>
            new MoveStock.Request(
                kind,
                Warehouse(),
                Factory.Today,
                "sale",
                "",
                Several(() =>
                    new MoveStock.Line(
                        Item(),
                        quantities[dice.Throw(quantities.Length)],
                        Lot: Lot(),
                        Status: dice.Throw(6) == 0 ? Status() : null
                    )
                ),
                kind == MovementKind.Issue && dice.Throw(2) == 0 ? Known() : null
            );

        TransferStock.Line Line() => new(Item(), 0.25m * (1 + dice.Throw(6)), Lot: Lot(), Status: Anyhow(), ToStatus: Anyhow());

        string? Lot() => dice.Throw(3) == 0 ? "L1" : null;

        string Status() => Statuses[dice.Throw(Statuses.Length)];

        string Anyhow() => StatusesOfTransfers[dice.Throw(StatusesOfTransfers.Length)];

        Guid Item() => factory.Items[dice.Throw(factory.Items.Count)];

        Guid Warehouse() => factory.Warehouses[dice.Throw(factory.Warehouses.Count)];

        List<T> Several<T>(Func<T> one) => [.. Enumerable.Range(0, 1 + dice.Throw(3)).Select(_ => one())];
    }

    private static async Task<IStockCommand> Reversal(Db db, Factory factory, string document) =>
        await ReverseDocument.Read(db, new ReverseDocument.Request(factory.Company, document, Factory.Today));

    private static async Task AssertSame(Factory factory, StockModel model)
    {
        await using var db = factory.Open();
        var balances = await db.Query<BalanceRow>(
            $"""
            select item_id, warehouse_id, on_hand, withheld, reserved, waiting from inventory.balance
            where on_hand <> 0 or reserved <> 0 or waiting <> 0 order by item_id, warehouse_id
            """
        );
        Assert.Equal(
            model.Balances.OrderBy(one => one.Item).ThenBy(one => one.Warehouse),
            balances.Select(one => (one.ItemId, one.WarehouseId, one.OnHand, one.Withheld, one.Reserved, one.Waiting))
        );
        var lots = model
            .Lots.OrderBy(one => one.Item)
            .ThenBy(one => one.Warehouse)
            .ThenBy(one => one.Lot)
            .ThenBy(one => one.Status)
            .ToList();
        Assert.Equal(
            lots,
            await Lots($"select item_id, warehouse_id, lot, status, on_hand from inventory.balance_detail where on_hand <> 0")
        );
        Assert.Equal(
            lots,
            await Lots(
                $"""
                select item_id, warehouse_id, lot, status, sum(quantity) as on_hand from inventory.movement
                group by item_id, warehouse_id, lot, status having sum(quantity) <> 0
                """
            )
        );
        var promises = await db.Query<PromiseRow>(
            $"""
            select r.reservation_id as id, r.demand, l.item_id, l.warehouse_id, l.quantity, l.waiting, l.taken, l.released,
                l.expected
            from inventory.reservation r join inventory.reservation_line l using (reservation_id)
            where r.released_at is null order by r.demand, l.item_id, l.warehouse_id
            """
        );
        Assert.Equal(
            model
                .Promises.OrderBy(one => one.Demand, StringComparer.Ordinal)
                .ThenBy(one => one.Item)
                .ThenBy(one => one.Warehouse),
            promises.Select(one =>
                (
                    one.Id,
                    one.Demand,
                    one.ItemId,
                    one.WarehouseId,
                    new StockModel.Line(one.Quantity, one.Waiting, one.Taken, one.Released, one.Expected)
                )
            )
        );
        var supplies = await db.Query<SupplyRow>(
            $"""
            select expected_id as id, due, quantity, arrived, promised, closed_at is not null as closed
            from inventory.expected order by expected_id
            """
        );
        Assert.Equal(
            model.Supplies,
            supplies.Select(one => (one.Id, one.Due, one.Quantity, one.Arrived, one.Promised, one.Closed))
        );

        async Task<IEnumerable<(Guid, Guid, string, string, decimal)>> Lots(Sql sql) =>
            (await db.Query<LotRow>(sql))
                .Select(one => (Item: one.ItemId, Warehouse: one.WarehouseId, one.Lot, one.Status, one.OnHand))
                .OrderBy(one => one.Item)
                .ThenBy(one => one.Warehouse)
                .ThenBy(one => one.Lot)
                .ThenBy(one => one.Status);
    }
}
