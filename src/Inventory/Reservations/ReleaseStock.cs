using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Takes promises back, so that the stock is free again. Releasing what is released changes nothing.</summary>
public static class ReleaseStock
{
    public sealed record Request(Guid Id) : IStockCommand;

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/reservations/{id:guid}/release",
                (HttpContext http, GroupCommit<IStockCommand> stock, Guid id) =>
                    stock.Ask(http, new Request(id), (Promised released) => TypedResults.Ok(released))
            )
            .Needs(InventoryPermissions.Reserve)
            .Together<Promised>(StatusCodes.Status200OK)
            .WithSummary("Release a reservation");

    public static Task<IReadOnlyList<Verdict<Promised>>> Run(Db db, IReadOnlyList<Guid> reservations) =>
        StockBook.Now<Promised>(db, reservations.Select(id => new Request(id)));
}

/// <summary>A promise was taken back.</summary>
[EventType("StockReleased", 1)]
public sealed record StockReleased(Guid CompanyId, Guid ReservationId, IReadOnlyList<ReservationLine> Lines) : IEvent
{
    public string Aggregate => $"reservation/{ReservationId:N}";
}
