using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Millrace.Kernel;

/// <summary>
/// Takes a file to be imported, and says how it understands it: its columns, its first rows, and which column is which field.
/// Nothing is written before somebody has looked.
/// </summary>
internal static class SendFile
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private const int Samples = 8;
    private const string Unknown =
        "Its columns are not known. Say once which is which, and run it; the next file like it goes through by itself.";

    /// <summary>A column of the file and the field it fills, when one is known.</summary>
    public sealed record Column(int At, string Heading, IReadOnlyList<string> Samples, string? Field);

    public sealed record Detail(Imports.Row Import, FileForm Form, bool OnlyGood, bool MayUpdate, IReadOnlyList<Column> Columns);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/imports/{id:guid}", Run)
            .Needs(Imports.Use)
            .Writes()
            .WithRequestTimeout(Longest)
            .WithSummary("Send a file to be imported: the body is the file")
            .WithDescription("CSV or XLSX; the caller chooses the id, so sending it again changes nothing.");
        api.MapGet("/imports/{id:guid}", Show)
            .Needs(Imports.Use)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("One import: how its file is understood, and how far it is");
    }

    private static async Task<Detail> Run(
        HttpContext http,
        Db db,
        ImportKinds kinds,
        FileSettings settings,
        Uploads uploads,
        Guid id,
        [Text(60)] string kind,
        string name
    )
    {
        var chosen = await ImportFields.With(db, kinds.Permitted(Caller.Required(http), kind));
        var plain = FileName.Sent(name);
        using var place = uploads.Begin();
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = settings.LargestBytes + 1;
        await using var file = await SpooledFile.Read(http.Request.Body, settings, http.RequestAborted);
        await Keep(db, id, kind, plain, await Understand(db, chosen, plain, file), file);
        return await Show(db, kinds, http, id);
    }

    /// <summary>
    /// Takes a file that came by itself, and has it checked when its columns are understood, as a person has said they are; or
    /// answers with nothing when it was taken before.
    /// </summary>
    internal static async Task<Guid?> Take(Db db, ImportKind kind, string name, SpooledFile file, ImportOrigin origin)
    {
        var id = Guid.CreateVersion7();
        var understood = await Understand(db, kind, name, file);
        if (!await Keep(db, id, kind.Name, name, understood, file, origin))
            return null;
        if (UnderstandFile.Missing(kind, understood.Mapping).Any())
            await db.Execute(
                $"""
                update kernel.import set error = {Unknown}
                where import_id = {id}
                """
            );
        else
            await RunImport.Check(db, await Imports.Lock(db, id));
        await Imports.Tell(db, id);
        return id;
    }

    private sealed record Understanding(FileForm Form, List<string[]> Head, Dictionary<string, int> Mapping);

    private static async Task<Understanding> Understand(Db db, ImportKind kind, string name, SpooledFile file)
    {
        if (file.Size == 0)
            throw Invalid.Field("body", "The file is empty. Send one with a row of headings and rows below it.");
        var form = await Guess(file);
        if (form.Format == "xlsx")
            Archives.Judge(name, FileKinds.Xlsx, file.Content);
        var head = Head(file.Content, form);
        var (known, mapping) = await Understood(db, kind, form, head[0]);
        return new Understanding(known, head, mapping);
    }

    private static async Task<FileForm> Guess(SpooledFile file)
    {
        var beginning = new byte[Math.Min(file.Size, 64 * 1024)];
        file.Content.Position = 0;
        await file.Content.ReadExactlyAsync(beginning);
        return FileForm.Guess(beginning, beginning.Length == file.Size);
    }

    /// <summary>The headings and the first rows as text.</summary>
    internal static List<string[]> Head(Stream file, FileForm form)
    {
        var rows = SheetRows.Read(file, form).Take(Samples + 1).Select(row => row.Cells.Select(Text).ToArray()).ToList();
        return rows.Count > 0
            ? rows
            : throw Invalid.Field("body", "The file has no rows. The first one is to hold the headings.");
    }

    // As files with these headings were understood the last time, or by the names of the columns.
    private static async Task<(FileForm, Dictionary<string, int>)> Understood(
        Db db,
        ImportKind kind,
        FileForm form,
        IReadOnlyList<string> headings
    )
    {
        var known = await db.Find<Remembered>(
            $"""
            select form::text as form, mapping::text as mapping from kernel.import_memory
            where kind = {kind.Name} and headings = {Signature(headings)}
            """
        );
        if (known is not null)
        {
            var last = JsonSerializer.Deserialize<FileForm>(known.Form, Wire.Options)!;
            return (
                form with
                {
                    DecimalComma = last.DecimalComma,
                    Dates = last.Dates,
                },
                JsonSerializer.Deserialize<Dictionary<string, int>>(known.Mapping, Wire.Options)!
            );
        }
        var mapping = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < headings.Count; at++)
        {
            var heading = RowReader.Folded(headings[at]);
            var field = kind.Fields.FirstOrDefault(one =>
                heading == RowReader.Folded(one.Name)
                || heading == RowReader.Folded(one.Title.English)
                || heading == RowReader.Folded(one.Title.Turkish)
            );
            if (field is not null)
                mapping.TryAdd(field.Name, at);
        }
        return (form, mapping);
    }

    private sealed record Remembered(string Form, string Mapping);

    /// <summary>By their headings files are known again.</summary>
    internal static byte[] Signature(IReadOnlyList<string> headings) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', headings)));

    private static async Task<bool> Keep(
        Db db,
        Guid id,
        string kind,
        string name,
        Understanding understood,
        SpooledFile file,
        ImportOrigin? origin = null
    )
    {
        var made = await db.Execute(
            $"""
            insert into kernel.import (tenant_id, import_id, kind, name, form, head, mapping, created_by, exchange_id, source,
                only_good, may_update)
            values ({db.Scope.Tenant}, {id}, {kind}, {name}, {Imports.AsJson(understood.Form)}, {Imports.AsJson(understood.Head)},
                {Imports.AsJson(understood.Mapping)}, {db.Scope.Actor}, {origin?.ExchangeId}, {origin?.Source},
                {origin?.OnlyGood ?? false}, {origin?.MayUpdate ?? true})
            on conflict do nothing
            """
        );
        if (made == 0)
            return false;
        var at = 0;
        await foreach (var part in file.Parts())
            await db.Execute(
                $"""
                insert into kernel.import_part (tenant_id, import_id, part_no, content)
                values ({db.Scope.Tenant}, {id}, {at++}, {part})
                """
            );
        return true;
    }

    internal static async Task<Detail> Show(Db db, ImportKinds kinds, HttpContext http, Guid id)
    {
        var row = await Imports.One(db, id);
        kinds.Permitted(Caller.Required(http), row.Kind);
        Versions.Show(http, row.Version);
        var stored = await Imports.Lock(db, id);
        var fields = stored.Columns.ToDictionary(one => one.Value, one => one.Key);
        var head = stored.Rows;
        return new Detail(
            row,
            stored.FileForm,
            stored.OnlyGood,
            stored.MayUpdate,
            [
                .. Enumerable
                    .Range(0, head.Max(line => line.Count))
                    .Select(at => new Column(
                        at,
                        head[0].ElementAtOrDefault(at) ?? "",
                        [.. head.Skip(1).Select(line => line.ElementAtOrDefault(at) ?? "")],
                        fields.GetValueOrDefault(at)
                    )),
            ]
        );
    }

    private static string Text(object? cell) =>
        cell is DateTime date
            ? date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            : cell?.ToString() ?? "";
}
