using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Takes goods out of a warehouse, but never what is promised to somebody else: every line or none. An issue for a reservation
/// takes what that one holds first.
/// </summary>
public static class IssueStock
{
    public sealed record Request(
        Guid WarehouseId,
        DateOnly Date,
        [Required, OneOf("consumption", "sale", "scrap", "return")] string Reason,
        [Required, Length(1, 500), Filled] IReadOnlyList<MoveStock.Line> Lines,
        [Text(100, MayBeEmpty = true)] string? Reference = null,
        Guid? ReservationId = null
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/issues",
                (HttpContext http, GroupCommit<IStockCommand> stock, Request request) =>
                    stock.Ask(http, CommandOf(request), (MoveStock.Document made) => TypedResults.Created((string?)null, made))
            )
            .Needs(InventoryPermissions.Issue)
            .Together<MoveStock.Document>()
            .WithSummary("Issue goods from a warehouse");

    public static Task<IReadOnlyList<Verdict<MoveStock.Document>>> Run(Db db, IReadOnlyList<Request> requests) =>
        StockBook.Now<MoveStock.Document>(db, requests.Select(CommandOf));

    private static MoveStock.Request CommandOf(Request request) =>
        new(
            MovementKind.Issue,
            request.WarehouseId,
            request.Date,
            request.Reason,
            request.Reference ?? "",
            request.Lines,
            request.ReservationId
        );
}
