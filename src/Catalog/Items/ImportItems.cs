using System.Text.Json;
using Millrace.Kernel;

namespace Millrace.Catalog;

/// <summary>Items from a file, known again by their code. What the file has no column for stays as it is.</summary>
internal static class ImportItems
{
    internal static readonly ImportKind Kind = new(
        "items",
        new Words("Items", "Malzemeler"),
        CatalogPermissions.WriteItems,
        [
            new("code", new("Code", "Kod"), ColumnKind.Text, "PMP-100")
            {
                Key = true,
                Needed = true,
                Rules = [new TextAttribute(40)],
            },
            new("name", new("Name", "Ad"), ColumnKind.Text, "Pump housing") { Needed = true, Rules = [new TextAttribute(200)] },
            new("kind", new("Kind", "Tür"), ColumnKind.Choice, "Raw material") { Needed = true, Choices = ItemKind.Choices },
            new("unit", new("Unit", "Birim"), ColumnKind.Text, "pcs") { Needed = true, Rules = [new TextAttribute(12)] },
            new("tracking", new("Tracking", "İzleme"), ColumnKind.Choice, "Not tracked") { Choices = ItemTracking.Choices },
        ],
        new ImportWork(Write, Undo)
    )
    {
        FieldsOf = "item",
    };

    private sealed record Known(Guid Id, string Code, string Name, string Kind, string Unit, string Tracking, int Version);

    private sealed record Before(string Name, string Kind, string Unit, string Tracking = ItemTracking.None)
    {
        internal static Before Of(Known known) => new(known.Name, known.Kind, known.Unit, known.Tracking);
    }

    private sealed record Wanted(
        int No,
        Guid Id,
        string Code,
        string Name,
        string Kind,
        string Unit,
        string Tracking,
        Known? Known
    );

    private static async Task<ImportOutcome> Write(Db db, IReadOnlyList<ImportRow> rows, bool mayUpdate)
    {
        var codes = rows.Select(row => row.Text("code")).ToArray();
        // Locked in key order, so that two imports of the same items queue up.
        var known = (
            await db.Query<Known>(
                $"""
                select item_id as id, code, name, kind, unit, tracking, version from catalog.item where code = any ({codes})
                order by item_id for update
                """
            )
        ).ToDictionary(one => one.Code, StringComparer.Ordinal);
        var faults = new List<ImportFault>();
        var wanted = new List<Wanted>();
        var unchanged = new List<(int, Guid)>();
        foreach (var row in rows)
        {
            var (there, count) = (known.GetValueOrDefault(row.Text("code")), faults.Count);
            if (Judge(row, there, mayUpdate, faults) is { } one)
                wanted.Add(one);
            else if (there is not null && faults.Count == count)
                unchanged.Add((row.No, there.Id));
        }
        var made = await Insert(db, [.. wanted.Where(one => one.Known is null)], faults);
        var changed = await Update(db, [.. wanted.Where(one => one.Known is not null)]);
        return new ImportOutcome([.. made, .. changed], faults) { Unchanged = unchanged };
    }

    private static Wanted? Judge(ImportRow row, Known? known, bool mayUpdate, List<ImportFault> faults)
    {
        var code = row.Text("code");
        if (known is null)
        {
            var missing = Kind.Fields.Where(field => field.Needed && !row.Has(field.Name)).ToList();
            faults.AddRange(
                missing.Select(field => new ImportFault(
                    row.No,
                    field.Name,
                    "",
                    "needed",
                    $"{code} is new, and the file has no column for {field.Title.English}."
                ))
            );
            if (missing.Count > 0)
                return null;
        }
        else if (!mayUpdate)
        {
            faults.Add(new ImportFault(row.No, "code", code, "exists", $"{code} is there already, and this import only adds."));
            return null;
        }
        Wanted wanted = new(
            row.No,
            known?.Id ?? Guid.CreateVersion7(),
            code,
            row.Text("name", known?.Name ?? ""),
            row.Text("kind", known?.Kind ?? ""),
            row.Text("unit", known?.Unit ?? ""),
            row.Text("tracking", known?.Tracking ?? ItemTracking.None),
            known
        );
        return known is not null && Before.Of(known) == new Before(wanted.Name, wanted.Kind, wanted.Unit, wanted.Tracking)
            ? null
            : wanted;
    }

