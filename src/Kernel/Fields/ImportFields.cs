using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;

namespace Millrace.Kernel;

/// <summary>
/// The fields of one's own in a file: columns beside those of the module, filled for every row that stands, and given back when
/// the import is undone.
/// </summary>
internal static class ImportFields
{
    private sealed record Stored(Guid DocumentId, int Version, string Given);

    private sealed record Filled(Guid Id, string Given, string? Before, int Version);

    /// <summary>What can be imported, with the fields that the organisation has now.</summary>
    internal static async Task<ImportKind> With(Db db, ImportKind kind) =>
        kind.FieldsOf is not { } type
            ? kind
            : kind with
            {
                Fields = [.. kind.Fields, .. (await Field.Of(db, type)).Where(one => one.RetiredAt is null).Select(ImportField)],
            };

    private static ImportField ImportField(Field field) =>
        new(
            Field.Prefix + field.Name,
            new Words(field.TitleEn, field.TitleTr),
            field.ColumnKind,
            field.Kind switch
            {
                "number" => "12.5",
                "date" => "2026-11-20",
                "flag" => "yes",
                "choice" => field.Choices[0],
                _ => "",
            }
        )
        {
            Choices = field.ShownChoices,
            Rules = [new RuleOf(field)],
        };

    /// <summary>The same rule that the field has on its screen.</summary>
    [AttributeUsage(AttributeTargets.Property)]
    private sealed class RuleOf(Field field) : ValidationAttribute
    {
        public override bool IsValid(object? value) => value is null || field.FaultOf(Text(value)) is null;

        public override string FormatErrorMessage(string name) =>
            field.Kind == "text"
                ? $"{name} has too many letters, or more than one line."
                : $"{name} is too large, or has too many digits behind the point.";
    }

    private static string Text(object value) =>
        value switch
        {
            decimal number => number.ToString("0.##########", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            _ => value.ToString() ?? "",
        };

    /// <summary>
    /// Fills the fields of the rows that stand; answers with what was done to each, the effects of the module among it. A row
    /// that only fills fields has an effect too.
    /// </summary>
    internal static async Task<IReadOnlyList<ImportEffect>> Fill(
        Db db,
        ImportKind kind,
        IReadOnlyList<ImportRow> rows,
        ImportOutcome outcome
    )
    {
        if (kind.FieldsOf is not { } type || rows.Count == 0 || !rows[0].Values.Keys.Any(IsOwn))
            return outcome.Effects;
        var targets = outcome.Effects.Select(one => (one.No, one.Target)).Concat(outcome.Unchanged).ToDictionary();
        var standing = rows.Where(row => targets.ContainsKey(row.No)).ToList();
        var ids = standing.Select(row => targets[row.No]).ToArray();
        var known = (
            await db.Query<Stored>(
                $"""
                select document_id, version, given::text as given from kernel.field_value
                where document_type = {type} and document_id = any ({ids}) order by document_id for update
                """
            )
        ).ToDictionary(one => one.DocumentId);
        var filled = standing
            .Select(row => One(row, targets[row.No], known.GetValueOrDefault(targets[row.No])))
            .OfType<Filled>()
            .ToDictionary(one => one.Id);
        await Write(db, type, [.. filled.Values]);
        return
        [
            .. outcome.Effects.Select(one => filled.TryGetValue(one.Target, out var own) ? With(one, own) : one),
            .. outcome
                .Unchanged.Where(one => filled.ContainsKey(one.Target))
                .Select(one => With(new ImportEffect(one.No, "filled", one.Target, 0, null), filled[one.Target])),
        ];
    }

    private static bool IsOwn(string name) => name.StartsWith(Field.Prefix, StringComparison.Ordinal);

    private static ImportEffect With(ImportEffect effect, Filled own) =>
        effect with
        {
            FieldsBefore = own.Before,
            FieldsVersion = own.Version,
        };

    // What the file has no column for stays; an empty cell empties its field.
    private static Filled? One(ImportRow row, Guid id, Stored? known)
    {
        SortedDictionary<string, string> before = new(
            known is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(known.Given)!,
            StringComparer.Ordinal
        );
        var after = new SortedDictionary<string, string>(before, StringComparer.Ordinal);
        foreach (var (name, value) in row.Values.Where(one => IsOwn(one.Key)))
            if (value is null || Text(value).Length == 0)
                after.Remove(name[Field.Prefix.Length..]);
            else
                after[name[Field.Prefix.Length..]] = Text(value);
        return before.SequenceEqual(after)
            ? null
            : new Filled(id, JsonSerializer.Serialize(after), known?.Given, (known?.Version ?? 0) + 1);
    }

    private static async Task Write(Db db, string type, IReadOnlyList<Filled> rows)
    {
        if (rows.Count == 0)
            return;
        var written = await db.Execute(
            $"""
            insert into kernel.field_value as v (tenant_id, document_type, document_id, given)
            select {db.Scope.Tenant}, {type}, id, given::jsonb
            from unnest({rows.Select(one => one.Id).ToArray()}, {rows.Select(one => one.Given).ToArray()}) as f (id, given)
            order by id
            on conflict (tenant_id, document_type, document_id) do update set given = excluded.given, version = v.version + 1
                where (v.document_id, v.version + 1) in (select * from unnest({rows.Select(one => one.Id).ToArray()},
                    {rows.Select(one => one.Version).ToArray()}))
            """
        );
        if (written != rows.Count)
            throw new Busy("Fields were just filled by somebody else. Nothing was written; try again.");
    }

    /// <summary>Gives the fields back what they said before, as long as nobody has filled them since.</summary>
    internal static async Task<IReadOnlyList<ImportFault>> Undo(Db db, ImportKind kind, IReadOnlyList<ImportEffect> effects)
    {
        var own = effects.Where(one => one.FieldsVersion is not null).ToList();
        if (kind.FieldsOf is not { } type || own.Count == 0)
            return [];
        var back = (
            await db.Query<Guid>(
                $"""
                with b as (select * from unnest({own.Select(one => one.Target).ToArray()},
                        {own.Select(one => one.FieldsVersion!.Value).ToArray()}, {own.Select(one => one.FieldsBefore).ToArray()})
                        as b (id, version, before)),
                    gone as (delete from kernel.field_value v using b where v.document_type = {type} and v.document_id = b.id
                        and v.version = b.version and b.before is null returning v.document_id),
                    returned as (update kernel.field_value v set given = b.before::jsonb, version = v.version + 1 from b
                        where v.document_type = {type} and v.document_id = b.id and v.version = b.version
                            and b.before is not null
                        returning v.document_id)
                select document_id from gone union all select document_id from returned
                """
            )
        ).ToHashSet();
        return
        [
            .. own.Where(one => !back.Contains(one.Target))
                .Select(one => new ImportFault(
                    one.No,
                    Field.Prefix,
                    "",
                    "depends",
                    "The own fields of this row were filled again since. Take that back first."
                )),
        ];
    }
}
