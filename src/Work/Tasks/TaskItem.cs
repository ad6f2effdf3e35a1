using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>A task as lists and forms show it.</summary>
public sealed record TaskItem(
    Guid Id,
    string Title,
    string Note,
    DateOnly? DueOn,
    Guid? AssigneeId,
    string? AssigneeName,
    Guid? ProjectId,
    Guid? CategoryId,
    IReadOnlyList<Guid> TagIds,
    string Customer,
    string? DocumentType,
    Guid? DocumentId,
    string? DocumentTitle,
    DateTime? DoneAt,
    DateTime CreatedAt,
    int Version
)
{
    private sealed record Stored(
        Guid Id,
        string Title,
        string Note,
        DateOnly? DueOn,
        Guid? AssigneeId,
        Guid? ProjectId,
        Guid? CategoryId,
        Guid[] TagIds,
        string Customer,
        string? DocumentType,
        Guid? DocumentId,
        string? DocumentTitle,
        DateTime? DoneAt,
        DateTime CreatedAt,
        int Version
    );

    internal static async Task<TaskItem> One(Db db, Guid id) =>
        await Read(db, [id]) is [var task] ? task : throw Refused.Missing("task", id);

    /// <summary>The tasks of these ids, in their order; two statements whatever their number.</summary>
    internal static async Task<List<TaskItem>> Read(Db db, IReadOnlyList<Guid> ids)
    {
        var rows = await db.Query<Stored>(
            $"""
            select t.task_id as id, t.title, t.note, t.due_on, t.assignee_id, t.project_id, t.category_id,
                array(select tag_id from work.task_tag g where g.tenant_id = t.tenant_id and g.task_id = t.task_id
                    order by tag_id) as tag_ids,
                t.customer, t.document_type, t.document_id, d.title as document_title, t.done_at, t.created_at, t.version
            from unnest({ids.ToArray()}) with ordinality as wanted (task_id, n)
            join work.task t on t.tenant_id = (select kernel.tenant()) and t.task_id = wanted.task_id
            left join work.document d on d.tenant_id = t.tenant_id and d.document_type = t.document_type
                and d.document_id = t.document_id
            order by wanted.n
            """
        );
        var names = await MemberFacts.Names(db, rows.Select(one => one.AssigneeId).OfType<Guid>());
        return rows.ConvertAll(one => new TaskItem(
            one.Id,
            one.Title,
            one.Note,
            one.DueOn,
            one.AssigneeId,
            one.AssigneeId is { } assignee ? names.GetValueOrDefault(assignee) : null,
            one.ProjectId,
            one.CategoryId,
            one.TagIds,
            one.Customer,
            one.DocumentType,
            one.DocumentId,
            one.DocumentTitle,
            one.DoneAt,
            one.CreatedAt,
            one.Version
        ));
    }
}
