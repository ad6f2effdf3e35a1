using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>The record of all of it: appended in one statement, never changed.</summary>
internal static class ApprovalRecord
{
    internal sealed record Entry(
        Guid ApprovalId,
        string Kind,
        int Step,
        Guid Actor,
        Guid StandsFor,
        IReadOnlyList<int> Fits,
        string Comment
    );

    internal static async Task Add(Db db, IReadOnlyList<Entry> entries)
    {
        // An array of arrays must be even in PostgreSQL: the approvers a decision fits travel as text.
        await db.Execute(
            $"""
            insert into work.approval_history (tenant_id, approval_id, kind, step, actor, stands_for, fits, comment)
            select {db.Scope.Tenant}, approval_id, kind, step, actor, stands_for, fits::int[], comment
            from unnest({entries.Select(one => one.ApprovalId).ToArray()}, {entries.Select(one => one.Kind).ToArray()},
                {entries.Select(one => one.Step).ToArray()}, {entries.Select(one => one.Actor).ToArray()},
                {entries.Select(one => one.StandsFor).ToArray()},
                {entries.Select(one => $"{{{string.Join(',', one.Fits)}}}").ToArray()},
                {entries.Select(one => one.Comment).ToArray()})
                with ordinality as e (approval_id, kind, step, actor, stands_for, fits, comment, n)
            order by n
            """
        );
    }
}
