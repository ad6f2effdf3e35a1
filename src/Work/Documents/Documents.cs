using Microsoft.AspNetCore.Http;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>The documents that somebody has talked about, linked or decided, as their modules name them.</summary>
public static class Documents
{
    public sealed record Row(string DocumentType, Guid DocumentId, Guid? CompanyId, string Title);

    /// <summary>Makes documents known by their titles, or changes the titles.</summary>
    internal static Task Show(Db db, IReadOnlyList<Row> documents) =>
        db.Execute(
            $"""
            insert into work.document (tenant_id, document_type, document_id, company_id, title)
            select {db.Scope.Tenant}, document_type, document_id, company_id, title
            from unnest({documents.Select(one => one.DocumentType).ToArray()},
                {documents.Select(one => one.DocumentId).ToArray()},
                {documents.Select(one => one.CompanyId).ToArray()}, {documents.Select(one => one.Title).ToArray()})
                as d (document_type, document_id, company_id, title)
            order by document_type, document_id
            on conflict (tenant_id, document_type, document_id) do update set title = excluded.title
            """
        );

    /// <summary>The document, if it is there and the caller may see it.</summary>
    internal static async Task<Row> Seen(HttpContext http, Db db, DocumentTypes types, string type, Guid id)
    {
        var card = await types.Seen(http, db, new DocumentRef(type, id.ToString()));
        return new Row(type, id, card.CompanyId, card.Title);
    }
}
