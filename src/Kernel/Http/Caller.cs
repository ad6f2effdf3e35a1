using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>
/// Who asks: a person with a session or a machine with a token, in one tenant, with the permissions they have now.
/// </summary>
public sealed record Caller(int Tenant, Guid Actor, FrozenSet<string> Permissions, bool ByCookie)
{
    /// <summary>How often the client may ask, when it has a number of its own: all together, for whomever it asks.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Where a device stands; people and other machines are not bound to a site.</summary>
    public Guid? Site { get; init; }

    /// <summary>The program through which a person asks; a machine is its own.</summary>
    public Guid? Client { get; init; }

    public static Caller? Of(HttpContext http) => http.Features.Get<Caller>();

    public static Caller Required(HttpContext http) =>
        Of(http) ?? throw new InvalidOperationException("This endpoint is reached without a caller.");
}

/// <summary>Everything one may be permitted to do. Each module declares its own; a role is a choice of them.</summary>
public sealed record Permission(string Name, string Sentence);
