using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Millrace.Identity;

namespace Millrace.Tests;

/// <summary>
/// A person who allows a client to act for them, and the client that redeems it, as a browser and a program would.
/// </summary>
public sealed class Consent : IDisposable
{
    public const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private Consent(ApiClient person, ApiClient program, CreateClient.Result client) =>
        (Person, Program, Client) = (person, program, client);

    public ApiClient Person { get; }

    public ApiClient Program { get; }

    public CreateClient.Result Client { get; }

    public static async Task<Consent> Begin(OpenFactory open, bool isPublic = false)
    {
        var person = await open.App.SignIn(await open.Factory.AddPerson("person"));
        var made = await open.Api.Post(
            "/api/v1/clients",
            new
            {
                name = "Portal",
                permissions = (string[])["catalog.item.read", "company.read"],
                redirectUris = (string[])[IdentitySample.RedirectUri],
                isPublic,
            }
        );
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        var secret = isPublic
            ? ""
            : (await open.Api.Put($"/api/v1/clients/{made.Json.GetProperty("id").GetString()}/secret", new { }))
                .Json.GetProperty("clientSecret")
                .GetString()!;
        var client = new CreateClient.Result(made.Json.GetProperty("clientId").GetString()!, secret);
        return new Consent(person, open.App.Anonymous(), client);
    }

    public static string Challenge(string verifier) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    public Task<Answer> Ask(string scope = "openid catalog.item.read", string? redirectUri = null, string? challenge = null) =>
        Person.Post(
            "/api/v1/authorizations",
            new
            {
                clientId = Client.ClientId,
                redirectUri = redirectUri ?? IdentitySample.RedirectUri,
                scope,
                codeChallenge = challenge ?? Challenge(Verifier),
                codeChallengeMethod = "S256",
                state = "a state",
                nonce = "a nonce",
            }
        );

    public async Task<string> Code(string scope = "openid catalog.item.read")
    {
        var allowed = await Ask(scope);
        Assert.True(allowed.Status == HttpStatusCode.OK, allowed.Text);
        return HttpUtility.ParseQueryString(new Uri(allowed.Json.GetProperty("redirectTo").GetString()!).Query)["code"]!;
    }

    public Task<Answer> Redeem(string code, string? redirectUri = null, string verifier = Verifier) =>
        Token(
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirectUri ?? IdentitySample.RedirectUri),
            ("code_verifier", verifier)
        );

    public Task<Answer> Refresh(string token, Uri? at = null) =>
        Post("/oauth/token", at, ("grant_type", "refresh_token"), ("refresh_token", token));

    public async Task<JsonElement> Tokens()
    {
        var answer = await Redeem(await Code());
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json;
    }

    public Task<Answer> Revoke(string token) => Post("/oauth/revoke", at: null, ("token", token));

    /// <summary>The items as this access token shows them.</summary>
    public async Task<HttpStatusCode> Items(string accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/items");
        request.Headers.Authorization = new("Bearer", accessToken);
        using var answer = await Program.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private Task<Answer> Token(params (string Name, string Value)[] form) => Post("/oauth/token", at: null, form);

    private async Task<Answer> Post(string path, Uri? at, params (string Name, string Value)[] form)
    {
        var fields = form.ToDictionary(one => one.Name, one => one.Value);
        fields["client_id"] = Client.ClientId;
        if (Client.ClientSecret.Length > 0)
            fields["client_secret"] = Client.ClientSecret;
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await Program.Http.PostAsync(new Uri(at ?? Program.Http.BaseAddress!, path), content);
        return new Answer(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers);
    }

    public void Dispose()
    {
        Person.Dispose();
        Program.Dispose();
    }
}
