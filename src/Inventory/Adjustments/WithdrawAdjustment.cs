using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;
using Millrace.Work;

namespace Millrace.Inventory;

/// <summary>Takes an adjustment back before it is decided; who submitted it can, and can change and submit it again.</summary>
public static class WithdrawAdjustment
{
    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/stock-adjustments/{id:guid}/withdrawal",
                async (Db db, Guid id) =>
                {
                    await Run(db, id);
                    return await Adjustments.Show(db, id, db.Scope.Actor);
                }
            )
            .Needs(InventoryPermissions.Adjust)
            .Once()
            .WithSummary("Withdraw an adjustment that waits for approval");

    public static async Task Run(Db db, Guid id)
    {
        var (head, _) = await Adjustments.Lock(db, id);
        if (head.State != "waiting")
            throw Adjustments.NotPossible(head, "withdrawn");
        await Approvals.Withdraw(db, Adjustments.DocumentType, id, db.Scope.Actor);
        await db.Execute(
            $"update inventory.adjustment set state = 'withdrawn', version = version + 1 where adjustment_id = {id}"
        );
    }
}
