using Millrace.Catalog;
using Millrace.Inventory;

namespace Millrace.Tests;

/// <summary>Commands as they come, of which some make sense.</summary>
internal static class StockModelCommands
{
    // Free stock is what most is done with.
    private static readonly string[] Statuses = ["available", "available", "quality", "blocked"];

    private static readonly string[] StatusesOfTransfers = ["available", "available", "quality", "blocked", "transit"];

    // One crate is two and a half of an item, a seventh cannot be written in its own unit.
    internal static async Task<Guid> Prepare(Factory factory, string sscc)
    {
        await using var db = factory.Open();
        await MakeHandlingUnit.Run(db, new(factory.Warehouse, Warehouses.MainBin, sscc));
        foreach (var warehouse in factory.Warehouses)
            await UnitPlace.MakeBin(db, warehouse, sscc);
        Partner.Fields owner = new("Consignor", Customer: false, Supplier: true, "TR");
        var partner = await SavePartner.Create(db, new SavePartner.Request("C-1", owner));
        foreach (var item in factory.Items)
        {
            await ItemUnits.Set(db, item, "crate", new ItemUnits.Request(5, 2));
            await ItemUnits.Set(db, item, "seventh", new ItemUnits.Request(1, 7));
        }
        await db.Commit();
        return partner.Id;
    }

    // The model knows the items' own units only.
    internal static IStockCommand InOtherUnits(Dice dice, IStockCommand command)
    {
        return command switch
        {
            MoveStock.Request request => request with
            {
                Lines =
                [
                    .. request.Lines.Select(line =>
                        Said(line.Quantity) is var (quantity, unit) ? line with { Quantity = quantity, Unit = unit } : line
                    ),
                ],
            },
            TransferStock.Request request => request with
            {
                Lines =
                [
                    .. request.Lines.Select(line =>
                        Said(line.Quantity) is var (quantity, unit) ? line with { Quantity = quantity, Unit = unit } : line
                    ),
                ],
            },
            ReserveStock.Request request => request with
            {
                Lines =
                [
                    .. request.Lines.Select(line =>
                        Said(line.Quantity) is var (quantity, unit) ? line with { Quantity = quantity, Unit = unit } : line
                    ),
                ],
            },
            _ => command,
        };

        (decimal, string)? Said(decimal own) =>
            dice.Throw(8) switch
            {
                0 => (own * 2 / 5, "crate"),
                1 => (own * 7, "seventh"),
                _ => null,
            };
    }

    internal static IStockCommand Any(
        Dice dice,
        Factory factory,
        Guid partner,
        string sscc,
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
                Several(() =>
                    new ReserveStock.Line(
                        Item(),
                        Warehouse(),
                        0.25m * (1 + dice.Throw(12)),
                        Lot: dice.Throw(3) == 0 ? Lot() ?? "" : null
                    )
                ),
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
                Several(() => Moved(Lot(), quantities)),
                kind == MovementKind.Issue && dice.Throw(2) == 0 ? Known() : null
            );

        MoveStock.Line Moved(string? lot, decimal[] quantities) =>
            new(
                Item(),
                quantities[dice.Throw(quantities.Length)],
                BinOf(lot),
                lot,
                Status: dice.Throw(6) == 0 ? Status() : null,
                OwnerId: Owner()
            );

        TransferStock.Line Line() =>
            OnUnit(new(Item(), 0.25m * (1 + dice.Throw(6)), Lot: Lot(), Status: Anyhow(), ToStatus: Anyhow(), OwnerId: Owner()));

        TransferStock.Line OnUnit(TransferStock.Line line) => line with { Bin = BinOf(line.Lot), ToBin = BinOf(line.Lot) };

        string? BinOf(string? lot) => lot == StockModel.LotOnUnit ? sscc : null;

        Guid? Owner() => dice.Throw(6) == 0 ? partner : null;

        string? Lot() =>
            dice.Throw(6) switch
            {
                0 or 1 => "L1",
                2 => StockModel.LotOnUnit,
                _ => null,
            };

        string Status() => Statuses[dice.Throw(Statuses.Length)];

        string Anyhow() => StatusesOfTransfers[dice.Throw(StatusesOfTransfers.Length)];

        Guid Item() => factory.Items[dice.Throw(factory.Items.Count)];

        Guid Warehouse() => factory.Warehouses[dice.Throw(factory.Warehouses.Count)];

        List<T> Several<T>(Func<T> one) => [.. Enumerable.Range(0, 1 + dice.Throw(3)).Select(_ => one())];
    }
}
