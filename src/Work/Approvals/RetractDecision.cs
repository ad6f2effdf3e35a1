using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>
/// Takes back one's own approval while nothing has followed from it: the document still waits, and nobody has decided since.
/// </summary>
public static class RetractDecision
{
    public sealed record Result(Guid ApprovalId, int Step);

    internal sealed record Brief(string Kind, int Step, Guid Actor);

    private sealed record Row(Guid CompanyId, string DocumentType, Guid DocumentId, string State, string Steps);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/approvals/{id:guid}/retraction",
                (HttpContext http, Db db, Guid id) => Run(db, id, Caller.Required(http).Actor)
            )
            .Needs(WorkPermissions.Decide)
            .Once()
            .WithSummary("Take back your own approval while the document still waits");

    /// <summary>The step whose approval can be taken back: the last thing that happened is this person's approval.</summary>
    internal static int? StandsOf(IEnumerable<Brief> history, Guid actor) =>
        history.LastOrDefault() is { Kind: "approved" } last && last.Actor == actor ? last.Step : null;

    private static async Task<Result> Run(Db db, Guid id, Guid actor)
    {
        var row =
            await db.Find<Row>(
                $"""
                select company_id, document_type, document_id, state, steps::text as steps
                from work.approval where approval_id = {id} for update
                """
            ) ?? throw Refused.Missing("approval", id);
        var history = await db.Query<Brief>(
            $"select kind, step, actor from work.approval_history where approval_id = {id} order by entry_id limit 500"
        );
        if (row.State != ApprovalState.Pending || StandsOf(history, actor) is not { } step)
            throw new Refused(
                "approval.cannot_retract",
                row.State == ApprovalState.Pending
                    ? "Your approval is not the last thing that happened here, so it can no longer be taken back."
                    : $"This approval is {row.State} and its document was dealt with, so nothing can be taken back."
            );
        await db.Execute(
            $"""
            update work.approval set step = {step}, escalated = false, escalates_at = null where approval_id = {id}
            """
        );
        await ApprovalSteps.Time(
            db,
            id,
            step,
            JsonSerializer.Deserialize<List<ApprovalStep>>(row.Steps, Wire.Options)![step - 1]
        );
        await ApprovalRecord.Add(db, [new(id, "retracted", step, actor, actor, [], "")]);
        await db.Publish(
            new ApprovalDecided(
                row.CompanyId,
                id,
                row.DocumentType,
                row.DocumentId,
                "retracted",
                ApprovalState.Pending,
                step,
                actor
            )
        );
        return new Result(id, step);
    }
}
