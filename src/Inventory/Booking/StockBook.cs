using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>What may be done to stock in a batch: promise it, take a promise back, move it.</summary>
public interface IStockCommand;

/// <summary>One that moves stock, and is a document with a number when it is accepted.</summary>
internal interface IMovementCommand : IStockCommand
{
    /// <summary>One of its warehouses: all belong to the same company.</summary>
    Guid WarehouseId { get; }
    DateOnly Date { get; }
    MovementKind NumberedAs { get; }
    IEnumerable<(DetailKey Key, bool Arrives)> Places { get; }

    /// <summary>Where it chooses among all bins: of one lot, or of every one.</summary>
    IEnumerable<(Guid ItemId, Guid WarehouseId, string Lot)> Choices => [];

    /// <summary>What was on its way, and comes with it.</summary>
    IEnumerable<Guid> Supplies => [];

    /// <summary>The promise from which it takes what it may.</summary>
    Guid? Reservation => null;
    Verdict<Movement> Judge(StockAtHand stock);
}

/// <summary>
/// Every verb that promises or moves stock ends here, many of them in one transaction: lock in key order, decide about each in
/// the order of arrival, write once, publish.
/// </summary>
public static class StockBook
{
    internal static Task Run(Db db, IReadOnlyList<Asked<IStockCommand>> asked, Func<Task> look) =>
        Run(db, asked, look, passesOverHeld: true);

    private static async Task Run(Db db, IReadOnlyList<Asked<IStockCommand>> asked, Func<Task> look, bool passesOverHeld)
    {
        var wanted = new StockWanted { PassesOverHeld = passesOverHeld };
        foreach (var one in asked)
            wanted.Add(one.Command);
        var reads = await StockReads.Queue(db, wanted);
        await look();
        var stock = reads.Stock();
        var bookings = new Bookings(stock);
        var open = asked.Where(one => !one.IsAnswered).ToList();
        var held = passesOverHeld ? await HeldRows.Of(db, open.Select(one => one.Command), stock) : null;
        foreach (var one in open)
            if (held?.Blocks(one.Command) is { } row)
                one.WaitFor(row);
            else
                Decide(one, stock, bookings);
        await Shortages.Serve(db, stock, bookings);
        await ReleaseExpired.Time(db, bookings.Given, stock);
        bookings.Numbers = stock.Numbers;
        bookings.Write(db);
    }

    /// <summary>In the caller's own transaction and by its hand; the verdicts in the order asked.</summary>
    internal static async Task<IReadOnlyList<Verdict<TResult>>> Now<TResult>(Db db, IEnumerable<IStockCommand> commands)
    {
        var asked = commands.Select(one => new Asked<IStockCommand>(one, db.Scope.Hand)).ToList();
        await Run(db, asked, db.Send, passesOverHeld: false);
        await Bookings.Send(db);
        return asked.ConvertAll(one =>
            one.Verdict!.Value.Refusal is { } refusal
                ? (Verdict<TResult>)refusal
                : (Verdict<TResult>)(TResult)one.Verdict.Value.Result
        );
    }

    private static void Decide(Asked<IStockCommand> asked, StockAtHand stock, Bookings bookings)
    {
        switch (asked.Command)
        {
            case ReserveStock.Request request:
                var promise = ReservationJudge.Judge(request, stock);
                if (promise is { Refusal: null, Result: { IsNew: true } given })
                    bookings.Promise(given, asked.By);
                asked.Decide(Shown(promise, isOpen: true));
                break;
            case ReleaseStock.Command request:
                var released = ReservationJudge.Judge(request, stock, out var change);
                if (change is not null)
                    bookings.Release(change, asked.By);
                asked.Decide(Shown(released, isOpen: change is { Closes: false }));
                break;
            case IMovementCommand command:
                asked.Decide(Booked(command.Judge(stock), asked.By, stock, bookings));
                break;
            case ExpectSupply.Request request:
                asked.Decide(Expected(SupplyJudge.Judge(request, stock), asked.By, bookings));
                break;
            case ExpectSupply.ChangeCommand command:
                asked.Decide(Expected(SupplyJudge.Judge(command, stock), asked.By, bookings));
                break;
            default:
                throw new InvalidOperationException($"Nothing is known of {asked.Command.GetType().Name}.");
        }
        stock.Supplies.By(asked.By);
    }

    private static Verdict<Supply> Expected(Verdict<SupplyChange> supply, Hand by, Bookings bookings)
    {
        if (supply.Refusal is { } refusal)
            return refusal;
        bookings.Expect(supply.Result, by);
        return supply.Result.After;
    }

    // Numbered after the judgement, so that a refused request leaves no gap.
    private static Verdict<MoveStock.Document> Booked(Verdict<Movement> movement, Hand by, StockAtHand stock, Bookings bookings)
    {
        if (movement.Refusal is { } refusal)
            return refusal;
        var numbered = movement.Result with { Document = stock.Number(movement.Result) };
        if (numbered.Reverses is { } reversed)
            stock.Reverse(numbered.Company.Id, reversed.Document, numbered.Document);
        bookings.Move(numbered, by);
        return MoveStock.Show(numbered);
    }

    private static Verdict<Promised> Shown(Verdict<Promise> promise, bool isOpen) =>
        promise.Refusal is { } refusal ? refusal : promise.Result.Show(isOpen);
}
