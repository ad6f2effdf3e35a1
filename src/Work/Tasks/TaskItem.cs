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
    Guid[] TagIds,
    string Customer,
    string? DocumentType,
    Guid? DocumentId,
    string? DocumentTitle,
    DateTime? DoneAt,
    DateTime CreatedAt,
    int Version
)
{
    internal static readonly Sql Assignee =
        $"(select m.name from identity.v_member m where m.tenant_id = t.tenant_id and m.person_id = t.assignee_id)";

    internal static readonly Sql Row = $"""
        t.task_id as id, t.title, t.note, t.due_on, t.assignee_id, {Assignee} as assignee_name, t.project_id, t.category_id,
        array(select tag_id from work.task_tag g where g.tenant_id = t.tenant_id and g.task_id = t.task_id order by tag_id)
            as tag_ids,
        t.customer, t.document_type, t.document_id,
        (select d.title from work.document d where d.tenant_id = t.tenant_id and d.document_type = t.document_type
            and d.document_id = t.document_id) as document_title,
        t.done_at, t.created_at, t.version
        """;

    internal static async Task<TaskItem> One(Db db, Guid id) =>
        await db.Find<TaskItem>($"select {Row} from work.task t where t.task_id = {id}") ?? throw Refused.Missing("task", id);
}
