using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>OAuth 2 client credentials (RFC 6749, 4.4) with short-lived ES256 tokens, and the keys to verify them with.</summary>
internal static class TokenEndpoint
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    internal sealed record Error(string error, string error_description);

    internal sealed record Token(string access_token, string token_type, int expires_in, string scope);

    private sealed record Client(byte[] SecretHash, string? Permission);

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/oauth/token", Issue)
            .Open("The client proves itself with its secret.")
            .DisableAntiforgery()
            .Accepts<IFormCollection>("application/x-www-form-urlencoded")
            .Produces<Token>()
            .Produces<Error>(400)
            .Produces<Error>(401)
            .WithSummary("A token for a machine");
        app.MapGet("/.well-known/jwks.json", Keys)
            .Open("Keys to verify tokens are public.")
            .WithSummary("Public keys of the tokens");
    }

    private static async Task<IResult> Issue(HttpContext http, Dbs dbs, SigningKeys keys, TimeProvider clock)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await Form(http) is not { } form)
            return Refuse(400, "invalid_request", "Send the parameters as application/x-www-form-urlencoded.");
        if (form["grant_type"] is not ["client_credentials"])
            return Refuse(400, "unsupported_grant_type", "Only client_credentials is offered here.");
        if (Credentials(http, form) is not var (tenant, id, secret))
            return Refuse(401, "invalid_client", "The client id or the secret is wrong.");

        await using var db = dbs.Open(DbScope.ForTenant(tenant, id));
        var rows = await db.Query<Client>(
            $"""
            select c.secret_hash, p.permission from identity.client c
            left join identity.client_permission p on p.tenant_id = c.tenant_id and p.client_id = c.client_id
            where c.client_id = {id} and c.retired_at is null limit 1000
            """
        );
        if (
            rows is not [var client, ..]
            || !CryptographicOperations.FixedTimeEquals(client.SecretHash, SHA256.HashData(Encoding.UTF8.GetBytes(secret)))
        )
            return Refuse(401, "invalid_client", "The client id or the secret is wrong.");

        var granted = rows.Select(row => row.Permission).OfType<string>().Order(StringComparer.Ordinal).ToList();
        if (form["scope"].Count > 1)
            return Refuse(400, "invalid_request", "scope was sent more than once.");
        if (form["scope"] is [{ Length: > 0 } asked])
        {
            var wanted = asked.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (wanted.Except(granted, StringComparer.Ordinal).FirstOrDefault() is { } beyond)
                return Refuse(400, "invalid_scope", $"This client has not been given {beyond}.");
            granted = [.. wanted];
        }
        return TypedResults.Json(await Sign(keys, clock, tenant, id, string.Join(' ', granted)));
    }

    private static async Task<IFormCollection?> Form(HttpContext http)
    {
        try
        {
            return http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        }
        catch (InvalidDataException)
        {
            return null; // too many or too long fields, or a multipart form without a boundary
        }
    }

    private static async Task<Token> Sign(SigningKeys keys, TimeProvider clock, int tenant, Guid client, string scope)
    {
        var (keyId, key) = await keys.Current();
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new
        {
            iss = TokenCheck.Issuer,
            aud = TokenCheck.Issuer,
            sub = client.ToString("D"),
            tid = tenant,
            scope,
            iat = now,
            exp = now + (long)Lifetime.TotalSeconds,
            jti = Guid.CreateVersion7().ToString("N"),
        };
        return new Token(Jws.Sign(key, keyId, claims), "Bearer", (int)Lifetime.TotalSeconds, scope);
    }

    private static (int Tenant, Guid Client, string Secret)? Credentials(HttpContext http, IFormCollection form)
    {
        var (id, secret) = (form["client_id"].ToString(), form["client_secret"].ToString());
        if (http.Request.Headers.Authorization is [{ } header] && header.StartsWith("Basic ", StringComparison.Ordinal))
        {
            Span<byte> bytes = stackalloc byte[512];
            if (!Convert.TryFromBase64String(header["Basic ".Length..], bytes, out var length))
                return null;
            if (Encoding.UTF8.GetString(bytes[..length]).Split(':', 2) is not [var name, var word])
                return null;
            (id, secret) = (Uri.UnescapeDataString(name), Uri.UnescapeDataString(word));
        }
        return
            id.Split('.', 2) is [var tenant, var client]
            && int.TryParse(tenant, CultureInfo.InvariantCulture, out var number)
            && Guid.TryParseExact(client, "D", out var clientId)
            && secret.Length is > 0 and <= 256
            ? (number, clientId, secret)
            : null;
    }

    private static async Task<IResult> Keys(SigningKeys keys) =>
        TypedResults.Json(
            new
            {
                keys = (await keys.All()).Select(one =>
                {
                    var point = one.Value.ExportParameters(includePrivateParameters: false).Q;
                    return new
                    {
                        kty = "EC",
                        crv = "P-256",
                        use = "sig",
                        alg = "ES256",
                        kid = one.Key,
                        x = Jws.Part(point.X!),
                        y = Jws.Part(point.Y!),
                    };
                }),
            }
        );

    private static JsonHttpResult<Error> Refuse(int status, string error, string sentence) =>
        TypedResults.Json(new Error(error, sentence), statusCode: status);
}
