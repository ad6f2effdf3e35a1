using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace Millrace.Identity;

/// <summary>
/// Under which address people and other programs reach this installation, and the outside provider that signs people in, if any.
/// </summary>
public sealed record IdentitySettings(string? PublicAddress, ExternalSettings? External)
{
    public static IdentitySettings FromEnvironment()
    {
        var issuer = Read("MILLRACE_OPENID_ISSUER");
        return new IdentitySettings(
            Read("MILLRACE_PUBLIC_URL")?.TrimEnd('/'),
            issuer is null
                ? null
                : new ExternalSettings(
                    issuer,
                    Needed("MILLRACE_OPENID_CLIENT_ID"),
                    Needed("MILLRACE_OPENID_CLIENT_SECRET"),
                    Read("MILLRACE_OPENID_NAME") ?? new Uri(issuer).Host
                )
        );
    }

    /// <summary>The address given; without one, that of the request.</summary>
    internal string AddressFor(HttpContext http) => PublicAddress ?? $"{http.Request.Scheme}://{http.Request.Host}";

    /// <summary>
    /// For mails that anybody can cause: the address given, or the server's own. Never that of the request, whose Host header is
    /// written by the one who asks.
    /// </summary>
    internal string AddressForMail(IServer server) =>
        PublicAddress ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;

    private static string Needed(string name) =>
        Read(name) ?? throw new InvalidOperationException($"MILLRACE_OPENID_ISSUER is set, so {name} must be set as well.");
}

/// <summary>An OpenID provider outside: its issuer, and who we are to it.</summary>
public sealed record ExternalSettings(string Issuer, string ClientId, string ClientSecret, string Name);
