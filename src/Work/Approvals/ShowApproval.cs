using System.Text.Json;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>How the approval of a document stands and the record of everything about it, for the document's screen.</summary>
public static class ShowApproval
{
    public sealed record Entry(string Kind, int Step, string ActorName, string? StandsForName, string Comment, DateTime At);

    public sealed record Waiting(string Kind, string Name);

    public sealed record Trail(
        Guid Id,
        string State,
        int Step,
        int Steps,
        string Needs,
        IReadOnlyList<Waiting> WaitsFor,
        DateTime? EscalatesAt,
        bool MayDecide,
        bool MayWithdraw,
        bool MayRetract,
        IReadOnlyList<Entry> History
    );

    private sealed record Row(
        Guid Id,
        string State,
        int Step,
        string Steps,
        Guid[] Authors,
        DateTime? EscalatesAt,
        bool Escalated
    );

    private sealed record Past(Guid ApprovalId, string Kind, int Step, Guid Actor, Guid StandsFor, string Comment, DateTime At);

    /// <summary>Nothing when nobody was ever asked about the document.</summary>
    public static async Task<Trail?> Of(Db db, string documentType, Guid documentId, Guid caller)
    {
        var row = await db.Find<Row>(
            $"""
            select approval_id as id, state, step, steps::text as steps, authors, escalates_at, escalated
            from work.approval where document_type = {documentType} and document_id = {documentId}
            order by approval_id desc limit 1
            """
        );
        if (row is null)
            return null;
        var history = await db.Query<Past>(
            $"""
            select h.approval_id, h.kind, h.step, h.actor, h.stands_for, h.comment, h.at
            from work.approval_history h join work.approval a using (tenant_id, approval_id)
            where a.document_type = {documentType} and a.document_id = {documentId}
            order by h.entry_id limit 500
            """
        );
        var steps = JsonSerializer.Deserialize<List<ApprovalStep>>(row.Steps, Wire.Options)!;
        var current = steps[row.Step - 1];
        IReadOnlyList<Approver> asked =
            row.Escalated && current.EscalateTo is { } to ? [.. current.Approvers, to] : current.Approvers;
        var names = await MemberFacts.Names(
            db,
            history.SelectMany(one => new[] { one.Actor, one.StandsFor }).Concat(asked.Select(one => one.Id))
        );
        string Name(Guid id) => names.GetValueOrDefault(id) ?? "";
        var pending = row.State == ApprovalState.Pending;
        return new Trail(
            row.Id,
            row.State,
            row.Step,
            steps.Count,
            current.Needs,
            pending ? [.. asked.Select(one => new Waiting(one.Kind, Name(one.Id)))] : [],
            row.EscalatesAt,
            pending && (await ListInbox.Of(db, caller)).Any(one => one.ApprovalId == row.Id),
            pending && row.Authors.Contains(caller),
            pending && RetractDecision.StandsOf(history.Where(one => one.ApprovalId == row.Id).Select(Brief), caller) is not null,
            [
                .. history.Select(one => new Entry(
                    one.Kind,
                    one.Step,
                    Name(one.Actor),
                    one.StandsFor == one.Actor ? null : Name(one.StandsFor),
                    one.Comment,
                    one.At
                )),
            ]
        );
    }

    private static RetractDecision.Brief Brief(Past one) => new(one.Kind, one.Step, one.Actor);
}
