namespace Millrace.Kernel;

/// <summary>
/// Reads the file of an import from its beginning, a thousand rows in each transaction. How far it is stands in the same
/// transaction as its rows, so an import that is taken up again after a crash goes on where it was, and writes nothing twice.
/// </summary>
internal sealed class ImportJobs(ImportKinds kinds)
{
    internal Task Check(JobRun run, CheckRows job) => Go(run, job.ImportId, "checking");

    internal Task Write(JobRun run, WriteRows job) => Go(run, job.ImportId, "running");

    private sealed record Tally(int Created, int Updated, int Unchanged, int Faulty)
    {
        internal static Tally Of(IReadOnlyList<ImportRow> rows, IReadOnlyList<ImportFault> faults, ImportOutcome outcome)
        {
            var created = outcome.Effects.Count(one => one.Change == "created");
            var updated = outcome.Effects.Count - created;
            var refused = outcome.Faults.Select(one => one.No).Distinct().Count();
            return new Tally(
                created,
                updated,
                rows.Count - created - updated - refused,
                refused + faults.Select(one => one.No).Distinct().Count()
            );
        }
    }

    private async Task Go(JobRun run, Guid id, string state)
    {
        var import = await Begin(run, id, state);
        if (import is null)
            return;
        try
        {
            await using var file = await Imports.Open(run, id);
            var total = await Count(run, id, file, import);
            var kind = await Kind(run, import);
            var reader = new RowReader(kind, import.FileForm, import.Columns);
            var read = 0;
            foreach (var rows in SheetRows.Read(file, import.FileForm).Skip(1).Chunk(Imports.RowsAtOnce))
            {
                run.Stop.ThrowIfCancellationRequested();
                read += rows.Length;
                var good = new List<ImportRow>();
                var faults = new List<ImportFault>();
                foreach (var (row, wrong) in rows.Select(reader.Read))
                    if (wrong.Count == 0)
                        good.Add(row);
                    else
                        faults.AddRange(wrong);
                // Rows of the part that was written before a crash are read again, for their keys, but not written.
                if (read > import.RowsDone && !await Batch(run, kind, import, state, new Piece(read, good, faults)))
                    return;
                await run.Progress(read, total);
            }
            await End(run, id, state);
        }
        catch (Refused no)
        {
            await Fail(run, id, no.Message);
        }
    }

    private sealed record Piece(int Read, List<ImportRow> Good, List<ImportFault> Faults);

    private static async Task<Imports.Stored?> Begin(JobRun run, Guid id, string state)
    {
        await using var db = run.Open();
        var import = await Imports.Lock(db, id);
        if (import.State != state)
            return null;
        if (state == "checking")
        {
            // A check that is taken up again after a crash begins anew.
            await db.Execute($"delete from kernel.import_fault where import_id = {id}");
            await db.Execute(
                $"update kernel.import set created = 0, updated = 0, unchanged = 0, faulty = 0 where import_id = {id}"
            );
            await db.Commit();
        }
        return import;
    }

    private static async Task<int> Count(JobRun run, Guid id, Stream file, Imports.Stored import)
    {
        var total = SheetRows.Read(file, import.FileForm).Count() - 1;
        if (total > Imports.MostRows)
            throw new Refused(
                "import.unreadable",
                $"The file has {total} rows; there may be {Imports.MostRows}. Send it in several files."
            );
        await using var db = run.Open();
        await db.Execute($"update kernel.import set row_count = {total} where import_id = {id}");
        await db.Commit();
        return total;
    }

    /// <summary>Writes, or only tries, some rows; says whether the import is to go on.</summary>
    private static async Task<bool> Batch(JobRun run, ImportKind kind, Imports.Stored import, string state, Piece piece)
    {
        ImportOutcome outcome;
        if (state == "checking")
        {
            await using var trial = run.Open();
            outcome = await Write(trial, kind, piece, import);
        }
        else
            outcome = new ImportOutcome([], []);
        await using var db = run.Open();
        if ((await Imports.Lock(db, import.Id)).State != state)
            return false;
        if (state == "running")
        {
            outcome = await Write(db, kind, piece, import);
            await KeepEffects(db, import.Id, outcome.Effects);
        }
        await KeepFaults(db, import.Id, [.. piece.Faults, .. outcome.Faults]);
        var tally = Tally.Of(piece.Good, piece.Faults, outcome);
        var done = state == "running" ? piece.Read : 0;
        await db.Execute(
            $"""
            update kernel.import set created = created + {tally.Created}, updated = updated + {tally.Updated},
                unchanged = unchanged + {tally.Unchanged}, faulty = faulty + {tally.Faulty}, rows_read = {piece.Read},
                rows_done = {done}
            where import_id = {import.Id}
            """
        );
        await Imports.Tell(db, import.Id);
        await db.Commit();
        return true;
    }

    private async Task<ImportKind> Kind(JobRun run, Imports.Stored import)
    {
        await using var db = run.Open();
        return await ImportFields.With(db, kinds.Known(import.Kind));
    }

