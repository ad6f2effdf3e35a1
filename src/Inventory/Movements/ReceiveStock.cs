using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
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
        [Text(100, MayBeEmpty = true)] string? Reference = null
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/receipts",
                async Task<Created<MoveStock.Document>> (Db db, Request request) =>
                    TypedResults.Created((string?)null, (await Run(db, [request]))[0].Result)
            )
            .Needs(InventoryPermissions.Receive)
            .Once()
            .WithSummary("Receive goods into a warehouse");

    public static Task<IReadOnlyList<Verdict<MoveStock.Document>>> Run(Db db, IReadOnlyList<Request> requests) =>
        MoveStock.Run(
            db,
            MovementKind.Receipt,
            [.. requests.Select(one => new MoveStock.Request(one.WarehouseId, one.Date, "", one.Reference ?? "", one.Lines))]
        );
}
