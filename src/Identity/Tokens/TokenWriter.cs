using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Signs what the token endpoint hands out, with the key that was current when the request began.</summary>
internal sealed class TokenWriter(string keyId, ECDsa key, DateTimeOffset now)
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

    /// <summary>
    /// Reading the keys takes a connection of its own, so a writer is made before the request's transaction begins: with as many
    /// requests as connections each would hold one and wait for another.
    /// </summary>
    internal static async Task<TokenWriter> Of(SigningKeys keys, TimeProvider clock)
    {
        var (keyId, key) = await keys.Current();
        return new TokenWriter(keyId, key, clock.GetUtcNow() - keys.Ahead);
    }

    internal Token ForMachine(int tenant, Guid client, string scope) =>
        new(Access(tenant, client, scope, family: null), "Bearer", (int)Lifetime.TotalSeconds, scope);

    internal Token ForPerson(int tenant, Guid person, string scope, Guid family, string refresh, string? idToken)
    {
        var token = Access(tenant, person, Scopes.PermissionsIn(scope), family);
        return new Token(token, "Bearer", (int)Lifetime.TotalSeconds, scope, refresh, idToken);
    }

    /// <summary>Who signed in, for the client (OpenID Connect): its own audience and the public issuer.</summary>
    internal string Identity(string issuer, string client, Guid person, string name, string email, string nonce)
    {
        var seconds = now.ToUnixTimeSeconds();
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
                iat = seconds,
                exp = seconds + (long)Lifetime.TotalSeconds,
            }
        );
    }

    private string Access(int tenant, Guid actor, string scope, Guid? family)
    {
        var seconds = now.ToUnixTimeSeconds();
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
                iat = seconds,
                nbf = seconds,
                exp = seconds + (long)Lifetime.TotalSeconds,
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
