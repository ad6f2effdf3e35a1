using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Millrace.Tests;

/// <summary>
/// An OpenID provider of the tests on a port of its own, as the standard has it: discovery, codes for one use with PKCE, client
/// proof by header, keys for RS256 and ES256. What it signs can be bent for a test.
/// </summary>
public sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "millrace at test";
    public const string ClientSecret = "a:secret/with letters";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge, string RedirectUri)> _codes = new();
    private RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string _rsaId = "rsa-1";

    private TestProvider(WebApplication app) => _app = app;

    public string Issuer => _app.Urls.First();

    public string Algorithm { get; set; } = "RS256";

    public string Email { get; set; } = "";

    public bool Verified { get; set; } = true;

    /// <summary>Changes the claims before they are signed.</summary>
    public Action<Dictionary<string, object>> Bend { get; set; } = _ => { };

    /// <summary>Changes the token after it was signed.</summary>
    public Func<string, string> Tamper { get; set; } = token => token;

    public static async Task<TestProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var provider = new TestProvider(app);
        app.MapGet("/.well-known/openid-configuration", provider.Configuration);
        app.MapGet("/keys", provider.Keys);
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.Token);
        await app.StartAsync();
        return provider;
    }

    /// <summary>A new key in place of the one that signed until now.</summary>
    public void RotateKey()
    {
        _rsa = RSA.Create(2048);
        _rsaId = "rsa-2";
    }

    private IResult Configuration() =>
        TypedResults.Json(
            new Dictionary<string, string>
            {
                ["issuer"] = Issuer,
                ["authorization_endpoint"] = $"{Issuer}/authorize",
                ["token_endpoint"] = $"{Issuer}/token",
                ["jwks_uri"] = $"{Issuer}/keys",
            }
        );

    private IResult Keys()
    {
        var (rsa, point) = (_rsa.ExportParameters(false), _ec.ExportParameters(false).Q);
        return TypedResults.Json(
            new
            {
                keys = new Dictionary<string, string>[]
                {
                    new()
                    {
                        ["kty"] = "RSA",
                        ["kid"] = _rsaId,
                        ["use"] = "sig",
                        ["n"] = Base64Url.EncodeToString(rsa.Modulus),
                        ["e"] = Base64Url.EncodeToString(rsa.Exponent),
                    },
                    new()
                    {
                        ["kty"] = "EC",
                        ["crv"] = "P-256",
                        ["kid"] = "ec-1",
                        ["alg"] = "ES256",
                        ["x"] = Base64Url.EncodeToString(point.X),
                        ["y"] = Base64Url.EncodeToString(point.Y),
                    },
                },
            }
        );
    }

    // The person says yes at once.
    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256")
            return TypedResults.BadRequest();
        var code = Guid.CreateVersion7().ToString("N");
        _codes[code] = (query["nonce"].ToString(), query["code_challenge"].ToString(), query["redirect_uri"].ToString());
        return TypedResults.Redirect($"{query["redirect_uri"]}?code={code}&state={HttpUtility.UrlEncode(query["state"])}");
    }

    private async Task<IResult> Token(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var proof = Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(ClientId)}:{Uri.EscapeDataString(ClientSecret)}")
        );
        var verifier = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (
            request.Headers.Authorization != $"Basic {proof}"
            || !_codes.TryRemove(form["code"].ToString(), out var code)
            || code.Challenge != verifier
            || code.RedirectUri != form["redirect_uri"]
        )
            return TypedResults.BadRequest(new { error = "invalid_grant" });
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Issuer,
            ["aud"] = ClientId,
            ["sub"] = "somebody",
            ["email"] = Email,
            ["email_verified"] = Verified,
            ["nonce"] = code.Nonce,
            ["iat"] = now,
            ["exp"] = now + 300,
        };
        Bend(claims);
        return TypedResults.Json(
            new
            {
                access_token = "x",
                token_type = "Bearer",
                id_token = Tamper(Sign(claims)),
            }
        );
    }

    private string Sign(Dictionary<string, object> claims)
    {
        var header = new Dictionary<string, string> { ["alg"] = Algorithm, ["kid"] = Algorithm == "RS256" ? _rsaId : "ec-1" };
        var signed = $"{Part(JsonSerializer.SerializeToUtf8Bytes(header))}.{Part(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var mark =
            Algorithm == "RS256"
                ? _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                : _ec.SignData(bytes, HashAlgorithmName.SHA256);
        return $"{signed}.{Part(mark)}";
    }

    public static string Part(byte[] bytes) => Base64Url.EncodeToString(bytes);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _rsa.Dispose();
        _ec.Dispose();
    }
}
