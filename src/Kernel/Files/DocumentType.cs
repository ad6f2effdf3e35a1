using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>
/// A kind of document of a module that may have files and mails: who may see it, and whether one is there in this tenant.
/// </summary>
public sealed record DocumentType(string Name, string SeenWith, Func<Db, string, Task<bool>> Exists);

/// <summary>The kinds of documents that the modules have declared.</summary>
public sealed class DocumentTypes(IEnumerable<DocumentType> declared)
{
    private readonly Dictionary<string, DocumentType> _known = declared.ToDictionary(one => one.Name, StringComparer.Ordinal);

    /// <summary>The document is there and the caller may see it, or a refusal that says which of the two is not so.</summary>
    internal async Task Check(HttpContext http, Db db, DocumentRef document)
    {
        MaySee(http, document.Type);
        if (!await _known[document.Type].Exists(db, document.Id))
            throw Refused.Missing(document.Type, document.Id);
    }

    internal void MaySee(HttpContext http, string type)
    {
        if (!_known.TryGetValue(type, out var kind))
            throw Invalid.Field("documentType", $"documentType must be one of: {string.Join(", ", _known.Keys.Order())}.");
        if (!Caller.Required(http).Permissions.Contains(kind.SeenWith))
            throw new Refused(
                "auth.forbidden",
                $"This needs the permission {kind.SeenWith}. Ask your administrator.",
                status: StatusCodes.Status403Forbidden
            );
    }

    /// <summary>The kinds that somebody with these permissions may see.</summary>
    public string[] SeenBy(IReadOnlySet<string> permissions) =>
        [.. _known.Values.Where(one => permissions.Contains(one.SeenWith)).Select(one => one.Name)];
}

/// <summary>How a module makes a kind of document known to attachments and mails.</summary>
public static class DocumentDeclarations
{
    public static void DeclareDocument(this IServiceCollection services, DocumentType type) => services.AddSingleton(type);
}
