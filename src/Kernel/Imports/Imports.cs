using System.Text.Json;

namespace Millrace.Kernel;

/// <summary>Imports as they are kept and shown.</summary>
internal static class Imports
{
    internal const string Use = "kernel.import.use";
    internal const int RowsAtOnce = 1000;
    internal const int MostFaults = 10_000;
    internal const int MostRows = 1_000_000;

    /// <summary>What a screen shows of an import in the list.</summary>
    public sealed record Row(
        Guid Id,
        string Kind,
        string Name,
        string State,
        int RowCount,
        int RowsRead,
        int RowsDone,
        int Created,
        int Updated,
        int Unchanged,
        int Faulty,
        Guid? JobId,
        string? Error,
        int Version,
        DateTime CreatedAt,
        Guid CreatedBy,
        DateTime? EndedAt
    );

    /// <summary>An import as its jobs need it.</summary>
    internal sealed record Stored(
        Guid Id,
        string Kind,
        string Name,
        string State,
        string Form,
        string Head,
        string Mapping,
        bool OnlyGood,
        bool MayUpdate,
        int RowCount,
        int RowsDone,
        int Faulty,
        Guid CreatedBy,
        bool ByItself
    )
    {
        internal FileForm FileForm => JsonSerializer.Deserialize<FileForm>(Form, Wire.Options)!;

        /// <summary>The headings and the rows below them, as text.</summary>
        internal IReadOnlyList<IReadOnlyList<string>> Rows =>
            JsonSerializer.Deserialize<IReadOnlyList<IReadOnlyList<string>>>(Head, Wire.Options)!;

        internal Dictionary<string, int> Columns => JsonSerializer.Deserialize<Dictionary<string, int>>(Mapping, Wire.Options)!;
    }

    internal static readonly Sql Shown = $"""
        import_id as id, kind, name, state, row_count, rows_read, rows_done, created, updated, unchanged, faulty, job_id, error,
            version, created_at, created_by, ended_at
        """;

    internal static readonly ListOf<Row> List = new(
        "imports",
        $"kernel.import",
        Shown,
        new ListColumn("id", new Words("Id", "Kimlik"), ColumnKind.Id, $"import_id") { Order = $"import_id" },
        [
            new("name", new("File", "Dosya"), ColumnKind.Text, $"name"),
            new("kind", new("What", "Tür"), ColumnKind.Text, $"kind") { Groups = true },
            new("state", new("State", "Durum"), ColumnKind.Choice, $"state")
            {
                Groups = true,
                Choices =
                [
                    new("new", new("Being prepared", "Hazırlanıyor")),
                    new("checking", new("Being checked", "Denetleniyor")),
                    new("checked", new("Checked", "Denetlendi")),
                    new("running", new("Running", "Çalışıyor")),
                    new("done", new("Done", "Bitti")),
                    new("stopped", new("Stopped", "Durduruldu")),
                    new("failed", new("Failed", "Başarısız")),
                    new("undoing", new("Being undone", "Geri alınıyor")),
                    new("undone", new("Undone", "Geri alındı")),
                ],
            },
            new("rows", new("Rows", "Satır"), ColumnKind.Number, $"row_count") { Sums = true },
            new("created", new("Created", "Oluşturulan"), ColumnKind.Number, $"created") { Sums = true },
            new("updated", new("Updated", "Güncellenen"), ColumnKind.Number, $"updated") { Sums = true },
            new("faulty", new("Faulty", "Hatalı"), ColumnKind.Number, $"faulty") { Sums = true },
            new("createdAt", new("When", "Zaman"), ColumnKind.Instant, $"created_at") { Order = $"created_at" },
        ]
    )
    {
        SortedBy = "-createdAt",
    };

    internal static async Task<Row> One(Db db, Guid id) =>
        await db.Find<Row>($"select {Shown} from kernel.import where import_id = {id}") ?? throw Refused.Missing("import", id);

    /// <summary>The import under its lock, which every step takes first.</summary>
    internal static async Task<Stored> Lock(Db db, Guid id) =>
        await db.Find<Stored>(
            $"""
            select import_id as id, kind, name, state, form::text as form, head::text as head, mapping::text as mapping,
                only_good, may_update, row_count, rows_done, faulty, created_by,
                exchange_id is not null as by_itself
            from kernel.import where import_id = {id} for update
            """
        ) ?? throw Refused.Missing("import", id);

    internal static Refused NotNow(Stored import, string what) =>
        new(
            "import.state",
            $"{import.Name} is {import.State}, so it cannot be {what}. Load it again to see how far it is.",
            new { import.Name, import.State }
        );

    /// <summary>Tells the screens that look at an import how far it is.</summary>
    internal static Task Tell(Db db, Guid id) => db.Publish(new ImportChanged(id));

    internal static Json AsJson<T>(T value) => new(JsonSerializer.Serialize(value, Wire.Options));

    /// <summary>The file of an import, brought to this machine and gone again when this is disposed of.</summary>
    internal static async Task<FileStream> Open(JobRun run, Guid id)
    {
        var file = SpooledFile.New();
        for (var at = 0; ; at++)
        {
            await using var db = run.Open();
            var part = await db.Find<byte[]>($"select content from kernel.import_part where import_id = {id} and part_no = {at}");
            if (part is null)
                break;
            await file.WriteAsync(part);
        }
        return file;
    }
}

/// <summary>An import goes on, or has come to an end.</summary>
[EventType("ImportChanged", 1)]
internal sealed record ImportChanged(Guid ImportId) : IEvent
{
    [System.Text.Json.Serialization.JsonIgnore]
    public string Aggregate => $"import/{ImportId}";
}
