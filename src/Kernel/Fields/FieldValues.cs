using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Millrace.Kernel;

/// <summary>
/// What the fields of one's own say of items, partners and documents; they are read by many, and written one by one.
/// </summary>
public static class FieldValues
{
    private const int MostDocuments = 200;

    public sealed record Row(Guid DocumentId, int Version, IReadOnlyDictionary<string, string> Values);

    /// <summary>A field that is left out or empty says nothing any more.</summary>
    public sealed record Request(
        [Required, Text(40)] string DocumentType,
        Guid DocumentId,
        [Required] IReadOnlyDictionary<string, string?> Values
    );

    private sealed record Stored(Guid DocumentId, int Version, string Given);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/field-values", List)
            .SignedIn("It shows the fields of what the caller may see.")
            .Reads()
            .WithSummary("What the fields of one's own say of up to 200 items, partners or documents");
        api.MapPut("/field-values", Save)
            .SignedIn("Who may change a kind of document may fill its fields.")
            .Writes()
            .Problems(403, 404, 412, 428)
            .WithSummary("Fill the fields of one's own; If-Match names the version you have read, 0 when there was none");
    }

    private static async Task<Page<Row>> List(
        HttpContext http,
        Db db,
        DocumentTypes types,
        [Required, Text(40)] string documentType,
        Guid[] id
    )
    {
        types.MaySee(http, documentType);
        if (id.Length is 0 or > MostDocuments)
            throw Invalid.Field("id", $"id names 1 to {MostDocuments} documents; these are {id.Length}.");
        var rows = await db.Query<Stored>(
            $"""
            select document_id, version, given::text as given from kernel.field_value
            where document_type = {documentType} and document_id = any ({id}) order by document_id
            """
        );
        return new Page<Row>(rows.ConvertAll(Shown), null);
    }

    private static async Task<Row> Save(HttpContext http, Db db, DocumentTypes types, Request request)
    {
        var expected = Versions.Expected(http);
        await types.Seen(http, db, new DocumentRef(request.DocumentType, request.DocumentId.ToString()));
        types.MayChange(http, request.DocumentType);
        var saved = await Fill(db, request, expected);
        Versions.Show(http, saved.Version);
        return saved;
    }

    /// <summary>Fills the fields of a document that nobody has filled since this version; 0 when there is none.</summary>
    public static async Task<Row> Fill(Db db, Request request, int expected = 0)
    {
        var fields = await Field.Of(db, request.DocumentType);
        var given = JsonSerializer.Serialize(Judged(fields, request.Values), JsonSerializerOptions.Web);
        var retired = fields.Where(field => field.RetiredAt is not null).Select(field => field.Name).ToArray();
        // What a retired field says stays, for when it is asked for again.
        var saved = await db.Find<Stored>(
            expected == 0
                ? Sql.Of(
                    $"""
                    insert into kernel.field_value (tenant_id, document_type, document_id, given)
                    values ({db.Scope.Tenant}, {request.DocumentType}, {request.DocumentId}, {given}::jsonb)
                    on conflict do nothing
                    returning document_id, version, given::text as given
                    """
                )
                : Sql.Of(
                    $"""
                    update kernel.field_value v set version = v.version + 1, given = {given}::jsonb || coalesce(
                        (select jsonb_object_agg(e.key, e.value) from jsonb_each(v.given) e where e.key = any ({retired})),
                        jsonb_build_object())
                    where document_type = {request.DocumentType} and document_id = {request.DocumentId}
                        and version = {expected}
                    returning document_id, version, given::text as given
                    """
                )
        );
        return Shown(saved ?? throw Versions.Changed("form"));
    }

    private static Dictionary<string, string> Judged(List<Field> fields, IReadOnlyDictionary<string, string?> values)
    {
        var known = fields.Where(field => field.RetiredAt is null).ToDictionary(field => field.Name, StringComparer.Ordinal);
        var (given, faults) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string[]>());
        foreach (var (name, value) in values)
            if (!known.TryGetValue(name, out var field))
                faults[$"values.{name}"] = [$"There is no field {name}. There are: {string.Join(", ", known.Keys)}."];
            else if (value?.Trim() is { Length: > 0 } text)
            {
                if (field.FaultOf(text) is { } fault)
                    faults[$"values.{name}"] = [fault];
                else
                    given[name] = text;
            }
        return faults.Count == 0
            ? given
            : throw new Invalid("input.invalid", string.Join(' ', faults.Values.SelectMany(one => one)), faults);
    }

    private static Row Shown(Stored stored) =>
        new(stored.DocumentId, stored.Version, JsonSerializer.Deserialize<Dictionary<string, string>>(stored.Given)!);
}
