using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Promises stock to a demand: every line or none. Asking again for a demand that has its promise changes nothing.
/// </summary>
public static class ReserveStock
{
    public sealed record Line(Guid ItemId, Guid WarehouseId, [Quantity] decimal Quantity);

    public sealed record Request(
        Guid CompanyId,
        [Required, Text(80)] string Demand,
        [Required, Length(1, 500), Filled] IReadOnlyList<Line> Lines
    ) : IStockCommand;

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/reservations",
                (HttpContext http, GroupCommit<IStockCommand> stock, Request request) =>
                    stock.Ask(http, request, (Promised given) => TypedResults.Created((string?)null, given))
            )
            .Needs(InventoryPermissions.Reserve)
            .Together<Promised>()
            .WithSummary("Reserve stock for a demand, every line or none");

    /// <summary>The promises, new or found, or why there is none.</summary>
    public static Task<IReadOnlyList<Verdict<Promised>>> Run(Db db, IReadOnlyList<Request> requests) =>
        StockBook.Now<Promised>(db, requests);
}

/// <summary>One promised place as the answer shows it.</summary>
public sealed record PromisedLine(Guid ItemId, string ItemCode, Guid WarehouseId, string WarehouseCode, decimal Quantity);

/// <summary>What a demand was promised, and whether the promise is open or released.</summary>
public sealed record Promised(Guid Id, Guid CompanyId, string Demand, string State, IReadOnlyList<PromisedLine> Lines);

/// <summary>One promised place and how much of it.</summary>
public sealed record ReservationLine(Guid ItemId, Guid WarehouseId, decimal Quantity);

/// <summary>Stock was promised.</summary>
[EventType("StockReserved", 1)]
public sealed record StockReserved(Guid CompanyId, Guid ReservationId, string Demand, IReadOnlyList<ReservationLine> Lines)
    : IEvent
{
    public string Aggregate => $"reservation/{ReservationId:N}";
}
