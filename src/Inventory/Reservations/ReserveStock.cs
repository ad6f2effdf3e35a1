using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
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
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/reservations",
                async Task<Created<ListReservations.Reservation>> (Db db, Request request) =>
                    TypedResults.Created((string?)null, await ListReservations.One(db, (await Run(db, [request]))[0].Result))
            )
            .Needs(InventoryPermissions.Reserve)
            .Once()
            .WithSummary("Reserve stock for a demand, every line or none");

    /// <summary>The ids of the reservations, new or found, or why there is none.</summary>
    public static async Task<IReadOnlyList<Verdict<Guid>>> Run(Db db, IReadOnlyList<Request> requests)
    {
        var places = requests.SelectMany(one => one.Lines.Select(line => (line.ItemId, line.WarehouseId))).Distinct().ToList();
        var stock = await StockAtHand.Read(db, places, []);
        await stock.LockBalances(db, places, makeMissing: false);
        // Looked up after the locks: a twin that asked for the same stock has committed by now.
        var open = await OpenReservations.Read(db, requests);
        var verdicts = ReservationJudge.Judge(requests, stock, open);
        var fresh = verdicts.Where(one => one.Refusal is null).Select(one => one.Result).Where(one => one.IsNew).ToList();
        if (fresh.Count > 0)
        {
            await ReservationWriter.Write(db, fresh);
            await db.Publish([
                .. fresh.Select(one => new StockReserved(
                    one.Request.CompanyId,
                    one.Id,
                    one.Request.Demand,
                    ReservationLine.Of(one.Request)
                )),
            ]);
        }
        return [.. verdicts.Select(one => one.Refusal is { } refusal ? (Verdict<Guid>)refusal : one.Result.Id)];
    }
}

/// <summary>One promised place and how much of it.</summary>
public sealed record ReservationLine(Guid ItemId, Guid WarehouseId, decimal Quantity)
{
    internal static IReadOnlyList<ReservationLine> Of(ReserveStock.Request request) =>
        [
            .. request
                .Lines.GroupBy(line => (line.ItemId, line.WarehouseId))
                .Select(line => new ReservationLine(line.Key.ItemId, line.Key.WarehouseId, line.Sum(one => one.Quantity))),
        ];
}

/// <summary>Stock was promised.</summary>
[EventType("StockReserved", 1)]
public sealed record StockReserved(Guid CompanyId, Guid ReservationId, string Demand, IReadOnlyList<ReservationLine> Lines)
    : IEvent
{
    public string Aggregate => $"reservation/{ReservationId:N}";
}
