using System.Globalization;
using System.Text.Json.Serialization;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Signs what the token endpoint hands out.</summary>
internal sealed class TokenWriter(SigningKeys keys, TimeProvider clock)
{
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    internal sealed record Token(
        string access_token,
        string token_type,
        int expires_in,
        string scope,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? refresh_token = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? id_token = null
    );

    internal async Task<Token> ForMachine(int tenant, Guid client, string scope)
    {
        var token = await Access(tenant, client, scope, family: null);
        return new Token(token, "Bearer", (int)Lifetime.TotalSeconds, scope);
    }

    internal async Task<Token> ForPerson(int tenant, Guid person, string scope, Guid family, string refresh, string? idToken)
    {
        var token = await Access(tenant, person, Scopes.PermissionsIn(scope), family);
        return new Token(token, "Bearer", (int)Lifetime.TotalSeconds, scope, refresh, idToken);
    }

    /// <summary>Who signed in, for the client (OpenID Connect): its own audience and the public issuer.</summary>
    internal async Task<string> Identity(string issuer, string client, Guid person, string name, string email, string nonce)
    {
        var (keyId, key) = await keys.Current();
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return Jws.Sign(
            key,
            keyId,
            new
            {
                iss = issuer,
                aud = client,
                sub = person.ToString("D"),
                name,
                email,
                nonce,
                iat = now,
                exp = now + (long)Lifetime.TotalSeconds,
            }
        );
    }

    private async Task<string> Access(int tenant, Guid actor, string scope, Guid? family)
    {
        var (keyId, key) = await keys.Current();
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return Jws.Sign(
            key,
            keyId,
            new
            {
                iss = TokenCheck.Issuer,
                aud = TokenCheck.Issuer,
                sub = actor.ToString("D"),
                tid = tenant,
                fam = family?.ToString("D"),
                scope,
                iat = now,
                nbf = now,
                exp = now + (long)Lifetime.TotalSeconds,
                jti = Guid.CreateVersion7().ToString("N"),
            }
        );
    }

    internal static string ClientId(int tenant, Guid client) =>
        string.Create(CultureInfo.InvariantCulture, $"{tenant}.{client:D}");
}

/// <summary>What may be asked for: permissions, and the words of OpenID Connect.</summary>
internal static class Scopes
{
    internal const string OpenId = "openid";
    internal static readonly string[] Words = [OpenId, "profile", "email", "offline_access"];

    internal static string[] Of(string scope) =>
        [.. scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    internal static string PermissionsIn(string scope) => string.Join(' ', Of(scope).Except(Words, StringComparer.Ordinal));
}
