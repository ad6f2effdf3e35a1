using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Millrace.Identity;

namespace Millrace.Tests;

public sealed class TokenEndpointTests(Server server)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_proves_itself_by_header_or_by_body(bool byHeader)
    {
        await using var database = await server.NewDatabase();
        var client = await (await Factory.Make(database.Dbs)).AddClient("machine");
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var http = app.Anonymous();

        var answer = await Ask(http, byHeader ? null : client, byHeader ? client : null);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("Bearer", answer.Json.GetProperty("token_type").GetString());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal(
            string.Join(' ', Factory.AllPermissions.Order(StringComparer.Ordinal)),
            answer.Json.GetProperty("scope").GetString()
        );
        Bear(http, answer);
        Assert.Equal(HttpStatusCode.OK, (await http.Get("/api/v1/items")).Status);
    }

    [Fact]
    public async Task A_wrong_secret_an_unknown_client_and_a_foreign_tenant_are_refused_alike()
    {
        await using var database = await server.NewDatabase();
        var (own, foreign) = (await Factory.Make(database.Dbs, "Own"), await Factory.Make(database.Dbs, "Foreign"));
        var client = await own.AddClient("machine");
        var retired = await own.AddClient("retired");
        var name = client.ClientId.Split('.')[1];
        await database.Superuser("update identity.client set retired_at = now() where name = 'retired'");
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var http = app.Anonymous();

        foreach (
            var wrong in (CreateClient.Result[])
                [
                    client with
                    {
                        ClientSecret = "wrong",
                    },
                    client with
                    {
                        ClientSecret = "",
                    },
                    client with
                    {
                        ClientId = $"{own.Tenant}.{Guid.CreateVersion7()}",
                    },
                    client with
                    {
                        ClientId = $"{foreign.Tenant}.{name}",
                    },
                    client with
                    {
                        ClientId = name,
                    },
                    client with
                    {
                        ClientId = "",
                    },
                    client with
                    {
                        ClientId = $"99999999999.{name}",
                    },
                    retired,
                ]
        )
        foreach (var answer in (Answer[])[await Ask(http, wrong, null), await Ask(http, null, wrong)])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
            Assert.Equal(
                """{"error":"invalid_client","error_description":"The client id or the secret is wrong."}""",
                answer.Text
            );
        }
    }

    [Fact]
    public async Task A_scope_can_be_narrowed_but_not_widened()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        var client = await factory.AddClient("machine", ["catalog.item.read", "catalog.item.write"]);
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var http = app.Anonymous();

        var narrow = await Ask(http, client, null, ("scope", "catalog.item.read"));
        Assert.Equal("catalog.item.read", narrow.Json.GetProperty("scope").GetString());
        Bear(http, narrow);
        Assert.Equal(HttpStatusCode.OK, (await http.Get("/api/v1/items")).Status);
        Assert.Equal("auth.forbidden", (await http.Post($"/api/v1/items/{factory.Item}/retirement")).Code);

        foreach (var beyond in (string[])["inventory.receive", "catalog.item.read inventory.receive", "*"])
        {
            var wide = await Ask(http, client, null, ("scope", beyond));
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_scope"), (wide.Status, wide.Json.GetProperty("error").GetString()));
        }
    }

    [Fact]
    public async Task A_malformed_request_for_a_token_is_told_what_is_wrong()
    {
        await using var database = await server.NewDatabase();
        var client = await (await Factory.Make(database.Dbs)).AddClient("machine", ["catalog.item.read"]);
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var http = app.Anonymous();
        var good = $"grant_type=client_credentials&client_id={client.ClientId}&client_secret={client.ClientSecret}";

        foreach (var other in (string[])["application/json", "multipart/form-data", "text/plain"])
            Assert.Equal("media_type.unsupported", (await Send(http, good, other)).Code);
        foreach (
            var (type, body, error) in ((string, string, string)[])
                [
                    ("application/x-www-form-urlencoded", "", "unsupported_grant_type"),
                    (
                        "application/x-www-form-urlencoded",
                        good.Replace("client_credentials", "password", StringComparison.Ordinal),
                        "unsupported_grant_type"
                    ),
                    ("application/x-www-form-urlencoded", $"{good}&grant_type=client_credentials", "unsupported_grant_type"),
                    (
                        "application/x-www-form-urlencoded",
                        $"{good}&scope=catalog.item.read&scope=catalog.item.read",
                        "invalid_request"
                    ),
                    (
                        "application/x-www-form-urlencoded",
                        $"{good}&{string.Join('&', Enumerable.Range(0, 2000).Select(at => $"k{at}=1"))}",
                        "invalid_request"
                    ),
                    ("application/x-www-form-urlencoded", $"{good}&{new string('k', 5000)}=1", "invalid_request"),
                ]
        )
        {
            var answer = await Send(http, body, type);
            Assert.Equal((Short(body), HttpStatusCode.BadRequest), (Short(body), answer.Status));
            Assert.Contains($"\"error\":\"{error}\"", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact, Case("X6")]
    public async Task The_published_keys_verify_a_token_with_nothing_of_ours()
    {
        await using var database = await server.NewDatabase();
        var client = await (await Factory.Make(database.Dbs)).AddClient("machine");
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var http = app.Anonymous();
        var parts = (await Ask(http, client, null)).Json.GetProperty("access_token").GetString()!.Split('.');
        var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement;

        var keys = (await http.Get("/.well-known/jwks.json")).Json.GetProperty("keys").EnumerateArray();
        var key = Assert.Single(keys, one => one.GetProperty("kid").GetString() == header.GetProperty("kid").GetString());
        Assert.False(key.TryGetProperty("d", out _), "The private part must never be published.");
        using var ecdsa = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint
                {
                    X = Base64Url.DecodeFromChars(key.GetProperty("x").GetString()),
                    Y = Base64Url.DecodeFromChars(key.GetProperty("y").GetString()),
                },
            }
        );

        Assert.True(
            ecdsa.VerifyData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                Base64Url.DecodeFromChars(parts[2]),
                HashAlgorithmName.SHA256
            )
        );
    }

    [Fact, Case("X6")]
    public async Task A_token_of_one_process_counts_at_once_in_another_for_many_requests_at_the_same_time()
    {
        await using var database = await server.NewDatabase();
        var client = await (await Factory.Make(database.Dbs)).AddClient("machine");
        await using var one = await App.Start(database.ConnectionString, work: false);
        await using var other = await App.Start(database.ConnectionString, work: false);
        using var first = one.Anonymous();
        var token = await Ask(first, client, null);
        using var there = other.Anonymous();
        Bear(there, token);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => there.Get("/api/v1/items?limit=1")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        // And both sign with one key.
        Assert.Equal(KeyId(token), KeyId(await Ask(there, client, null)));
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60];

    private static async Task<Answer> Send(ApiClient http, string body, string type)
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await http.Http.PostAsync(new Uri("/oauth/token", UriKind.Relative), content);
        return new Answer(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers);
    }

    private static string KeyId(Answer token) =>
        JsonDocument
            .Parse(Base64Url.DecodeFromChars(token.Json.GetProperty("access_token").GetString()!.Split('.')[0]))
            .RootElement.GetProperty("kid")
            .GetString()!;

    private static void Bear(ApiClient http, Answer token) =>
        http.Http.DefaultRequestHeaders.Authorization = new("Bearer", token.Json.GetProperty("access_token").GetString());

    private static async Task<Answer> Ask(
        ApiClient http,
        CreateClient.Result? byBody,
        CreateClient.Result? byHeader,
        params (string Name, string Value)[] more
    )
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        if (byBody is not null)
            (form["client_id"], form["client_secret"]) = (byBody.ClientId, byBody.ClientSecret);
        foreach (var (name, value) in more)
            form[name] = value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token") { Content = new FormUrlEncodedContent(form) };
        if (byHeader is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes($"{byHeader.ClientId}:{byHeader.ClientSecret}"))
            );
        using var answer = await http.Http.SendAsync(request);
        return new Answer(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers);
    }
}
