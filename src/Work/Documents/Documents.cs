using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>
/// A type of document that people talk about and decide: who may see it, and what its approval rules may ask about.
/// </summary>
public sealed record WorkDocument(string Name, string SeenWith, IReadOnlyList<string> Amounts, IReadOnlyList<string> Words);

/// <summary>The document types of all modules, declared at start.</summary>
public sealed class WorkDocuments(IEnumerable<WorkDocument> declared)
{
    private readonly Dictionary<string, WorkDocument> _byName = declared.ToDictionary(one => one.Name, StringComparer.Ordinal);

    internal IReadOnlyList<WorkDocument> All { get; } = [.. declared.OrderBy(one => one.Name, StringComparer.Ordinal)];

    internal WorkDocument Known(string name) =>
        _byName.GetValueOrDefault(name)
        ?? throw Invalid.Field("documentType", $"documentType must be one of: {string.Join(", ", All.Select(one => one.Name))}.");

    /// <summary>The document, if it is here and the caller may see its kind.</summary>
    internal async Task<Documents.Row> Seen(HttpContext http, Db db, string type, Guid id)
    {
        var needed = Known(type).SeenWith;
        if (!Caller.Required(http).Permissions.Contains(needed))
            throw new Refused("auth.forbidden", $"This needs the permission {needed}. Ask your administrator.", status: 403);
        return await Documents.One(db, type, id);
    }
}

/// <summary>The documents that can be talked about, as their modules named them.</summary>
public static class Documents
{
    public sealed record Row(string DocumentType, Guid DocumentId, Guid CompanyId, string Title);

    /// <summary>Makes a document known by its title, or changes the title; called by its module in its own transaction.</summary>
    public static Task Show(Db db, IReadOnlyList<Row> documents) =>
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

    internal static async Task<Row> One(Db db, string type, Guid id) =>
        await db.Find<Row>(
            $"""
            select document_type, document_id, company_id, title from work.document
            where document_type = {type} and document_id = {id}
            """
        ) ?? throw Refused.Missing("document", id);

    /// <summary>A type of document the module lets people talk about and decide.</summary>
    public static void DeclareWorkDocument(this IServiceCollection services, WorkDocument type) => services.AddSingleton(type);
}
