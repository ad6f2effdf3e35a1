using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;
using Millrace.Work;

namespace Millrace.Inventory;

/// <summary>
/// Decides about an adjustment that waits: Work judges and records, the adjustment is posted or rejected, in one commit.
/// When the stock is no longer there, the approval is not given either.
/// </summary>
public static class DecideAdjustment
{
    public sealed record Request(
        Guid ApprovalId,
        [Required, OneOf("approve", "reject")] string Decision,
        [Text(500, MayBeEmpty = true)] string? Comment = null
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/stock-adjustments/{id:guid}/approval",
                async (HttpContext http, Db db, Guid id, Request request) =>
                {
                    await Run(db, id, request, Caller.Required(http).Actor);
                    return await Adjustments.Show(db, id, db.Scope.Actor);
                }
            )
            .Needs(WorkPermissions.Decide)
            .Once()
            .WithSummary("Approve or reject an adjustment that waits for you");

    public static async Task<ApprovalOutcome> Run(Db db, Guid id, Request request, Guid actor)
    {
        var (head, lines) = await Adjustments.Lock(db, id);
        ApprovalDecision decision = new(
            Adjustments.DocumentType,
            id,
            request.ApprovalId,
            actor,
            request.Decision == "approve",
            request.Comment ?? ""
        );
        var outcome = (await Approvals.Decide(db, [decision]))[0].Result;
        if (outcome.State == "approved")
            await PostAdjustment.Run(db, head, lines);
        else if (outcome.State == "rejected")
            await db.Execute(
                $"update inventory.adjustment set state = 'rejected', version = version + 1 where adjustment_id = {id}"
            );
        return outcome;
    }
}
