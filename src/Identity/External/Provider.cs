using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>
/// The outside OpenID provider as its discovery document describes it; asked anew when that is ten minutes old.
/// </summary>
public sealed class Provider(IdentitySettings settings, TimeProvider clock, ILogger<Provider> log) : IDisposable
{
    private const int LargestAnswer = 256 * 1024;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = LargestAnswer,
    };

    private volatile Known? _known;

    private sealed record Known(JsonElement Configuration, JsonElement Keys, long Read);

    internal ExternalSettings? Settings => settings.External;

    internal async Task<string> AuthorizationEndpoint() => Needed((await Current()).Configuration, "authorization_endpoint");

    /// <summary>The verified claims of the one who came back with this code.</summary>
    internal async Task<JsonElement> Redeem(string code, string redirectUri, string verifier, string nonce)
    {
        var external = settings.External!;
        var known = await Current();
        using var request = new HttpRequestMessage(HttpMethod.Post, Needed(known.Configuration, "token_endpoint"))
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["grant_type"] = "authorization_code",
                    ["code"] = code,
                    ["redirect_uri"] = redirectUri,
                    ["code_verifier"] = verifier,
                }
            ),
        };
        var proof = $"{Uri.EscapeDataString(external.ClientId)}:{Uri.EscapeDataString(external.ClientSecret)}";
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(proof))
        );
        var answer = await Ask(request);
        var token = ProviderTokens.Text(answer, "id_token") ?? throw Failed("it gave no id_token");
        var expected = new ProviderTokens.Expected(
            external.Issuer,
            external.ClientId,
            nonce,
            clock.GetUtcNow().ToUnixTimeSeconds()
        );
        var (claims, fault) = ProviderTokens.Verify(token, known.Keys, expected);
        if (fault == "no key of the provider has signed it")
        {
            // It may have a new key since.
            _known = null;
            (claims, fault) = ProviderTokens.Verify(token, (await Current()).Keys, expected);
        }
        return fault is null ? claims : throw Failed($"its token cannot be taken: {fault}");
    }

    private async Task<Known> Current()
    {
        if (_known is { } known && clock.GetElapsedTime(known.Read) < Remembered)
            return known;
        var read = clock.GetTimestamp();
        var issuer = settings.External!.Issuer;
        var configuration = await Get($"{issuer.TrimEnd('/')}/.well-known/openid-configuration");
        if (ProviderTokens.Text(configuration, "issuer") != issuer)
            throw Failed("its discovery document names another issuer");
        var keys = await Get(Needed(configuration, "jwks_uri"));
        return _known = new Known(configuration, keys, read);
    }

    private async Task<JsonElement> Get(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await Ask(request);
    }

    private async Task<JsonElement> Ask(HttpRequestMessage request)
    {
        try
        {
            using var answer = await _http.SendAsync(request);
            if (!answer.IsSuccessStatusCode)
                throw Failed($"it answered {(int)answer.StatusCode} at {request.RequestUri!.AbsolutePath}");
            using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
            return document.RootElement.Clone();
        }
        catch (Exception down) when (down is HttpRequestException or TaskCanceledException or JsonException)
        {
            throw Failed($"it cannot be reached or understood ({down.GetType().Name})");
        }
    }

    private string Needed(JsonElement configuration, string name) =>
        ProviderTokens.Text(configuration, name) ?? throw Failed($"its discovery document has no {name}");

    private Refused Failed(string why)
    {
        log.LogWarning("The external sign-in at {Issuer} failed: {Why}.", settings.External?.Issuer, why);
        return new Refused(
            "external.failed",
            $"{settings.External?.Name} did not confirm who you are. Try again; if it happens again, tell your administrator.",
            status: 401
        );
    }

    public void Dispose() => _http.Dispose();
}