    private static async Task<ImportOutcome> Write(Db db, ImportKind kind, Piece piece, Imports.Stored import)
    {
        var outcome = await kind.Work.Write(db, piece.Good, import.MayUpdate);
        return outcome with { Effects = await ImportFields.Fill(db, kind, piece.Good, outcome) };
    }

    internal static async Task KeepFaults(Db db, Guid id, IReadOnlyList<ImportFault> faults)
    {
        if (faults.Count == 0)
            return;
        // Enough to mend a file by; how many rows are faulty is counted beside it.
        await db.Execute(
            $"""
            insert into kernel.import_fault (tenant_id, import_id, row_no, fault_no, field, value, code, message)
            select {db.Scope.Tenant}, {id}, no, row_number() over (partition by no), field, left(value, 200), code, message
            from unnest({faults.Select(one => one.No).ToArray()}, {faults.Select(one => one.Field).ToArray()},
                {faults.Select(one => one.Value).ToArray()}, {faults.Select(one => one.Code).ToArray()},
                {faults.Select(one => one.Message).ToArray()}) as f (no, field, value, code, message)
            where (select count(*) from kernel.import_fault where import_id = {id}) < {Imports.MostFaults}
            """
        );
    }

    private static async Task KeepEffects(Db db, Guid id, IReadOnlyList<ImportEffect> effects)
    {
        if (effects.Count == 0)
            return;
        await db.Execute(
            $"""
            insert into kernel.import_effect (tenant_id, import_id, row_no, change, target, version, before, fields_before,
                fields_version)
            select {db.Scope.Tenant}, {id}, no, change, target, version, before::jsonb, fields_before::jsonb, fields_version
            from unnest({effects.Select(one => one.No).ToArray()}, {effects.Select(one => one.Change).ToArray()},
                {effects.Select(one => one.Target).ToArray()}, {effects.Select(one => one.Version).ToArray()},
                {effects.Select(one => one.Before).ToArray()}, {effects.Select(one => one.FieldsBefore).ToArray()},
                {effects.Select(one => one.FieldsVersion).ToArray()})
                as e (no, change, target, version, before, fields_before, fields_version)
            """
        );
    }

    private static async Task End(JobRun run, Guid id, string state)
    {
        await using var db = run.Open();
        await db.Execute(
            $"""
            update kernel.import set state = {(state == "checking" ? "checked" : "done")}, ended_at = now(), version = version + 1
            where import_id = {id} and state = {state}
            """
        );
        // What came by itself goes on by itself, unless a person has to look.
        if (await Imports.Lock(db, id) is { State: "checked", ByItself: true } import && (import.Faulty == 0 || import.OnlyGood))
            await RunImport.Run(db, import);
        await Imports.Tell(db, id);
        await run.Done(db);
        await db.Commit();
    }

    internal static async Task Fail(JobRun run, Guid id, string why)
    {
        await using var db = run.Open();
        await db.Execute(
            $"""
            update kernel.import set state = 'failed', error = {why}, ended_at = now(), version = version + 1
            where import_id = {id}
            """
        );
        await Imports.Tell(db, id);
        await run.Done(db);
        await db.Commit();
    }

    /// <summary>All or nothing: one transaction takes back every row, the last one first.</summary>
    internal async Task Undo(JobRun run, UndoRows job)
    {
        var import = await Begin(run, job.ImportId, "undoing");
        if (import is null)
            return;
        var faults = new List<ImportFault>();
        await using (var db = run.Open())
        {
            for (var before = int.MaxValue; faults.Count < 100; )
            {
                var effects = await db.Query<ImportEffect>(
                    $"""
                    select row_no as no, change, target, version, before::text as before,
                        fields_before::text as fields_before, fields_version
                    from kernel.import_effect
                    where import_id = {import.Id} and row_no < {before} order by row_no desc limit {Imports.RowsAtOnce}
                    """
                );
                if (effects.Count == 0)
                    break;
                run.Stop.ThrowIfCancellationRequested();
                var kind = kinds.Known(import.Kind);
                faults.AddRange(await ImportFields.Undo(db, kind, effects));
                faults.AddRange(await kind.Work.Undo(db, [.. effects.Where(one => one.Change != "filled")]));
                before = effects[^1].No;
            }
            if (faults.Count == 0)
            {
                await db.Execute($"delete from kernel.import_effect where import_id = {import.Id}");
                await db.Execute(
                    $"""
                    update kernel.import set state = 'undone', ended_at = now(), version = version + 1
                    where import_id = {import.Id}
                    """
                );
                await Imports.Tell(db, import.Id);
                await run.Done(db);
                await db.Commit();
                return;
            }
        }
        await Refuse(run, import, faults);
    }

    private static async Task Refuse(JobRun run, Imports.Stored import, List<ImportFault> faults)
    {
        await using var db = run.Open();
        await KeepFaults(db, import.Id, faults);
        await db.Execute(
            $"""
            update kernel.import set state = 'done', ended_at = now(), version = version + 1,
                error = {$"{faults.Count} rows cannot be taken back any more. Nothing was undone; each is named below."}
            where import_id = {import.Id}
            """
        );
        await Imports.Tell(db, import.Id);
        await run.Done(db);
        await db.Commit();
    }
}
