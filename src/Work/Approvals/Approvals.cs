using System.Text.Json;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>
/// The engine that any module asks inside its own transaction. The module that owns a document decides with
/// <see cref="Decide"/>, writes its document and publishes, all in one commit.
/// </summary>
public static class Approvals
{
    private sealed record RuleRow(Guid Id, int Version, Guid? CompanyId, string Conditions, string Steps);

    private sealed record Open(Guid Id, Guid CompanyId, string State, int Step, int Steps, Guid[] Authors);

    /// <summary>Nothing when no rule fits; otherwise the approval that is pending now. Asking again changes nothing.</summary>
    public static async Task<PendingApproval?> Ask(Db db, ApprovalRequest request)
    {
        await Documents.Show(db, [new(request.DocumentType, request.DocumentId, request.CompanyId, request.Title)]);
        var before = await Latest(db, request.DocumentType, request.DocumentId);
        return before is { State: ApprovalState.Pending }
            ? new PendingApproval(before.Id, before.Step, before.Steps)
            : await Begin(db, request, before?.Authors ?? []);
    }

    /// <summary>
    /// The document is no longer what was asked about: a pending or given approval counts no more, and the rules are asked
    /// anew. Whoever asked before is still among those who may not approve.
    /// </summary>
    public static async Task<PendingApproval?> Changed(Db db, ApprovalRequest request)
    {
        await Documents.Show(db, [new(request.DocumentType, request.DocumentId, request.CompanyId, request.Title)]);
        var before = await Latest(db, request.DocumentType, request.DocumentId);
        if (before?.State is ApprovalState.Pending or ApprovalState.Approved)
            await Close(db, before, request.DocumentType, request.DocumentId, ApprovalState.Reopened, request.RequestedBy);
        return await Begin(db, request, before?.Authors ?? []);
    }

    /// <summary>Takes the question back; only who asked can, and only while nobody has decided for good.</summary>
    public static async Task Withdraw(Db db, string documentType, Guid documentId, Guid actor)
    {
        var open = await Latest(db, documentType, documentId);
        if (open?.State != ApprovalState.Pending)
            throw new Refused(
                "approval.not_pending",
                open is null
                    ? "No approval was asked for. There is nothing to withdraw."
                    : $"The approval is {open.State} already. There is nothing to withdraw.",
                new { open?.State }
            );
        if (!open.Authors.Contains(actor))
            throw new Refused("approval.not_yours", "Somebody else asked for this approval; only they can withdraw it.");
        await Close(db, open, documentType, documentId, ApprovalState.Withdrawn, actor);
    }

    /// <summary>Judges and records decisions. The caller writes what follows from them for its document.</summary>
    public static Task<IReadOnlyList<Verdict<ApprovalOutcome>>> Decide(Db db, IReadOnlyList<ApprovalDecision> decisions) =>
        DecideApprovals.Run(db, decisions);

    // The approval's row is locked before it is judged, after the document that its module has locked.
    private static Task<Open?> Latest(Db db, string documentType, Guid documentId) =>
        db.Find<Open>(
            $"""
            select approval_id as id, company_id, state, step, jsonb_array_length(steps) as steps, authors from work.approval
            where document_type = {documentType} and document_id = {documentId}
            order by approval_id desc limit 1
            for update
            """
        );

    private static async Task<PendingApproval?> Begin(Db db, ApprovalRequest request, IReadOnlyList<Guid> authors)
    {
        var rules = await db.Query<RuleRow>(
            $"""
            select rule_id as id, version, company_id, conditions::text as conditions, steps::text as steps
            from work.approval_rule
            where document_type = {request.DocumentType} and retired_at is null
            order by rank, rule_id limit 500
            """
        );
        var fits = ApprovalRuleJudge.FirstThatFits(rules.Select(Read), request.CompanyId, request.Attributes);
        if (fits is null)
            return null;
        var id = Guid.CreateVersion7();
        await db.Execute(
            $"""
            insert into work.approval (tenant_id, approval_id, document_type, document_id, company_id, rule_id, rule_version,
                attributes, steps, requested_by, authors)
            values ({db.Scope.Tenant}, {id}, {request.DocumentType}, {request.DocumentId}, {request.CompanyId}, {fits.Id},
                {fits.Version}, {Text(request.Attributes)}, {Text(fits.Steps)}, {request.RequestedBy},
                {authors.Append(request.RequestedBy).Distinct().ToArray()})
            """
        );
        await ApprovalRecord.Add(db, [new(id, "asked", 1, request.RequestedBy, request.RequestedBy, [], "")]);
        await db.Publish(new ApprovalAsked(request.CompanyId, id, request.DocumentType, request.DocumentId, 1, fits.Steps.Count));
        await ApprovalSteps.Begin(db, id);
        return new PendingApproval(id, 1, fits.Steps.Count);
    }

    private static async Task Close(Db db, Open open, string documentType, Guid documentId, string state, Guid actor)
    {
        await db.Execute(
            $"""
            update work.approval set state = {state}, closed_at = clock_timestamp(), escalates_at = null
            where approval_id = {open.Id}
            """
        );
        await ApprovalRecord.Add(db, [new(open.Id, state, open.Step, actor, actor, [], "")]);
        await db.Publish(new ApprovalClosed(open.CompanyId, open.Id, documentType, documentId, state));
    }

    private static ApprovalRuleJudge.Rule Read(RuleRow row) =>
        new(
            row.Id,
            row.Version,
            row.CompanyId,
            JsonSerializer.Deserialize<List<ApprovalCondition>>(row.Conditions, Wire.Options)!,
            JsonSerializer.Deserialize<List<ApprovalStep>>(row.Steps, Wire.Options)!
        );

    internal static Json Text<T>(T value) => new(JsonSerializer.Serialize(value, Wire.Options));
}
