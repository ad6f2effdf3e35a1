using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;
using Millrace.Work;

namespace Millrace.Inventory;

/// <summary>Posts an adjustment, unless a rule wants somebody's approval first.</summary>
public static class SubmitAdjustment
{
    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/stock-adjustments/{id:guid}/submission",
                async (Db db, Guid id) =>
                {
                    var (head, _) = await Adjustments.Lock(db, id);
                    if (head.State is "posted" or "waiting")
                        throw Adjustments.NotPossible(head, "submitted again");
                    await Run(db, id);
                    return await Adjustments.Show(db, id, db.Scope.Actor);
                }
            )
            .Needs(InventoryPermissions.Adjust)
            .Once()
            .WithSummary("Submit an adjustment: it is posted at once, or asks for approval");

    internal static async Task Run(Db db, Guid id)
    {
        var (head, request) = await Adjustments.Lock(db, id);
        var priced = await DraftAdjustment.Price(db, request);
        var asked = await Approvals.Changed(db, RequestOf(head, priced, request, db.Scope.Actor));
        if (asked is null)
            await PostAdjustment.Run(db, head, request);
        else
            await db.Execute(
                $"""
                update inventory.adjustment set state = 'waiting', amount = {DraftAdjustment.Worth(priced)}, version = version + 1
                where adjustment_id = {id}
                """
            );
    }

    private static ApprovalRequest RequestOf(
        Adjustments.Head head,
        Movement priced,
        Adjustments.Request request,
        Guid requestedBy
    ) =>
        new(
            Adjustments.DocumentType,
            head.Id,
            head.Number,
            head.CompanyId,
            new ApprovalAttributes(
                // Gains and losses do not make up for each other: each is a difference somebody should look at.
                new Dictionary<string, decimal>(StringComparer.Ordinal)
                {
                    ["amount"] = DraftAdjustment.Worth(priced),
                    ["gain"] = priced.Lines.Where(one => one.Amount > 0).Sum(one => one.Amount),
                    ["loss"] = -priced.Lines.Where(one => one.Amount < 0).Sum(one => one.Amount),
                },
                new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
                {
                    ["category"] = [.. priced.Lines.Select(one => one.ItemKind).Distinct()],
                    ["reason"] = [.. request.Lines.Select(one => one.Reason).Distinct()],
                }
            ),
            requestedBy
        );
}
