using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class TokenCheckTests(Server server)
{
    private static readonly Guid Client = Guid.CreateVersion7();

    /// <summary>A clock that stands where it is put.</summary>
    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_token_counts_until_it_expires_also_when_it_was_found_right_before()
    {
        await using var database = await server.NewDatabase();
        using var keys = new SigningKeys(database.Dbs, SecretKeys.FromEnvironment());
        var clock = new Clock(Noon);
        var check = new TokenCheck(keys, clock);
        var token = await Token(keys, Claims());

        Assert.Equal((3, Client), await check.Check(token) is { } caller ? (caller.Tenant, caller.Actor) : default);
        clock.Now = Noon.AddSeconds(599);
        Assert.NotNull(await check.Check(token));
        clock.Now = Noon.AddSeconds(600);
        Assert.Null(await check.Check(token));
        // Neither remembered nor found right anew: a check of its own says the same.
        Assert.Null(await check.Check(token));
        Assert.Null(await new TokenCheck(keys, clock).Check(token));
    }

    [Fact]
    public async Task A_token_that_was_tampered_with_is_no_token()
    {
        await using var database = await server.NewDatabase();
        using var keys = new SigningKeys(database.Dbs, SecretKeys.FromEnvironment());
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (keyId, key) = await keys.Current();
        var check = new TokenCheck(keys, new Clock(Noon));
        var right = await Token(keys, Claims());
        var parts = right.Split('.');
        Assert.NotNull(await check.Check(right));
        var wider = Encode(
            Encoding
                .UTF8.GetString(Base64Url.DecodeFromChars(parts[1]))
                .Replace("\"tid\":3", "\"tid\":4", StringComparison.Ordinal)
        );

        var wrong = new Dictionary<string, string>
        {
            ["another payload"] = $"{parts[0]}.{wider}.{parts[2]}",
            ["no signature"] = $"{parts[0]}.{parts[1]}.",
            ["a signature cut short"] = right[..^2],
            ["a signature of nothing but zeros"] = $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[64])}",
            ["two parts"] = $"{parts[0]}.{parts[1]}",
            ["four parts"] = $"{right}.x",
            ["no JSON in the header"] = $"{Encode("x")}.{parts[1]}.{parts[2]}",
            ["a header that is no object"] = $"{Encode("[]")}.{parts[1]}.{parts[2]}",
            ["no Base64"] = "*.*.*",
            ["too long"] = right + new string('A', 9000),
            ["alg none"] = $"{Encode($$"""{"alg":"none","kid":"{{keyId}}"}""")}.{parts[1]}.",
            ["alg None, signed rightly"] = Sign(key, $$"""{"alg":"None","kid":"{{keyId}}"}""", parts[1]),
            ["alg HS256 with the public key as its secret"] = Hmac(key, keyId, parts[1]),
            ["alg RS256, signed rightly as ES256"] = Sign(key, $$"""{"alg":"RS256","kid":"{{keyId}}"}""", parts[1]),
            ["no alg"] = Sign(key, $$"""{"kid":"{{keyId}}"}""", parts[1]),
            ["no kid"] = Sign(key, """{"alg":"ES256"}""", parts[1]),
            ["an unknown kid"] = Sign(key, """{"alg":"ES256","kid":"other"}""", parts[1]),
            ["a kid that is a number"] = Sign(key, """{"alg":"ES256","kid":1}""", parts[1]),
            ["a critical extension"] = Sign(key, $$"""{"alg":"ES256","kid":"{{keyId}}","crit":["b64"],"b64":false}""", parts[1]),
            ["a key of its own"] = Sign(stranger, $$"""{"alg":"ES256","kid":"{{keyId}}"}""", parts[1]),
            ["another issuer"] = await Token(keys, Claims(issuer: "somebody")),
            ["for somebody else"] = await Token(keys, Claims(audience: "somebody")),
            ["not yet valid"] = await Token(keys, Claims(from: 3600)),
            ["already expired"] = await Token(keys, Claims(lifetime: 0)),
            ["no claims"] = await Token(keys, new { }),
        };

        foreach (var (what, token) in wrong)
            Assert.True(await check.Check(token) is null, $"This was taken for a token: {what}");
    }

    private static object Claims(string issuer = "millrace", string audience = "millrace", int lifetime = 600, int from = 0) =>
        new
        {
            iss = issuer,
            aud = audience,
            sub = Client,
            tid = 3,
            scope = "catalog.item.read",
            nbf = Noon.ToUnixTimeSeconds() + from,
            exp = Noon.ToUnixTimeSeconds() + lifetime + from,
        };

    private static async Task<string> Token(SigningKeys keys, object claims)
    {
        var (keyId, key) = await keys.Current();
        return Jws.Sign(key, keyId, claims);
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Sign(ECDsa key, string header, string payload)
    {
        var signed = $"{Encode(header)}.{payload}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Hmac(ECDsa key, string keyId, string payload)
    {
        var signed = $"{Encode($$"""{"alg":"HS256","kid":"{{keyId}}"}""")}.{payload}";
        var mac = HMACSHA256.HashData(key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(mac)}";
    }
}
