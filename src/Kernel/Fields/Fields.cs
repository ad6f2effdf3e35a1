using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Millrace.Kernel;

/// <summary>
/// The fields that an organisation has of its own: who sees a kind of document sees its fields, an administrator makes them.
/// </summary>
public static class Fields
{
    internal const string Write = "kernel.field.write";
    internal const int Most = 50;

    public sealed record Request(
        [Required, Text(40)] string DocumentType,
        [Required, RegularExpression("^[a-z][a-z0-9_]{0,29}$", MatchTimeoutInMilliseconds = 100)] string Name,
        [Required, Text(60)] string TitleEn,
        [Required, Text(60)] string TitleTr,
        [Required, OneOf("text", "number", "date", "flag", "choice")] string Kind,
        [Length(0, 50), Filled] IReadOnlyList<string>? Choices = null,
        [Range(0, 1000)] int Position = 0
    );

    public sealed record Changes(
        [Required, Text(60)] string TitleEn,
        [Required, Text(60)] string TitleTr,
        [Length(0, 50), Filled] IReadOnlyList<string>? Choices = null,
        [Range(0, 1000)] int Position = 0
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/fields", List)
            .SignedIn("It shows the fields of what the caller may see.")
            .Reads()
            .WithSummary("Fields of one's own on items, partners and documents");
        api.MapPost(
                "/fields",
                async (Db db, DocumentTypes types, Request request) =>
                    types.Known(request.DocumentType).ChangedWith is null
                        ? throw Invalid.Field("documentType", $"{request.DocumentType} has no fields of one's own.")
                        : TypedResults.Created((string?)null, await Create(db, request))
            )
            .Needs(Write)
            .Once()
            .WithSummary("Add a field to items, partners or documents");
        api.MapPut("/fields/{id:guid}", Change)
            .Needs(Write)
            .Writes()
            .ProducesProblem(412)
            .ProducesProblem(428)
            .WithSummary("Change the titles, choices or place of a field; If-Match names the version you have read");
        api.MapPost("/fields/{id:guid}/retirement", (Db db, Guid id) => Retire(db, id, true))
            .Needs(Write)
            .Once()
            .WithSummary("Ask for a field no longer; what it says stays");
        api.MapPost("/fields/{id:guid}/restoration", (Db db, Guid id) => Retire(db, id, false))
            .Needs(Write)
            .Once()
            .WithSummary("Ask for a retired field again");
        FieldValues.Map(api);
    }

    private static async Task<Page<Field>> List(
        HttpContext http,
        Db db,
        DocumentTypes types,
        [Required, Text(40)] string documentType
    )
    {
        types.MaySee(http, documentType);
        return new Page<Field>(await Field.Of(db, documentType), null);
    }

    public static async Task<Field> Create(Db db, Request request)
    {
        var choices = Judged(request.Kind, request.Choices);
        // One after the other, so that two do not both find room for one.
        await db.Execute($"select pg_advisory_xact_lock(hashtextextended('field', {db.Scope.Tenant}::bigint))");
        if (await db.One<long>($"select count(*) from kernel.field where document_type = {request.DocumentType}") >= Most)
            throw new Refused("field.too_many", $"There are {Most} fields already, retired ones included. That is the most.");
        return await db.Find<Field>(
                $"""
                insert into kernel.field (tenant_id, field_id, document_type, name, title_en, title_tr, kind, choices, position)
                values ({db.Scope.Tenant}, {Guid.CreateVersion7()}, {request.DocumentType}, {request.Name}, {request.TitleEn},
                    {request.TitleTr}, {request.Kind}, {choices}, {request.Position})
                on conflict on constraint field_name do nothing
                returning {Field.Row}
                """
            ) ?? throw new Refused("field.name_taken", $"There is a field {request.Name} already. Choose another name.");
    }

    private static async Task<Field> Change(HttpContext http, Db db, Guid id, Changes request)
    {
        var expected = Versions.Expected(http);
        var known = await One(db, id);
        var choices = Judged(known.Kind, request.Choices);
        var changed =
            await db.Find<Field>(
                $"""
                update kernel.field set title_en = {request.TitleEn}, title_tr = {request.TitleTr}, choices = {choices},
                    position = {request.Position}, version = version + 1
                where field_id = {id} and version = {expected}
                returning {Field.Row}
                """
            ) ?? throw Versions.Changed("field");
        Versions.Show(http, changed.Version);
        return changed;
    }

    private static async Task<Field> Retire(Db db, Guid id, bool retire) =>
        await db.Find<Field>(
            $"""
            update kernel.field set retired_at = case when {retire} then coalesce(retired_at, now()) end, version = version + 1
            where field_id = {id}
            returning {Field.Row}
            """
        ) ?? throw Refused.Missing("field", id);

    private static async Task<Field> One(Db db, Guid id) =>
        await db.Find<Field>($"select {Field.Row} from kernel.field where field_id = {id}") ?? throw Refused.Missing("field", id);

    private static string[] Judged(string kind, IReadOnlyList<string>? choices)
    {
        string[] given = [.. choices ?? []];
        if (kind == "choice" != given.Length > 0)
            throw Invalid.Field("choices", "A field of choices has at least one, and no other field has any.");
        if (given.Any(one => one.Trim().Length is 0 or > 60 || one.Any(char.IsControl)))
            throw Invalid.Field("choices", "Each choice has 1 to 60 letters.");
        return given.Distinct(StringComparer.Ordinal).Count() == given.Length
            ? given
            : throw Invalid.Field("choices", "Each choice may stand there once.");
    }
}
