using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>A table whose changes are kept, and the permission with which the history of one of its rows is read.</summary>
public sealed record Audited(string Entity, string SeenWith);

/// <summary>Who may read the history of what: whoever may read the thing itself.</summary>
public sealed class AuditedTables(IEnumerable<Audited> declared)
{
    /// <summary>Reads the history of everything, and finds out who changed what.</summary>
    public const string ReadAll = "identity.history.read";

    private readonly Dictionary<string, string> _known = declared.ToDictionary(
        one => one.Entity,
        one => one.SeenWith,
        StringComparer.Ordinal
    );

    public IReadOnlyList<string> Entities { get; } = [.. declared.Select(one => one.Entity).Order(StringComparer.Ordinal)];

    /// <summary>The caller may read the history of all of these, or a refusal that names the missing permission.</summary>
    public void MaySee(HttpContext http, IReadOnlyList<string> entities)
    {
        var permissions = Caller.Required(http).Permissions;
        foreach (var entity in entities)
        {
            if (!_known.TryGetValue(entity, out var needed))
                throw Invalid.Field("entity", $"entity must be of: {string.Join(", ", Entities)}.");
            if (!permissions.Contains(needed) && !permissions.Contains(ReadAll))
                throw new Refused(
                    "auth.forbidden",
                    $"The history of {entity} needs the permission {needed}. Ask your administrator.",
                    status: StatusCodes.Status403Forbidden
                );
        }
    }
}

/// <summary>How a module says with which permission the history of its rows is read.</summary>
public static class AuditedDeclarations
{
    public static void DeclareAudited(this IServiceCollection services, string seenWith, params string[] entities)
    {
        foreach (var entity in entities)
            services.AddSingleton(new Audited(entity, seenWith));
    }
}
