using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Takes promises back, whole or a part of them, so that the stock is free for who waits, or for anybody. Releasing what is
/// released changes nothing.
/// </summary>
public static class ReleaseStock
{
    public sealed record Line(Guid ItemId, Guid WarehouseId, [Quantity] decimal Quantity);

    public sealed record Reduction([Required, Length(1, 500), Filled] IReadOnlyList<Line> Lines);

    /// <summary>Without lines, all of it.</summary>
    internal sealed record Command(Guid Id, IReadOnlyList<ReservationLine>? Lines = null) : IStockCommand;

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost(
                "/reservations/{id:guid}/release",
                (HttpContext http, GroupCommit<IStockCommand> stock, Guid id) =>
                    stock.Ask(http, new Command(id), (Promised released) => TypedResults.Ok(released))
            )
            .Needs(InventoryPermissions.Reserve)
            .Together<Promised>(StatusCodes.Status200OK)
            .WithSummary("Release a reservation");
        api.MapPost(
                "/reservations/{id:guid}/reduction",
                (HttpContext http, GroupCommit<IStockCommand> stock, Guid id, Reduction request) =>
                    stock.Ask(http, CommandOf(id, request), (Promised left) => TypedResults.Ok(left))
            )
            .Needs(InventoryPermissions.Reserve)
            .Together<Promised>(StatusCodes.Status200OK)
            .WithSummary("Release a part of a reservation");
    }

    public static Task<IReadOnlyList<Verdict<Promised>>> Run(Db db, IReadOnlyList<Guid> reservations) =>
        StockBook.Now<Promised>(db, reservations.Select(id => new Command(id)));

    private static Command CommandOf(Guid id, Reduction request) =>
        new(id, [.. request.Lines.Select(line => new ReservationLine(line.ItemId, line.WarehouseId, line.Quantity))]);
}

/// <summary>A promise was taken back, or the part of it that the lines say.</summary>
[EventType("StockReleased", 1)]
public sealed record StockReleased(Guid CompanyId, Guid ReservationId, IReadOnlyList<ReservationLine> Lines) : IEvent
{
    public string Aggregate => $"reservation/{ReservationId:N}";
}
