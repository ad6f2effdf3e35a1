using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Promises stock to a demand: every line or none, or what is there while the rest waits. Asking again for a demand that has
/// its promise changes nothing. What is needed on a later day is promised from what comes until then, as far as it can be.
/// </summary>
public static class ReserveStock
{
    internal const int UsualPriority = 5;

    /// <summary>Without a bin and a lot, any goods of the warehouse will do.</summary>
    public sealed record Line(
        Guid ItemId,
        Guid WarehouseId,
        [Quantity] decimal Quantity,
        [Text(12)] string? Unit = null,
        [Text(40)] string? Bin = null,
        [Text(40)] string? Lot = null
    );

    public sealed record Request(
        Guid CompanyId,
        [Required, Text(80)] string Demand,
        [Required, Length(1, 500), Filled] IReadOnlyList<Line> Lines,
        [OneOf("refuse", "wait")] string? WhenShort = null,
        [Range(1, 9)] int? Priority = null,
        DateOnly? HeldUntil = null,
        DateOnly? NeededOn = null
    ) : IStockCommand
    {
        internal bool Waits => WhenShort == "wait";
    }

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/reservations",
                (HttpContext http, GroupCommit<IStockCommand> stock, Request request) =>
                    stock.Ask(http, request, (Promised given) => TypedResults.Created((string?)null, given))
            )
            .Needs(InventoryPermissions.Reserve)
            .Together<Promised>()
            .WithSummary("Reserve stock for a demand, every line or none, or wait for what is missing");

    /// <summary>The promises, new or found, or why there is none.</summary>
    public static Task<IReadOnlyList<Verdict<Promised>>> Run(Db db, IReadOnlyList<Request> requests) =>
        StockBook.Now<Promised>(db, requests);
}

/// <summary>One promised place as the answer shows it: what was asked for, and what became of it.</summary>
public sealed record PromisedLine(Guid ItemId, string ItemCode, Guid WarehouseId, string WarehouseCode, decimal Quantity)
{
    /// <summary>What is still to arrive.</summary>
    public decimal Waiting { get; init; }

    /// <summary>What comes with goods that are on their way, in time.</summary>
    public decimal Expected { get; init; }

    /// <summary>What was issued of it.</summary>
    public decimal Taken { get; init; }

    /// <summary>What was given back of it, while the rest stayed.</summary>
    public decimal Released { get; init; }

    /// <summary>What nobody else can have now.</summary>
    public decimal Held => Quantity - Waiting - Expected - Taken - Released;

    /// <summary>What of that is held in certain bins and of certain lots.</summary>
    public IReadOnlyList<Pin> Pins { get; init; } = [];

    internal decimal Pinned => Pins.Sum(pin => pin.Quantity);
}

/// <summary>What a demand was promised; whether that is there, on its way, waited for or released.</summary>
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