    private static async Task<IEnumerable<ImportEffect>> Insert(Db db, IReadOnlyList<Wanted> rows, List<ImportFault> faults)
    {
        if (rows.Count == 0)
            return [];
        var made = await db.Query<Guid>(
            $"""
            insert into catalog.item (tenant_id, item_id, code, name, kind, unit, tracking)
            select {db.Scope.Tenant}, item_id, code, name, kind, unit, tracking
            from unnest({Column(rows, one => one.Id)}, {Column(rows, one => one.Code)}, {Column(rows, one => one.Name)},
                {Column(rows, one => one.Kind)}, {Column(rows, one => one.Unit)}, {Column(rows, one => one.Tracking)})
                as i (item_id, code, name, kind, unit, tracking)
            order by code
            on conflict on constraint item_code do nothing
            returning item_id
            """
        );
        var there = made.ToHashSet();
        // Somebody else has taken the code since it was looked for.
        faults.AddRange(
            rows.Where(one => !there.Contains(one.Id))
                .Select(one => new ImportFault(
                    one.No,
                    "code",
                    one.Code,
                    "exists",
                    $"{one.Code} was just created by somebody else."
                ))
        );
        return rows.Where(one => there.Contains(one.Id)).Select(one => new ImportEffect(one.No, "created", one.Id, 1, null));
    }

    private static async Task<IEnumerable<ImportEffect>> Update(Db db, IReadOnlyList<Wanted> rows)
    {
        if (rows.Count == 0)
            return [];
        await db.Execute(
            $"""
            update catalog.item i set name = n.name, kind = n.kind, unit = n.unit, tracking = n.tracking, version = i.version + 1
            from unnest({Column(rows, one => one.Id)}, {Column(rows, one => one.Name)}, {Column(rows, one => one.Kind)},
                {Column(rows, one => one.Unit)}, {Column(rows, one => one.Tracking)}) as n (item_id, name, kind, unit, tracking)
            where i.item_id = n.item_id
            """
        );
        return rows.Select(one => new ImportEffect(
            one.No,
            "updated",
            one.Id,
            one.Known!.Version + 1,
            JsonSerializer.Serialize(Before.Of(one.Known), JsonSerializerOptions.Web)
        ));
    }

    private static async Task<IReadOnlyList<ImportFault>> Undo(Db db, IReadOnlyList<ImportEffect> effects)
    {
        var changed = effects.Where(one => one.Change == "updated").ToList();
        var before = changed.Select(one => JsonSerializer.Deserialize<Before>(one.Before!, JsonSerializerOptions.Web)!).ToList();
        var back = await db.Query<Guid>(
            $"""
            update catalog.item i set name = b.name, kind = b.kind, unit = b.unit, tracking = b.tracking, version = i.version + 1
            from unnest({Column(changed, one => one.Target)}, {Column(changed, one => one.Version)},
                {Column(before, one => one.Name)}, {Column(before, one => one.Kind)}, {Column(before, one => one.Unit)},
                {Column(before, one => one.Tracking)}) as b (item_id, version, name, kind, unit, tracking)
            where i.item_id = b.item_id and i.version = b.version
            returning i.item_id
            """
        );
        var made = effects.Where(one => one.Change == "created").ToList();
        back.AddRange(await Unmake.Run(db, made, Delete));
        var done = back.ToHashSet();
        return
        [
            .. effects
                .Where(one => !done.Contains(one.Target))
                .Select(one => new ImportFault(
                    one.No,
                    "code",
                    "",
                    "depends",
                    "This item was changed since, or something depends on it. Take that back first, or retire the item."
                )),
        ];
    }

    private static Task<List<Guid>> Delete(Db db, Guid[] items, int[] versions) =>
        db.Query<Guid>(
            $"""
            delete from catalog.item i using unnest({items}, {versions}) as d (item_id, version)
            where i.item_id = d.item_id and i.version = d.version
            returning i.item_id
            """
        );

    private static TValue[] Column<TRow, TValue>(IReadOnlyList<TRow> rows, Func<TRow, TValue> of) => [.. rows.Select(of)];
}
