using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>
/// A kind of document of a module that has files and mails and is talked about: who may see it, how one is found by its id.
/// </summary>
public sealed record DocumentType(string Name, string SeenWith, Func<Db, Guid, Task<DocumentCard?>> Find)
{
    /// <summary>Who may fill the fields that an organisation has of its own; without it there are none.</summary>
    public string? ChangedWith { get; init; }
}

/// <summary>What a document is called, and whose it is: of one company, or of all of them.</summary>
public sealed record DocumentCard(Guid? CompanyId, string Title);

/// <summary>The kinds of documents that the modules have declared.</summary>
public sealed class DocumentTypes(IEnumerable<DocumentType> declared)
{
    private readonly Dictionary<string, DocumentType> _known = declared.ToDictionary(one => one.Name, StringComparer.Ordinal);

    /// <summary>The document is there and the caller may see it, or a refusal that says which of the two is not so.</summary>
    public async Task<DocumentCard> Seen(HttpContext http, Db db, DocumentRef document)
    {
        var kind = MaySee(http, document.Type);
        return Guid.TryParse(document.Id, out var id) && await kind.Find(db, id) is { } card
            ? card
            : throw Refused.Missing(document.Type, document.Id);
    }

    internal DocumentType MaySee(HttpContext http, string type)
    {
        var kind = Known(type);
        return May(http, kind.SeenWith) ? kind : throw Forbidden(kind.SeenWith);
    }

    /// <summary>The caller may change documents of this kind, and it has fields of one's own.</summary>
    internal void MayChange(HttpContext http, string type)
    {
        var with = Known(type).ChangedWith ?? throw Invalid.Field("documentType", $"{type} has no fields of one's own.");
        if (!May(http, with))
            throw Forbidden(with);
    }

    private static bool May(HttpContext http, string permission) => Caller.Required(http).Permissions.Contains(permission);

    private static Refused Forbidden(string permission) =>
        new(
            "auth.forbidden",
            $"This needs the permission {permission}. Ask your administrator.",
            status: StatusCodes.Status403Forbidden
        );

    public DocumentType Known(string type) =>
        _known.GetValueOrDefault(type)
        ?? throw Invalid.Field("documentType", $"documentType must be one of: {string.Join(", ", _known.Keys.Order())}.");

    /// <summary>The kinds that somebody with these permissions may see.</summary>
    public string[] SeenBy(IReadOnlySet<string> permissions) =>
        [.. _known.Values.Where(one => permissions.Contains(one.SeenWith)).Select(one => one.Name)];
}

/// <summary>How a module makes a kind of document known to attachments, mails and comments.</summary>
public static class DocumentDeclarations
{
    public static void DeclareDocument(this IServiceCollection services, DocumentType type) => services.AddSingleton(type);
}
