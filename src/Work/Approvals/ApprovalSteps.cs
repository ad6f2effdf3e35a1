using System.Text.Json;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>Begins the current step of an approval: whom it waits for, until when, and that they are told.</summary>
internal static class ApprovalSteps
{
    private sealed record Row(Guid DocumentId, string DocumentType, string Title, int Step, string Steps, Guid[] Authors);

    internal static async Task Begin(Db db, Guid approval)
    {
        var row = await db.One<Row>(
            $"""
            select a.document_id, a.document_type, d.title, a.step, a.steps::text as steps, a.authors
            from work.approval a join work.document d using (tenant_id, document_type, document_id)
            where a.approval_id = {approval}
            """
        );
        var step = JsonSerializer.Deserialize<List<ApprovalStep>>(row.Steps, Wire.Options)![row.Step - 1];
        await Ask(db, approval, row.Step, step.Approvers);
        await Time(db, approval, row.Step, step);
        await Tell(db, "asked", row.DocumentType, row.DocumentId, row.Title, step.Approvers, row.Authors);
    }

    /// <summary>From now on the step has its time; a job looks when it has passed.</summary>
    internal static async Task Time(Db db, Guid approval, int at, ApprovalStep step)
    {
        if (step is not { EscalateAfterHours: { } hours, EscalateTo: not null })
            return;
        var due = await db.One<DateTime>(
            $"""
            update work.approval set escalates_at = clock_timestamp() + make_interval(hours => {hours})
            where approval_id = {approval}
            returning escalates_at
            """
        );
        await db.Enqueue(
            new EscalateApprovals.Job(approval),
            new JobOptions { Key = FormattableString.Invariant($"{approval:N}/{at}"), At = new DateTimeOffset(due) }
        );
    }

    internal static Task Ask(Db db, Guid approval, int step, IReadOnlyList<Approver> approvers) =>
        db.Execute(
            $"""
            insert into work.approval_asked (tenant_id, approval_id, step, kind, approver_id)
            select {db.Scope.Tenant}, {approval}, {step}, kind, approver_id
            from unnest({approvers.Select(one => one.Kind).ToArray()}, {approvers.Select(one => one.Id).ToArray()})
                as p (kind, approver_id)
            on conflict do nothing
            """
        );

    /// <summary>Everybody who could decide: the persons, the holders of the roles, and their delegates of today.</summary>
    internal static async Task Tell(
        Db db,
        string kind,
        string documentType,
        Guid documentId,
        string title,
        IReadOnlyList<Approver> approvers,
        IReadOnlyCollection<Guid> authors
    )
    {
        var roles = approvers.Where(one => one.Kind == "role").Select(one => one.Id);
        var persons = approvers
            .Where(one => one.Kind == "person")
            .Select(one => one.Id)
            .Concat(await MemberFacts.HoldersOf(db, roles))
            .Except(authors)
            .Distinct()
            .ToArray();
        var delegates = await db.Query<Guid>(
            $"""
            select distinct delegate_id from work.delegation
            where person_id = any ({persons}) and ended_at is null
                and now() >= begins_at and now() < expires_at
            """
        );
        await Notify.Send(
            db,
            [
                .. persons
                    .Concat(delegates)
                    .Except(authors)
                    .Distinct()
                    .Select(person => new Notice(person, kind, documentType, documentId, title, "")),
            ]
        );
    }
}
