using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Millrace.Kernel;

/// <summary>Asks for a trial, for the import itself, for its end, or for taking all of it back; a job does the work.</summary>
internal static class RunImport
{
    internal static void Map(IEndpointRouteBuilder api)
    {
        Step(api, "check", Check, "Try an import without keeping anything: every fault of every row at once");
        Step(api, "run", Run, "Import the rows of a file that was checked");
        Step(api, "undo", Undo, "Take a whole import back, while nothing else depends on it");
        Step(api, "cancellation", Cancel, "Stop an import; what is in stays and can be undone");
    }

    private static void Step(IEndpointRouteBuilder api, string name, Func<Db, Imports.Stored, Task> step, string summary) =>
        api.MapPost(
                $"/imports/{{id:guid}}/{name}",
                async (HttpContext http, Db db, ImportKinds kinds, Guid id) =>
                {
                    var import = await Imports.Lock(db, id);
                    kinds.Permitted(Caller.Required(http), import.Kind);
                    await step(db, import);
                    await Imports.Tell(db, id);
                    return await Imports.One(db, id);
                }
            )
            .Needs(Imports.Use)
            .Once()
            .WithSummary(summary);

    internal static async Task Check(Db db, Imports.Stored import)
    {
        if (import.State is not ("new" or "checked" or "failed") || import.RowsDone > 0)
            throw Imports.NotNow(import, "checked");
        await db.Execute($"delete from kernel.import_fault where import_id = {import.Id}");
        await Begin(db, import, "checking", new CheckRows(import.Id));
    }

    internal static async Task Run(Db db, Imports.Stored import)
    {
        if (import.State is not ("checked" or "stopped" or "failed"))
            throw Imports.NotNow(import, "run before it is checked");
        if (import.Faulty > 0 && !import.OnlyGood && import.RowsDone == 0)
            throw new Refused(
                "import.faulty",
                $"{import.Faulty} of {import.RowCount} rows have faults. Mend the file and send it again, or choose to import "
                    + "the good rows alone.",
                new { import.Faulty, import.RowCount }
            );
        var form = import.FileForm;
        await db.Execute(
            $"""
            insert into kernel.import_memory (tenant_id, kind, headings, form, mapping)
            values ({db.Scope.Tenant}, {import.Kind}, {SendFile.Signature(import.Rows[0])}, {Imports.AsJson(form)},
                {Imports.AsJson(import.Columns)})
            on conflict (tenant_id, kind, headings) do update set form = excluded.form, mapping = excluded.mapping,
                used_at = now()
            """
        );
        // Faults that come up now are those of the import itself.
        await db.Execute($"delete from kernel.import_fault where import_id = {import.Id} and row_no > {import.RowsDone}");
        await Begin(db, import, "running", new WriteRows(import.Id));
    }

    private static async Task Undo(Db db, Imports.Stored import)
    {
        if (import.State is not ("done" or "stopped" or "failed") || import.RowsDone == 0)
            throw Imports.NotNow(import, "undone");
        await db.Execute($"delete from kernel.import_fault where import_id = {import.Id}");
        await Begin(db, import, "undoing", new UndoRows(import.Id));
    }

    private static async Task Cancel(Db db, Imports.Stored import)
    {
        if (import.State is not ("checking" or "running"))
            throw Imports.NotNow(import, "stopped");
        await db.Execute(
            $"""
            update kernel.import set state = {(import.State == "running" ? "stopped" : "new")}, version = version + 1
            where import_id = {import.Id}
            """
        );
    }

    private static async Task Begin<TJob>(Db db, Imports.Stored import, string state, TJob job)
        where TJob : notnull
    {
        var counts = state == "undoing" ? 0 : 1;
        var jobId = await db.Enqueue(job, new JobOptions { MostAttempts = 3 });
        await db.Execute(
            $"""
            update kernel.import set state = {state}, job_id = {jobId}, error = null, ended_at = null, version = version + 1,
                rows_read = rows_done,
                faulty = case when rows_done = 0 and {counts} = 1 then 0 else faulty end,
                created = case when rows_done = 0 then 0 else created end,
                updated = case when rows_done = 0 then 0 else updated end,
                unchanged = case when rows_done = 0 then 0 else unchanged end
            where import_id = {import.Id}
            """
        );
    }
}

/// <summary>Tries all rows of an import and keeps only what is wrong with them.</summary>
[JobType("import.check")]
internal sealed record CheckRows(Guid ImportId);

/// <summary>Writes the rows of an import.</summary>
[JobType("import.run")]
internal sealed record WriteRows(Guid ImportId);

/// <summary>Takes back what an import has written.</summary>
[JobType("import.undo")]
internal sealed record UndoRows(Guid ImportId);
