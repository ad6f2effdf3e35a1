using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Millrace.Kernel;

/// <summary>Says which column is which field and how numbers and dates are written; after that a check begins anew.</summary>
internal static class UnderstandFile
{
    public sealed record Mapped([Required, Text(60)] string Field, [Range(0, SheetRows.MostColumns - 1)] int Column);

    public sealed record Request(
        [Required] FileForm Form,
        [Required, Length(1, 200), Filled] IReadOnlyList<Mapped> Fields,
        bool OnlyGood = false,
        bool MayUpdate = true
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/imports/{id:guid}/form", Run)
            .Needs(Imports.Use)
            .Writes()
            .WithSummary("Say how the file of an import is to be understood");

    private static async Task<SendFile.Detail> Run(HttpContext http, Db db, ImportKinds kinds, Guid id, Request request)
    {
        var import = await Imports.Lock(db, id);
        var kind = await ImportFields.With(db, kinds.Permitted(Caller.Required(http), import.Kind));
        if (import.State is not ("new" or "checked" or "failed"))
            throw Imports.NotNow(import, "understood in another way");
        var form = request.Form with { Format = import.FileForm.Format };
        var head = await Head(db, id, import, form);
        await db.Execute(
            $"""
            update kernel.import set form = {Imports.AsJson(form)}, head = {Imports.AsJson(head)},
                mapping = {Imports.AsJson(Mapping(kind, request.Fields))}, only_good = {request.OnlyGood},
                may_update = {request.MayUpdate}, state = 'new', version = version + 1
            where import_id = {id}
            """
        );
        await db.Execute($"delete from kernel.import_fault where import_id = {id}");
        return await SendFile.Show(db, kinds, http, id);
    }

    private static Dictionary<string, int> Mapping(ImportKind kind, IReadOnlyList<Mapped> fields)
    {
        var mapping = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var one in fields)
            if (kind.Fields.All(field => field.Name != one.Field))
                throw Invalid.Field(
                    "fields",
                    $"There is no field {one.Field}. There are: {string.Join(", ", kind.Fields.Select(field => field.Name))}."
                );
            else if (!mapping.TryAdd(one.Field, one.Column))
                throw Invalid.Field("fields", $"{one.Field} is filled twice. Choose one column for it.");
        var missing = Missing(kind, mapping);
        return missing.Any()
            ? throw Invalid.Field("fields", $"Rows are known again by {string.Join(", ", missing)}. Choose a column for it.")
            : mapping;
    }

    /// <summary>The fields by which rows are known again, and for which no column was chosen.</summary>
    internal static IEnumerable<string> Missing(ImportKind kind, Dictionary<string, int> mapping) =>
        kind
            .Fields.Where(field => field is { Key: true, Needed: true } && !mapping.ContainsKey(field.Name))
            .Select(field => field.Name);

    // Only a text looks different under another separator; its first rows stand in its first part.
    private static async Task<IReadOnlyList<IReadOnlyList<string>>> Head(Db db, Guid id, Imports.Stored import, FileForm form)
    {
        if (form.Format == "xlsx" || form == import.FileForm)
            return import.Rows;
        var part = await db.One<byte[]>($"select content from kernel.import_part where import_id = {id} and part_no = 0");
        using var beginning = new MemoryStream(part);
        return SendFile.Head(beginning, form);
    }
}
