using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Brings goods of a company to another place: another warehouse, another bin, or the same one with another status. Every line
/// or none; what is promised stays where it was promised. Goods that travel are booked twice: under way when they leave, which
/// counts them at the warehouse they go to without their being free there, and from under way to free when they arrive.
/// </summary>
public static class TransferStock
{
    public sealed record Line(
        Guid ItemId,
        [Quantity] decimal Quantity,
        [Text(40)] string? Bin = null,
        [Text(40)] string? ToBin = null,
        [Text(40, MayBeEmpty = true)] string? Lot = null,
        [OneOf(StockStatus.Available, StockStatus.Quality, StockStatus.Blocked, StockStatus.Transit)] string? Status = null,
        [OneOf(StockStatus.Available, StockStatus.Quality, StockStatus.Blocked, StockStatus.Transit)] string? ToStatus = null,
        [Text(12)] string? Unit = null,
        Guid? OwnerId = null
    );

    public sealed record Request(
        Guid WarehouseId,
        Guid ToWarehouseId,
        DateOnly Date,
        [Required, Length(1, 250), Filled] IReadOnlyList<Line> Lines,
        [Text(100, MayBeEmpty = true)] string? Reference = null
    ) : IMovementCommand
    {
        MovementKind IMovementCommand.NumberedAs => MovementKind.Transfer;

        IEnumerable<(DetailKey Key, bool Arrives)> IMovementCommand.Places =>
            Lines.SelectMany(line => new[] { (From(this, line), false), (To(this, line), true) });

        IEnumerable<(Guid ItemId, string? Unit)> IMovementCommand.Units => Lines.Select(line => (line.ItemId, line.Unit));

        Verdict<Movement> IMovementCommand.Judge(StockAtHand stock) => TransferStock.Judge(this, stock);
    }

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/transfers",
                (HttpContext http, GroupCommit<IStockCommand> stock, Request request) =>
                    stock.Ask(http, request, (MoveStock.Document made) => TypedResults.Created((string?)null, made))
            )
            .Needs(InventoryPermissions.Transfer)
            .Together<MoveStock.Document>()
            .WithSummary("Bring goods to another place, or change their status");

    public static Task<IReadOnlyList<Verdict<MoveStock.Document>>> Run(Db db, IReadOnlyList<Request> requests) =>
        StockBook.Now<MoveStock.Document>(db, requests);

    private static DetailKey From(Request request, Line line) =>
        new(
            line.ItemId,
            request.WarehouseId,
            line.Bin ?? Warehouses.MainBin,
            line.Lot ?? "",
            line.Status ?? StockStatus.Available,
            line.OwnerId ?? Guid.Empty
        );

    /// <summary>Without a status of its own, it keeps the one it had.</summary>
    private static DetailKey To(Request request, Line line) =>
        From(request, line) with
        {
            WarehouseId = request.ToWarehouseId,
            Bin = line.ToBin ?? (request.ToWarehouseId == request.WarehouseId ? line.Bin : null) ?? Warehouses.MainBin,
            Status = line.ToStatus ?? line.Status ?? StockStatus.Available,
        };

    private static Verdict<Movement> Judge(Request request, StockAtHand stock)
    {
        if (!stock.Warehouses.TryGetValue(request.WarehouseId, out var from))
            return Refused.Missing("warehouse", request.WarehouseId);
        if (!stock.Warehouses.TryGetValue(request.ToWarehouseId, out var to))
            return Refused.Missing("warehouse", request.ToWarehouseId);
        if (from.CompanyId != to.CompanyId)
            return OtherCompany(from.Code, to.Code);
        var company = stock.Companies[from.CompanyId];
        if (Periods.RefusalOf(stock.Periods, company.Id, request.Date) is { } closed)
            return closed;
        var lines = new List<MovementLine>(2 * request.Lines.Count);
        foreach (var (line, at) in request.Lines.Select((line, at) => (line, at)))
        {
            if (From(request, line) == To(request, line))
                return new Refused(
                    "transfer.stays",
                    $"Line {at + 1} stays where it is. Choose another warehouse, bin or status.",
                    new { Line = at + 1 }
                );
            if (To(request, line).Status == StockStatus.Transit && from == to)
                return Nowhere($"Line {at + 1}", from.Code);
            var own = UnitJudge.InOwn(line.Quantity, line.Unit, line.ItemId, company.Id, stock);
            if (own.Refusal is { } unit)
                return unit;
            if (Bring(From(request, line), To(request, line), own.Result, company, stock, lines) is { } refusal)
                return refusal;
        }
        return Book(request, request.Reference, company, lines, stock);
    }

    /// <summary>Two lines of the ledger: out of the one place, into the other.</summary>
    internal static Refused? Bring(
        DetailKey from,
        DetailKey to,
        decimal quantity,
        ListCompanies.Row company,
        StockAtHand stock,
        List<MovementLine> lines
    )
    {
        foreach (var (key, signed) in ((DetailKey, decimal)[])[(from, -quantity), (to, quantity)])
        {
            var priced = MovementJudge.Price(key, signed, company, stock);
            if (priced.Refusal is { } refusal)
                return refusal;
            lines.Add(priced.Result);
        }
        return null;
    }

    internal static Verdict<Movement> Book(
        IMovementCommand command,
        string? reference,
        ListCompanies.Row company,
        List<MovementLine> lines,
        StockAtHand stock
    )
    {
        if (lines.Where(line => line.Amount > 0).Sum(line => line.Amount) is > MovementJudge.LargestTotal and var total)
            return MovementJudge.TooLarge(total);
        MoveStock.Request head = new(MovementKind.Transfer, command.WarehouseId, command.Date, "", reference ?? "", Lines: []);
        return MovementJudge.Take(new Movement(head, company, lines) { Carries = command as MoveHandlingUnit.Command }, stock);
    }

    internal static Refused OtherCompany(string from, string to) =>
        new(
            "transfer.other_company",
            $"{from} and {to} belong to different companies. Sell from the one and buy for the other.",
            new { From = from, To = to }
        );

    internal static Refused Nowhere(string what, string warehouse) =>
        new(
            "transfer.nowhere",
            $"{what} is to be under way and stays in {warehouse}. "
                + "Choose the warehouse it goes to, or say what becomes of it here.",
            new { Warehouse = warehouse }
        );

    internal static StockTransferred EventOf(Movement movement) =>
        new(
            movement.Company.Id,
            movement.Document,
            movement.Request.Date,
            [
                .. movement
                    .Lines.Chunk(2)
                    .Select(pair => new TransferredLine(
                        pair[0].Key.ItemId,
                        pair[1].Quantity,
                        pair[0].Key.WarehouseId,
                        pair[1].Key.WarehouseId,
                        pair[0].Key.Status,
                        pair[1].Key.Status
                    )),
            ]
        );
}

/// <summary>How much of an item went from where to where.</summary>
public sealed record TransferredLine(
    Guid ItemId,
    decimal Quantity,
    Guid WarehouseId,
    Guid ToWarehouseId,
    string Status,
    string ToStatus
);

/// <summary>Goods of a company are in another place or have another status. Their value stays what it was.</summary>
[EventType("StockTransferred", 1)]
public sealed record StockTransferred(Guid CompanyId, string Document, DateOnly Date, IReadOnlyList<TransferredLine> Lines)
    : IEvent
{
    public string Aggregate => $"{CompanyId:N}/{Document}";
}
