using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>What is to be done, the first due first; what is done shows when one asks for it.</summary>
public static class ListTasks
{
    private static readonly ListColumn Id = new("id", new Words("Id", "Kimlik"), ColumnKind.Id, $"t.task_id")
    {
        Order = $"t.task_id",
        Unique = true,
        Hidden = true,
    };

    internal static readonly ListOf<TaskItem> List = new(
        "tasks",
        $"work.task t",
        TaskItem.Row,
        Id,
        [
            new("title", new("Task", "Görev"), ColumnKind.Text, $"t.title"),
            new("due", new("Due", "Son tarih"), ColumnKind.Date, $"t.due_on")
            {
                // As its index has it.
                Order = $"coalesce(t.due_on, '2200-01-01'::date)",
                Groups = true,
            },
            new("assignee", new("Who", "Kim"), ColumnKind.Text, TaskItem.Assignee) { Groups = true },
            new("project", new("Project", "Proje"), ColumnKind.Text, Label($"t.project_id")) { Groups = true },
            new("category", new("Category", "Kategori"), ColumnKind.Text, Label($"t.category_id")) { Groups = true },
            new(
                "tags",
                new("Tags", "Etiketler"),
                ColumnKind.Text,
                $"""
                (select string_agg(l.name, ', ' order by l.name) from work.task_tag g
                    join work.label l on l.tenant_id = g.tenant_id and l.label_id = g.tag_id
                    where g.tenant_id = t.tenant_id and g.task_id = t.task_id)
                """
            )
            {
                Hidden = true,
                Groups = true,
            },
            new("customer", new("Customer", "Müşteri"), ColumnKind.Text, $"t.customer") { Hidden = true, Groups = true },
            new("mine", new("Mine", "Benim"), ColumnKind.Flag, Mine) { Hidden = true },
            new("state", new("State", "Durum"), ColumnKind.Choice, State)
            {
                Hidden = true,
                Groups = true,
                Choices = [new("open", new("Open", "Açık")), new("done", new("Done", "Bitti"))],
            },
            new("done", new("Done on", "Bittiği an"), ColumnKind.Instant, $"t.done_at") { Hidden = true },
            new("created", new("Written", "Yazıldığı an"), ColumnKind.Instant, $"t.created_at") { Hidden = true },
            new("documentType", new("Kind of document", "Belge türü"), ColumnKind.Text, $"t.document_type")
            {
                Hidden = true,
                Groups = true,
            },
            new("documentId", new("Id of the document", "Belge kimliği"), ColumnKind.Id, $"t.document_id") { Hidden = true },
            new("projectId", new("Id of the project", "Proje kimliği"), ColumnKind.Id, $"t.project_id") { Hidden = true },
            Id,
        ]
    )
    {
        SearchedIn = $"kernel.fold(t.title || ' ' || t.customer)",
        SortedBy = "due",
        Usually = ("state", $"t.done_at is null"),
    };

    private static Sql Mine => $"coalesce(t.assignee_id = nullif(current_setting('app.actor', true), '')::uuid, false)";

    private static Sql State => $"case when t.done_at is null then 'open' else 'done' end";

    private static Sql Label(Sql id) =>
        $"(select l.name from work.label l where l.tenant_id = t.tenant_id and l.label_id = {id})";

    internal static void Map(IEndpointRouteBuilder api) => api.MapList("/tasks", List, WorkPermissions.Use, "Tasks");
}
