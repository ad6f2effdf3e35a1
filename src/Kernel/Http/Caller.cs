using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>
/// Who asks: a person with a session or a machine with a token, in one tenant, with the permissions they have now.
/// </summary>
public sealed record Caller(int Tenant, Guid Actor, FrozenSet<string> Permissions, bool ByCookie)
{
    /// <summary>How often this machine may ask, when it has a number of its own.</summary>
    public int? RequestsPerMinute { get; init; }

    public static Caller? Of(HttpContext http) => http.Features.Get<Caller>();

    public static Caller Required(HttpContext http) =>
        Of(http) ?? throw new InvalidOperationException("This endpoint is reached without a caller.");
}

/// <summary>Everything one may be permitted to do. Each module declares its own; a role is a choice of them.</summary>
public sealed record Permission(string Name, string Sentence);
