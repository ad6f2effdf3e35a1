using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Catalog;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Takes a whole document back with one of its own, at the costs at which it was booked. What was written stays; it happens once.
/// </summary>
public static class ReverseDocument
{
    /// <summary>An adjustment has 500 lines, a transfer 250 with two in the ledger each.</summary>
    private const int MostLines = 500;

    public sealed record Request(
        Guid CompanyId,
        [Required, Text(40)] string Document,
        DateOnly Date,
        [Text(100, MayBeEmpty = true)] string? Reference = null
    );

    /// <summary>With what the ledger, which never changes, has of the document, turned round.</summary>
    internal sealed record Command(
        Guid WarehouseId,
        string Document,
        string Kind,
        DateOnly Date,
        string Reference,
        IReadOnlyList<MovementLine> Lines
    ) : IMovementCommand
    {
        MovementKind IMovementCommand.NumberedAs => MovementKind.Reversal;

        IEnumerable<(DetailKey Key, bool Arrives)> IMovementCommand.Places => Lines.Select(line => (line.Key, line.Quantity > 0));

        IEnumerable<Guid> IMovementCommand.Supplies =>
            Lines.Where(line => line.SupplyId is not null).Select(line => line.SupplyId!.Value);

        Verdict<Movement> IMovementCommand.Judge(StockAtHand stock) => ReverseDocument.Judge(this, stock);
    }

    private sealed record Row(
        string Kind,
        DateOnly Date,
        Guid ItemId,
        Guid WarehouseId,
        string Bin,
        string Lot,
        string Status,
        Guid OwnerId,
        decimal Quantity,
        decimal UnitCost,
        decimal Amount,
        string Reason,
        Guid? ExpectedId
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/reversals",
                async Task<Created<MoveStock.Document>> (Db db, Request request) =>
                    TypedResults.Created((string?)null, await Run(db, request))
            )
            .Needs(InventoryPermissions.Reverse)
            .Once()
            .WithSummary("Take a receipt, issue, transfer or adjustment back, once");

    public static async Task<MoveStock.Document> Run(Db db, Request request)
    {
        var verdict = (await StockBook.Now<MoveStock.Document>(db, [await Read(db, request)]))[0];
        return verdict.Refusal is { } refusal ? throw refusal : verdict.Result;
    }

    /// <summary>From the last line to the first: of a transfer the goods go out of where they are before they come in.</summary>
    internal static async Task<Command> Read(Db db, Request request)
    {
        var rows = await db.Query<Row>(
            $"""
            select kind, date, item_id, warehouse_id, bin, lot, status, owner_id, quantity, unit_cost, amount, reason,
                expected_id
            from inventory.movement where company_id = {request.CompanyId} and document = {request.Document}
            order by line_no desc limit {MostLines}
            """
        );
        if (rows is not [var first, ..])
            throw Refused.Missing("document", request.Document);
        if (first.Kind == MovementKind.Reversal.Name)
            throw new Refused(
                "reversal.of_reversal",
                $"{request.Document} takes another document back already. Book what should be there anew."
            );
        if (rows.Exists(row => row.Reason == "opening"))
            throw new Refused(
                "reversal.opening",
                $"{request.Document} is opening stock. Take the import back that brought it, or correct it with an adjustment."
            );
        if (request.Date < first.Date)
            throw new Refused(
                "reversal.too_early",
                $"{request.Document} is of {first.Date:yyyy-MM-dd} and cannot be taken back as of {request.Date:yyyy-MM-dd}.",
                new { Document = first.Date, Asked = request.Date }
            );
        return new Command(
            first.WarehouseId,
            request.Document,
            first.Kind,
            request.Date,
            request.Reference ?? "",
            rows.ConvertAll(row => new MovementLine(
                new DetailKey(row.ItemId, row.WarehouseId, row.Bin, row.Lot, row.Status, row.OwnerId),
                ItemKind: "",
                -row.Quantity,
                row.UnitCost,
                -row.Amount
            )
            {
                Reason = row.Reason,
                SupplyId = row.ExpectedId,
            })
        );
    }

    private static Verdict<Movement> Judge(Command command, StockAtHand stock)
    {
        if (!stock.Warehouses.TryGetValue(command.WarehouseId, out var warehouse))
            return Refused.Missing("warehouse", command.WarehouseId);
        var company = stock.Companies[warehouse.CompanyId];
        if (stock.ReversedBy(company.Id, command.Document) is { } by)
            return new Refused(
                "reversal.twice",
                $"{command.Document} was taken back by {by} already.",
                new { command.Document, ReversedBy = by }
            );
        if (Periods.RefusalOf(stock.Periods, company.Id, command.Date) is { } closed)
            return closed;
        var lines = command
            .Lines.Select(line => (Line: line, Item: stock.Items[(company.Id, line.Key.ItemId)]))
            .Select(one => one.Line with { ItemKind = one.Item.Kind, IsPiece = LotJudge.IsPiece(one.Item, one.Line.Key) })
            .ToList();
        MoveStock.Request head = new(
            MovementKind.Reversal,
            command.WarehouseId,
            command.Date,
            "",
            command.Reference is "" ? command.Document : command.Reference,
            Lines: []
        );
        return MovementJudge.Take(new Movement(head, company, lines) { Reverses = command }, stock);
    }

    internal static void Write(Db db, IReadOnlyList<Movement> reversals)
    {
        if (reversals.Count > 0)
            db.Later(
                $"""
                insert into inventory.reversal (tenant_id, company_id, document, reversed_by)
                select {db.Scope.Tenant}, p.* from unnest({reversals.Select(one => one.Company.Id).ToArray()},
                    {reversals.Select(one => one.Reverses!.Document).ToArray()},
                    {reversals.Select(one => one.Document).ToArray()}) as p
                """
            );
    }

    /// <summary>Where nothing changes in value, it is a transfer like any other.</summary>
    internal static IEvent EventOf(Movement movement, Command reversed) =>
        reversed.Kind == MovementKind.Transfer.Name
            ? TransferStock.EventOf(movement)
            : new StockReversed(
                movement.Company.Id,
                movement.Document,
                movement.Request.Date,
                movement.Company.Currency,
                reversed.Document,
                reversed.Kind,
                PostAdjustment.LinesOf(movement)
            );
}

/// <summary>A receipt, an issue or an adjustment was taken back. Its lines have the signs with which the stock changes.</summary>
[EventType("StockReversed", 1)]
public sealed record StockReversed(
    Guid CompanyId,
    string Document,
    DateOnly Date,
    string Currency,
    string Reverses,
    string Kind,
    IReadOnlyList<AdjustedLine> Lines
) : IValuedMovement
{
    public string Aggregate => $"{CompanyId:N}/{Document}";
}
