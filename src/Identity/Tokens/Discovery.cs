using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// What other programs need to know to use this one as their OpenID provider, and the keys to verify its tokens.
/// </summary>
internal static class Discovery
{
    internal sealed record Configuration(
        string issuer,
        string authorization_endpoint,
        string token_endpoint,
        string revocation_endpoint,
        string jwks_uri,
        string[] response_types_supported,
        string[] response_modes_supported,
        string[] grant_types_supported,
        string[] subject_types_supported,
        string[] id_token_signing_alg_values_supported,
        string[] token_endpoint_auth_methods_supported,
        string[] code_challenge_methods_supported,
        string[] scopes_supported,
        bool authorization_response_iss_parameter_supported
    );

    internal sealed record Key(string kty, string crv, string use, string alg, string kid, string x, string y);

    internal sealed record KeySet(IReadOnlyList<Key> keys);

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/openid-configuration", Describe)
            .Open("Where things are is public.")
            .WithSummary("OpenID discovery");
        app.MapGet("/.well-known/jwks.json", Keys)
            .Open("Keys to verify tokens are public.")
            .WithSummary("Public keys of the tokens");
    }

    private static IResult Describe(HttpContext http, IdentitySettings settings)
    {
        var issuer = settings.AddressFor(http);
        return TypedResults.Json(
            new Configuration(
                issuer,
                $"{issuer}/authorize",
                $"{issuer}/oauth/token",
                $"{issuer}/oauth/revoke",
                $"{issuer}/.well-known/jwks.json",
                ["code"],
                ["query"],
                ["authorization_code", "refresh_token", "client_credentials"],
                ["public"],
                ["ES256"],
                ["client_secret_basic", "client_secret_post", "none"],
                ["S256"],
                Scopes.Words,
                authorization_response_iss_parameter_supported: true
            )
        );
    }

    private static async Task<IResult> Keys(SigningKeys keys)
    {
        var all = await keys.All();
        return TypedResults.Json(
            new KeySet([
                .. all.Select(one =>
                {
                    var point = one.Key.ExportParameters(includePrivateParameters: false).Q;
                    return new Key("EC", "P-256", "sig", "ES256", one.Id, Jws.Part(point.X!), Jws.Part(point.Y!));
                }),
            ])
        );
    }
}
