using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Millrace.Kernel;

/// <summary>Files of a document: listed, taken away. Taking away hides a file; what was once attached stays kept.</summary>
public static class Attachments
{
    public const string Read = "kernel.attachment.read";
    public const string Write = "kernel.attachment.write";
    public const string Entity = "kernel.attachment";
    internal const int PartSize = 256 * 1024;
    internal const int MostPerDocument = 200;

    public sealed record Row(
        Guid Id,
        string DocumentType,
        string DocumentId,
        string Name,
        string MediaType,
        long Size,
        string Hash,
        DateTime CreatedAt,
        Guid CreatedBy
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/attachments", List).Needs(Read).Reads().Problems(404).WithSummary("Files of a document");
        AttachFile.Map(api);
        AttachmentContent.Map(api);
        api.MapDelete("/attachments/{id:guid}", Retire)
            .Needs(Write)
            .Writes()
            .Produces(204)
            .WithSummary("Take a file away from its document");
    }

    /// <summary>Attaches what the program itself has, such as the drawings of the demo.</summary>
    public static async Task Add(Db db, DocumentRef document, string name, Stream content)
    {
        await using var file = await SpooledFile.Read(content, new FileSettings(), CancellationToken.None);
        await AttachFile.Keep(db, Guid.CreateVersion7(), document, name, FileKinds.Judge(name, "", file.Head), file);
    }

    public static Task<List<Row>> Of(Db db, DocumentRef document) =>
        db.Query<Row>(
            $"""
            select attachment_id as id, document_type, document_id, name, media_type, size, encode(hash, 'hex') as hash,
                created_at, created_by
            from kernel.attachment
            where document_type = {document.Type} and document_id = {document.Id} and retired_at is null
            order by attachment_id limit {MostPerDocument}
            """
        );

    /// <summary>Every file that was ever attached to a document of these types, also those that were taken away.</summary>
    public static Task<List<Guid>> EverOf(Db db, string documentId, string[] documentTypes) =>
        db.Query<Guid>(
            $"""
            select attachment_id from kernel.attachment
            where document_id = {documentId} and document_type = any ({documentTypes})
            order by attachment_id limit {5 * MostPerDocument}
            """
        );

    internal static async Task<Row> One(Db db, Guid id) =>
        await db.Find<Row>(
            $"""
            select attachment_id as id, document_type, document_id, name, media_type, size, encode(hash, 'hex') as hash,
                created_at, created_by
            from kernel.attachment where attachment_id = {id} and retired_at is null
            """
        ) ?? throw Refused.Missing("file", id);

    private static async Task<Page<Row>> List(
        HttpContext http,
        Db db,
        DocumentTypes types,
        [Text(60)] string documentType,
        [Text(100)] string documentId
    )
    {
        var document = new DocumentRef(documentType, documentId);
        await types.Seen(http, db, document);
        return new Page<Row>(await Of(db, document), null);
    }

    private static async Task<IResult> Retire(HttpContext http, Db db, DocumentTypes types, Guid id)
    {
        var file = await One(db, id);
        types.MaySee(http, file.DocumentType);
        await db.Execute(
            $"""
            update kernel.attachment set retired_at = now(), retired_by = {db.Scope.Actor}
            where attachment_id = {id} and retired_at is null
            """
        );
        return Results.NoContent();
    }
}
