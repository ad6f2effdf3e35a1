using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>Things to do: plain rows that everybody in the organisation sees and changes.</summary>
public static class Tasks
{
    public sealed record Request(
        [Required, Text(200)] string Title,
        [Text(4000, MayBeEmpty = true, ManyLines = true)] string? Note = null,
        DateOnly? DueOn = null,
        Guid? AssigneeId = null,
        Guid? ProjectId = null,
        Guid? CategoryId = null,
        [Length(0, 20)] IReadOnlyList<Guid>? TagIds = null,
        [Text(200, MayBeEmpty = true)] string? Customer = null,
        [Text(40)] string? DocumentType = null,
        Guid? DocumentId = null
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        ListTasks.Map(api);
        api.MapGet("/tasks/{id:guid}", Show).Needs(WorkPermissions.Use).Reads().ProducesProblem(404).WithSummary("One task");
        api.MapPost(
                "/tasks",
                async Task<Created<TaskItem>> (HttpContext http, Db db, DocumentTypes types, Request request) =>
                {
                    await Link(http, db, types, request);
                    return TypedResults.Created((string?)null, await Create(db, request));
                }
            )
            .Needs(WorkPermissions.Use)
            .Once()
            .WithSummary("Create a task");
        api.MapPut("/tasks/{id:guid}", Change)
            .Needs(WorkPermissions.Use)
            .Writes()
            .ProducesProblem(412)
            .ProducesProblem(428)
            .WithSummary("Change a task; If-Match names the version you have read");
        api.MapDelete("/tasks/{id:guid}", Delete)
            .Needs(WorkPermissions.Use)
            .Writes()
            .Produces(204)
            .WithSummary("Delete a task; its history stays");
        api.MapPost("/tasks/{id:guid}/completion", (Db db, Guid id) => Complete(db, id, done: true))
            .Needs(WorkPermissions.Use)
            .Once()
            .WithSummary("Mark a task as done");
        api.MapPost("/tasks/{id:guid}/reopening", (Db db, Guid id) => Complete(db, id, done: false))
            .Needs(WorkPermissions.Use)
            .Once()
            .WithSummary("Take a task up again");
    }

    public static async Task<TaskItem> Create(Db db, Request request)
    {
        await Check(db, request);
        var id = Guid.CreateVersion7();
        await db.Execute(
            $"""
            insert into work.task (tenant_id, task_id, title, note, due_on, assignee_id, project_id, category_id, customer,
                document_type, document_id, created_by)
            values ({db.Scope.Tenant}, {id}, {request.Title}, {request.Note ?? ""}, {request.DueOn}, {request.AssigneeId},
                {request.ProjectId}, {request.CategoryId}, {request.Customer ?? ""}, {request.DocumentType},
                {request.DocumentId}, {db.Scope.Actor})
            """
        );
        await Tag(db, id, request.TagIds);
        if (request.AssigneeId is { } assignee)
            await Notify.Send(db, [new(assignee, "task", "task", id, request.Title, "")]);
        return await TaskItem.One(db, id);
    }

    private static async Task<TaskItem> Show(HttpContext http, Db db, Guid id)
    {
        var task = await TaskItem.One(db, id);
        Versions.Show(http, task.Version);
        return task;
    }

    private static async Task<TaskItem> Change(HttpContext http, Db db, DocumentTypes types, Guid id, Request request)
    {
        var expected = Versions.Expected(http);
        await Link(http, db, types, request);
        await Check(db, request);
        var before = await TaskItem.One(db, id);
        var changed = await db.Execute(
            $"""
            update work.task set title = {request.Title}, note = {request.Note ?? ""}, due_on = {request.DueOn},
                assignee_id = {request.AssigneeId}, project_id = {request.ProjectId}, category_id = {request.CategoryId},
                customer = {request.Customer ?? ""}, document_type = {request.DocumentType},
                document_id = {request.DocumentId}, version = version + 1
            where task_id = {id} and version = {expected}
            """
        );
        if (changed == 0)
            throw Versions.Changed("task");
        await db.Execute($"delete from work.task_tag where task_id = {id}");
        await Tag(db, id, request.TagIds);
        if (request.AssigneeId is { } assignee && assignee != before.AssigneeId)
            await Notify.Send(db, [new(assignee, "task", "task", id, request.Title, "")]);
        var task = await TaskItem.One(db, id);
        Versions.Show(http, task.Version);
        return task;
    }

    private static async Task<TaskItem> Complete(Db db, Guid id, bool done)
    {
        await db.Execute(
            $"""
            update work.task set done_at = case when {done} then coalesce(done_at, clock_timestamp()) end, version = version + 1
            where task_id = {id}
            """
        );
        return await TaskItem.One(db, id);
    }

    private static async Task<IResult> Delete(Db db, Guid id)
    {
        await TaskItem.One(db, id);
        await db.Execute($"delete from work.task_tag where task_id = {id}");
        await db.Execute($"delete from work.task where task_id = {id}");
        return TypedResults.NoContent();
    }

    private static Task Tag(Db db, Guid id, IReadOnlyList<Guid>? tags) =>
        db.Execute(
            $"""
            insert into work.task_tag (tenant_id, task_id, tag_id)
            select {db.Scope.Tenant}, {id}, tag_id from unnest({(tags ?? []).Distinct().ToArray()}) as g (tag_id)
            """
        );

    /// <summary>The document a task is about is here, and the caller may see it.</summary>
    private static async Task Link(HttpContext http, Db db, DocumentTypes types, Request request)
    {
        if (request.DocumentType is null != request.DocumentId is null)
            throw Invalid.Field("documentId", "Give both documentType and documentId, or neither.");
        if (request is { DocumentType: { } type, DocumentId: { } document })
            await Documents.Show(db, [await Documents.Seen(http, db, types, type, document)]);
    }

    /// <summary>Everything else a task names is here.</summary>
    private static async Task Check(Db db, Request request)
    {
        if (request.DueOn is { Year: < 2000 or > 2199 })
            throw Invalid.Field("dueOn", "dueOn must be between 2000 and 2199.");
        if (request.AssigneeId is { } assignee && await MemberFacts.Members(db, [assignee]) is [])
            throw Refused.Missing("member", assignee);
        (string Kind, Guid Id)[] wanted =
        [
            .. (request.TagIds ?? []).Select(id => ("tag", id)),
            .. request.ProjectId is { } project ? [("project", project)] : Array.Empty<(string, Guid)>(),
            .. request.CategoryId is { } category ? [("category", category)] : Array.Empty<(string, Guid)>(),
        ];
        var kinds = wanted.Select(one => one.Kind).ToArray();
        var missing = await db.Query<Guid>(
            $"""
            select w.label_id from unnest({kinds}, {wanted.Select(one => one.Id).ToArray()}) as w (kind, label_id)
            where not exists (select from work.label l where l.kind = w.kind and l.label_id = w.label_id)
            """
        );
        if (missing is [var id, ..])
            throw Refused.Missing(wanted.First(one => one.Id == id).Kind, id);
    }
}
