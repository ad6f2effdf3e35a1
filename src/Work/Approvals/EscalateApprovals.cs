using System.Text.Json;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>Asks somebody else as well where nobody has answered in time. Doing it again changes nothing.</summary>
public static class EscalateApprovals
{
    /// <summary>Comes up when the time of a step of this approval has passed.</summary>
    [JobType("work.escalate")]
    public sealed record Job(Guid ApprovalId);

    private sealed record Row(
        Guid Id,
        Guid CompanyId,
        string DocumentType,
        Guid DocumentId,
        string Title,
        int Step,
        string Steps,
        Guid[] Authors
    );

    internal static async Task Run(JobRun run)
    {
        await using var db = run.Open();
        var escalated = await Run(db);
        await run.Done(db, new { Escalated = escalated });
        await db.Commit();
    }

    /// <summary>Those of the tenant that are due by the database's clock; says how many were escalated.</summary>
    public static async Task<int> Run(Db db)
    {
        var due = await db.Query<Row>(
            $"""
            select a.approval_id as id, a.company_id, a.document_type, a.document_id, d.title, a.step, a.steps::text as steps,
                a.authors
            from work.approval a join work.document d using (tenant_id, document_type, document_id)
            where a.state = 'pending' and not a.escalated and a.escalates_at <= now()
            order by a.approval_id limit 200
            for update of a skip locked
            """
        );
        if (due.Count == 0)
            return 0;
        await db.Execute(
            $"""
            update work.approval set escalated = true, escalates_at = null
            where approval_id = any ({due.Select(one => one.Id).ToArray()})
            """
        );
        await ApprovalRecord.Add(
            db,
            [
                .. due.Select(one => new ApprovalRecord.Entry(
                    one.Id,
                    "escalated",
                    one.Step,
                    DbScope.System,
                    DbScope.System,
                    [],
                    ""
                )),
            ]
        );
        await db.Publish([
            .. due.Select(one => new ApprovalEscalated(one.CompanyId, one.Id, one.DocumentType, one.DocumentId, one.Step)),
        ]);
        foreach (var one in due)
        {
            var step = JsonSerializer.Deserialize<List<ApprovalStep>>(one.Steps, Wire.Options)![one.Step - 1];
            await ApprovalSteps.Ask(db, one.Id, one.Step, [step.EscalateTo!]);
            await ApprovalSteps.Tell(
                db,
                "escalated",
                one.DocumentType,
                one.DocumentId,
                one.Title,
                [step.EscalateTo!],
                one.Authors
            );
        }
        return due.Count;
    }
}
