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

    private sealed record PinRow(Guid Id, Guid ItemId, Guid WarehouseId, string Lot, decimal Quantity);

    private sealed record SupplyRow(Guid Id, DateOnly Due, decimal Quantity, decimal Arrived, decimal Promised, bool Closed);

    private static readonly Sql Whose =
        $"status || case when owner_id = '00000000-0000-0000-0000-000000000000' then '' else '@' end";

    /// <summary>A few; as many as MILLRACE_HISTORIES says when somebody has the time.</summary>
    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("MILLRACE_HISTORIES"), out var many) ? many : 4)];

    [Theory, Case("S2")]
    [MemberData(nameof(Seeds))]
    public async Task A_random_history_ends_as_in_the_model(int seed)
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        var model = new StockModel("106141411234567897", factory.Warehouse);
        var partner = await StockModelCommands.Prepare(factory, model.Sscc);
        var dice = new Dice((uint)seed);
        var ids = new List<Guid> { Guid.CreateVersion7() };

        for (var batch = 0; batch < 50; batch++)
        {
            var keeps = dice.Throw(6) > 0;
            var after = model.Copy();
            await using (var db = factory.Open())
            {
                var coming = model.KnownSupplies.ToList();
                var commands = Enumerable
                    .Range(0, 1 + dice.Throw(12))
                    .Select(_ => StockModelCommands.Any(dice, factory, partner, model.Sscc, ids, coming))
                    .ToList();
                foreach (var document in model.Documents.Where(_ => dice.Throw(12) == 0).Take(3))
                    commands.Insert(dice.Throw(commands.Count), await Reversal(db, factory, document));
                var asked = commands.ConvertAll(one => new Asked<IStockCommand>(
                    StockModelCommands.InOtherUnits(dice, one),
                    new Hand(DbScope.System, $"batch {batch}")
                ));
                await StockBook.Run(db, asked, db.Send);
                await Bookings.Send(db);
                foreach (var (command, one) in commands.Zip(asked))
                    after.AssertSameAs(command, one.Verdict!.Value);
                after.Serve();
                if (keeps)
                    await db.Commit();
            }
            if (!keeps)
                continue;
            model = after;
            ids = [ids[0], .. model.Known];
            await AssertSame(factory, model);
            if (dice.Throw(3) == 0)
                await MoveUnit(factory, model, dice);
        }

        Assert.Equal(
            string.Join(' ', model.Events),
            await database.Superuser<string>(
                "select string_agg(type, ' ' order by id) from kernel.event where request like 'batch %'"
            )
        );
        await EveryInvariant.Holds(database.ConnectionString);
    }

    // It goes by itself: no batch moves a pallet. What is refused is not committed.
    private static async Task MoveUnit(Factory factory, StockModel model, Dice dice)
    {
        var to = factory.Warehouses[dice.Throw(factory.Warehouses.Count)];
        MoveHandlingUnit.Request request = new(to, Warehouses.MainBin, Factory.Today, UnderWay: dice.Throw(3) == 0);
        await using (var db = factory.Dbs.Open(DbScope.ForTenant(factory.Tenant, request: "batch of one")))
            try
            {
                model.AssertMoved(request, await MoveHandlingUnit.Run(db, model.Sscc, request));
                await db.Commit();
            }
            catch (Refused refusal)
            {
                model.AssertMoved(request, refusal);
            }
        await AssertSame(factory, model);
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
            await Lots(
                $"select item_id, warehouse_id, lot, {Whose} as status, on_hand from inventory.balance_detail where on_hand <> 0"
            )
        );
        Assert.Equal(
            lots,
            await Lots(
                $"""
                select item_id, warehouse_id, lot, {Whose} as status, sum(quantity) as on_hand from inventory.movement
                group by item_id, warehouse_id, lot, {Whose} having sum(quantity) <> 0
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
        var pins = await db.Query<PinRow>(
            $"""
            select p.reservation_id as id, p.item_id, p.warehouse_id, p.lot, p.quantity
            from inventory.reservation_pin p join inventory.reservation r using (reservation_id)
            where r.released_at is null and p.quantity > 0
            """
        );
        Assert.Equal(
            model.Pins.Order(),
            pins.Select(one => (one.Id, one.ItemId, one.WarehouseId, one.Lot, one.Quantity)).Order()
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
