using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Takes goods out of a warehouse, but never what is promised to somebody else: every line or none.</summary>
public static class IssueStock
{
    public sealed record Request(
        Guid WarehouseId,
        DateOnly Date,
        [Required, OneOf("consumption", "sale", "scrap")] string Reason,
        [Required, Length(1, 500), Filled] IReadOnlyList<MoveStock.Line> Lines,
        [Text(100, MayBeEmpty = true)] string? Reference = null
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/issues",
                async Task<Created<MoveStock.Document>> (Db db, Request request) =>
                    TypedResults.Created((string?)null, (await Run(db, [request]))[0].Result)
            )
            .Needs(InventoryPermissions.Issue)
            .Once()
            .WithSummary("Issue goods from a warehouse");

    public static Task<IReadOnlyList<Verdict<MoveStock.Document>>> Run(Db db, IReadOnlyList<Request> requests) =>
        MoveStock.Run(
            db,
            MovementKind.Issue,
            [
                .. requests.Select(one => new MoveStock.Request(
                    one.WarehouseId,
                    one.Date,
                    one.Reason,
                    one.Reference ?? "",
                    one.Lines
                )),
            ]
        );
}
