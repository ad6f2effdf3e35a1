using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Millrace.Identity;

/// <summary>
/// Verifies what an outside provider has signed: RS256 or ES256 with one of its published keys, for us, now, for this sign-in.
/// </summary>
internal static class ProviderTokens
{
    // Clocks of two organisations differ a little.
    private const int SlackSeconds = 60;

    internal sealed record Expected(string Issuer, string Audience, string Nonce, long Now);

    /// <summary>The claims when everything is right; otherwise what is wrong, for the log.</summary>
    internal static (JsonElement Claims, string? Fault) Verify(string token, JsonElement keys, Expected expected)
    {
        if (token.Length > 16_384 || token.Split('.') is not [var header, var payload, var signature])
            return (default, "it is no signed token");
        try
        {
            using var head = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
            var algorithm = Text(head.RootElement, "alg");
            if (algorithm is not ("RS256" or "ES256") || head.RootElement.TryGetProperty("crit", out _))
                return (default, $"its algorithm is {algorithm}");
            var signed = Encoding.ASCII.GetBytes($"{header}.{payload}");
            var mark = Base64Url.DecodeFromChars(signature);
            if (!KeysFor(keys, algorithm, Text(head.RootElement, "kid")).Any(key => Fits(key, algorithm, signed, mark)))
                return (default, "no key of the provider has signed it");
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return Fault(claims.RootElement, expected) is { } fault ? (default, fault) : (claims.RootElement.Clone(), null);
        }
        catch (Exception malformed)
            when (malformed is FormatException or JsonException or InvalidOperationException or CryptographicException)
        {
            return (default, "it is malformed");
        }
    }

    private static string? Fault(JsonElement claims, Expected expected)
    {
        if (Text(claims, "iss") != expected.Issuer)
            return "it is from another issuer";
        if (!IsFor(claims, expected.Audience))
            return "it is for somebody else";
        if (Number(claims, "exp") is not { } until || until + SlackSeconds <= expected.Now)
            return "it has run out";
        if (Number(claims, "nbf") is { } from && from > expected.Now + SlackSeconds)
            return "it is not valid yet";
        if (Number(claims, "iat") is not { } at || at > expected.Now + SlackSeconds)
            return "it was issued in the future";
        return Text(claims, "nonce") == expected.Nonce ? null : "it belongs to another sign-in";
    }

    // With several audiences the token says for whom it was made (azp).
    private static bool IsFor(JsonElement claims, string audience)
    {
        if (!claims.TryGetProperty("aud", out var aud))
            return false;
        if (aud.ValueKind == JsonValueKind.String)
            return aud.GetString() == audience;
        var all = aud.ValueKind == JsonValueKind.Array ? aud.EnumerateArray().Select(one => one.GetString()).ToList() : [];
        return all.Contains(audience) && (all.Count == 1 || Text(claims, "azp") == audience);
    }

    private static IEnumerable<JsonElement> KeysFor(JsonElement set, string algorithm, string? keyId) =>
        set.GetProperty("keys")
            .EnumerateArray()
            .Take(50)
            .Where(key =>
                Text(key, "kty") == (algorithm == "RS256" ? "RSA" : "EC")
                && Text(key, "use") is null or "sig"
                && (Text(key, "alg") is null || Text(key, "alg") == algorithm)
                && (keyId is null || Text(key, "kid") == keyId)
            );

    private static bool Fits(JsonElement key, string algorithm, byte[] signed, byte[] mark)
    {
        if (algorithm == "RS256")
        {
            using var rsa = RSA.Create(new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") });
            return rsa.KeySize >= 2048 && rsa.VerifyData(signed, mark, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        if (Text(key, "crv") != "P-256")
            return false;
        var point = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") };
        using var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        return ec.VerifyData(signed, mark, HashAlgorithmName.SHA256);
    }

    private static byte[] Bytes(JsonElement key, string name) =>
        Base64Url.DecodeFromChars(Text(key, name) ?? throw new FormatException($"The key has no {name}."));

    internal static string? Text(JsonElement claims, string name) =>
        claims.ValueKind == JsonValueKind.Object
        && claims.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static long? Number(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;
}
