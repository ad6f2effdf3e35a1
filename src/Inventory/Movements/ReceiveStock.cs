using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Takes goods into a warehouse at the cost in force: every line or none.</summary>
public static class ReceiveStock
{
    public sealed record Request(
        Guid WarehouseId,
        DateOnly Date,
        [Required, Length(1, 500), Filled] IReadOnlyList<MoveStock.Line> Lines,
        [Text(100, MayBeEmpty = true)] string? Reference = null,
        [OneOf("return")] string? Reason = null
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/receipts",
                (HttpContext http, GroupCommit<IStockCommand> stock, Request request) =>
                    stock.Ask(http, CommandOf(request), (MoveStock.Document made) => TypedResults.Created((string?)null, made))
            )
            .Needs(InventoryPermissions.Receive)
            .Together<MoveStock.Document>()
            .WithSummary("Receive goods into a warehouse");

    public static Task<IReadOnlyList<Verdict<MoveStock.Document>>> Run(Db db, IReadOnlyList<Request> requests) =>
        StockBook.Now<MoveStock.Document>(db, requests.Select(CommandOf));

    private static MoveStock.Request CommandOf(Request request) =>
        new(
            MovementKind.Receipt,
            request.WarehouseId,
            request.Date,
            request.Reason ?? "",
            request.Reference ?? "",
            request.Lines
        );
}
