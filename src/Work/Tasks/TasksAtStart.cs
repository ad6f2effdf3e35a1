using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>One's own open tasks on the start page: those of today and without a day, and those that are late.</summary>
internal static class TasksAtStart
{
    internal static readonly StartCard Due = new(
        "tasks",
        new Words("Your tasks", "Görevleriniz"),
        StartQuestion.Mine,
        WorkPermissions.Use,
        ask => Open(ask, $"(due_on is null or due_on >= {ask.Today})")
    );

    internal static readonly StartCard Late = new(
        "lateTasks",
        new Words("Your tasks whose day is over", "Günü geçen görevleriniz"),
        StartQuestion.Late,
        WorkPermissions.Use,
        ask => Open(ask, $"due_on < {ask.Today}")
    );

    private static Sql Open(StartAsk ask, Sql when) =>
        $"""
            select null as type, null as id, title, coalesce(to_char(due_on, 'YYYY-MM-DD'), '') as detail, null::timestamptz as at
            from work.task where assignee_id = {ask.Me} and done_at is null and {when}
            order by due_on nulls last, task_id
            """;
}
