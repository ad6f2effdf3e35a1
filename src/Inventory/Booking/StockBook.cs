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

    /// <summary>Other units than the items' own, in which it says how much.</summary>
    IEnumerable<(Guid ItemId, string? Unit)> Units => [];

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
        var larger = LargerBatch.Queue(db, asked);
        // What a document needs of the stock is known when it is read.
        if (larger is not null)
        {
            await look();
            larger.Looked();
        }
        var open = new List<(Asked<IStockCommand> Asked, IStockCommand Command)>(asked.Count);
        foreach (var one in asked)
            if (!one.IsAnswered && (larger is null ? one.Command : larger.Stock(one)) is { } command)
            {
                open.Add((one, command));
                wanted.Add(command);
            }
        var reads = await StockReads.Queue(db, wanted);
        await (larger is null ? look() : db.Send());
        open.RemoveAll(one => one.Asked.IsAnswered);
        var stock = reads.Stock();
        var bookings = new Bookings(stock);
        var held = passesOverHeld ? await HeldRows.Of(db, open.Select(one => one.Command), stock) : null;
        foreach (var (one, command) in open)
            if ((larger?.Blocks(one.Command) ?? held?.Blocks(command)) is { } row)
                one.WaitFor(row);
            else
            {
                var verdict = Decide(command, one.By, stock, bookings);
                one.Decide(larger is null ? verdict : larger.Settle(one, verdict));
            }
        await Shortages.Serve(db, stock, bookings);
        await ReleaseExpired.Time(db, bookings.Given, stock);
        bookings.Numbers = stock.Numbers;
        bookings.Write(db, larger);
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

    private static Verdict<object> Decide(IStockCommand command, Hand by, StockAtHand stock, Bookings bookings)
    {
        var verdict = command switch
        {
            ReserveStock.Request request => Promised(request, by, stock, bookings),
            ReleaseStock.Command request => Released(request, by, stock, bookings),
            IMovementCommand movement => Booked(movement.Judge(stock), by, stock, bookings),
            ExpectSupply.Request request => Expected(SupplyJudge.Judge(request, stock), by, bookings),
            ExpectSupply.ChangeCommand change => Expected(SupplyJudge.Judge(change, stock), by, bookings),
            _ => throw new InvalidOperationException($"Nothing is known of {command.GetType().Name}."),
        };
        stock.Supplies.By(by);
        return verdict;
    }

    private static Verdict<object> Promised(ReserveStock.Request request, Hand by, StockAtHand stock, Bookings bookings)
    {
        var promise = ReservationJudge.Judge(request, stock);
        if (promise is { Refusal: null, Result: { IsNew: true } given })
            bookings.Promise(given, by);
        return Shown(promise, isOpen: true);
    }

    private static Verdict<object> Released(ReleaseStock.Command request, Hand by, StockAtHand stock, Bookings bookings)
    {
        var released = ReservationJudge.Judge(request, stock, out var change);
        if (change is not null)
            bookings.Release(change, by);
        return Shown(released, isOpen: change is { Closes: false });
    }

    private static Verdict<object> Expected(Verdict<SupplyChange> supply, Hand by, Bookings bookings)
    {
        if (supply.Refusal is { } refusal)
            return refusal;
        bookings.Expect(supply.Result, by);
        return supply.Result.After;
    }

    // Numbered after the judgement, so that a refused request leaves no gap.
    private static Verdict<object> Booked(Verdict<Movement> movement, Hand by, StockAtHand stock, Bookings bookings)
    {
        if (movement.Refusal is { } refusal)
            return refusal;
        var numbered = movement.Result with { Document = stock.Number(movement.Result) };
        if (numbered.Reverses is { } reversed)
            stock.Reverse(numbered.Company.Id, reversed.Document, numbered.Document);
        bookings.Move(numbered, by);
        return MoveStock.Show(numbered);
    }

    private static Verdict<object> Shown(Verdict<Promise> promise, bool isOpen) =>
        promise.Refusal is { } refusal ? refusal : promise.Result.Show(isOpen);
}
