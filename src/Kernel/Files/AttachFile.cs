using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Millrace.Kernel;

/// <summary>
/// Takes a file for a document. The caller chooses its id, so sending it again after a lost answer changes nothing.
/// </summary>
internal static class AttachFile
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/attachments/{id:guid}", Run)
            .Needs(Attachments.Write)
            .Writes()
            .WithRequestTimeout(Longest)
            .WithSummary("Attach a file to a document: the body is the file")
            .WithDescription("The body is the file itself, with its media type as Content-Type; at most 25 MB.");

    private static async Task<Attachments.Row> Run(
        HttpContext http,
        Db db,
        DocumentTypes types,
        FileSettings settings,
        Uploads uploads,
        ILogger<Uploads> log,
        Guid id,
        [Text(60)] string documentType,
        [Text(100)] string documentId,
        string name
    )
    {
        if (id == Guid.Empty)
            throw Invalid.Field("id", "id must be a fresh UUID.");
        var plain = FileName.Sent(name);
        types.MaySee(http, documentType);
        if (http.Request.ContentLength > settings.LargestBytes)
            throw settings.TooLarge();
        using var place = uploads.Begin();
        // One byte more than allowed, so that it is this verb that says how large a file may be.
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = settings.LargestBytes + 1;
        await using var file = await SpooledFile.Read(http.Request.Body, settings, http.RequestAborted);
        if (file.Size == 0)
            throw Invalid.Field("body", "The file is empty. Attach one with content.");
        var kind = Judged(log, plain, http.Request.ContentType ?? "", file, db.Scope.Actor);
        if (settings.Scan is not null && await settings.Scan(file.Path, http.RequestAborted) is { } found)
            throw new Refused("attachment.infected", $"The virus scanner refuses {plain}: {found}. It was not kept.");
        var document = new DocumentRef(documentType, documentId);
        await types.Seen(http, db, document);
        return await Keep(db, id, document, plain, kind, file);
    }

    private static string Judged(ILogger log, string name, string declared, SpooledFile file, Guid actor)
    {
        try
        {
            var kind = FileKinds.Judge(name, declared, file.Head);
            if (Archives.Is(kind))
                Archives.Judge(name, kind, file.Content);
            return kind;
        }
        catch (Refused no)
        {
            log.LogWarning("The file {Name} of {Actor} was refused ({Code}): {Reason}", name, actor, no.Code, no.Message);
            throw;
        }
    }

    internal static async Task<Attachments.Row> Keep(
        Db db,
        Guid id,
        DocumentRef document,
        string name,
        string kind,
        SpooledFile file
    )
    {
        var written = await db.Execute(
            $"""
            insert into kernel.attachment
                (tenant_id, attachment_id, document_type, document_id, name, media_type, size, hash, created_by)
            select {db.Scope.Tenant}, {id}, {document.Type}, {document.Id}, {name}, {kind},
                {file.Size}, {file.Hash}, {db.Scope.Actor}
            where (select count(*) from kernel.attachment where document_type = {document.Type}
                and document_id = {document.Id} and retired_at is null) < {Attachments.MostPerDocument}
            on conflict do nothing
            """
        );
        if (written == 0)
            return await Known(db, id, document, name, file);
        var at = 0;
        await foreach (var part in file.Parts())
            await db.Execute(
                $"""
                insert into kernel.attachment_part (tenant_id, attachment_id, part_no, content)
                values ({db.Scope.Tenant}, {id}, {at++}, {part})
                """
            );
        return await Attachments.One(db, id);
    }

    // The same file under the same id is the same request once more.
    private static async Task<Attachments.Row> Known(Db db, Guid id, DocumentRef document, string name, SpooledFile file)
    {
        if (
            await db.Find<bool?>($"select retired_at is not null from kernel.attachment where attachment_id = {id}")
            is not { } retired
        )
            throw new Refused(
                "attachment.too_many",
                $"This document has {Attachments.MostPerDocument} files already. Take one away, or pack several into a zip."
            );
        var known = retired ? null : await Attachments.One(db, id);
        return
            known is not null
            && (known.DocumentType, known.DocumentId, known.Name) == (document.Type, document.Id, name)
            && known.Hash == Convert.ToHexStringLower(file.Hash)
            ? known
            : throw new Refused("attachment.id_taken", $"Another file has the id {id} already. Take a fresh id for this one.");
    }
}

/// <summary>How many files arrive at this moment.</summary>
internal sealed class Uploads(FileSettings settings)
{
    private int _running;

    internal IDisposable Begin()
    {
        if (Interlocked.Increment(ref _running) <= settings.MostAtOnce)
            return new Place(this);
        Interlocked.Decrement(ref _running);
        throw new Busy($"{settings.MostAtOnce} files arrive already. Send this one again in a moment, with the same id.");
    }

    private sealed class Place(Uploads uploads) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref uploads._running);
    }
}
