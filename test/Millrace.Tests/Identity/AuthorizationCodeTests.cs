using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using System.Web;

namespace Millrace.Tests;

public sealed class AuthorizationCodeTests(Server server)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_a_person_allowed_acts_for_them_within_what_both_may(bool isPublic)
    {
        await using var open = await OpenFactory.Start(server);
        using var consent = await Consent.Begin(open, isPublic);

        var shown = await consent.Person.Get(
            $"/api/v1/authorization-request?clientId={consent.Client.ClientId}"
                + "&redirectUri=https%3A%2F%2Fapp.example%2Fback&scope=openid%20catalog.item.read"
        );
        Assert.Equal("Portal", shown.Json.GetProperty("client").GetString());
        Assert.Equal("catalog.item.read", shown.Json.GetProperty("permissions")[0].GetString());
        var allowed = await consent.Ask();
        var back = new Uri(allowed.Json.GetProperty("redirectTo").GetString()!);
        var query = HttpUtility.ParseQueryString(back.Query);
        Assert.Equal((IdentitySample.RedirectUri, "a state"), (back.GetLeftPart(UriPartial.Path), query["state"]));
        var tokens = await consent.Redeem(query["code"]!);

        Assert.True(tokens.Status == HttpStatusCode.OK, tokens.Text);
        Assert.Equal("no-store", tokens.Headers.CacheControl?.ToString());
        var access = tokens.Json.GetProperty("access_token").GetString()!;
        Assert.Equal(HttpStatusCode.OK, await consent.Items(access));
        consent.Program.Http.DefaultRequestHeaders.Authorization = new("Bearer", access);
        Assert.Equal("auth.forbidden", (await consent.Program.Get("/api/v1/companies")).Code);
        // What it was allowed it cannot pass on.
        var passedOn = await consent.Program.Get(
            $"/api/v1/authorization-request?clientId={consent.Client.ClientId}&redirectUri=x&scope=openid"
        );
        Assert.Equal("session.not_a_person", passedOn.Code);
    }

    [Fact]
    public async Task The_identity_token_says_who_for_whom_and_for_which_sign_in()
    {
        await using var open = await OpenFactory.Start(server);
        using var consent = await Consent.Begin(open);
        var me = (await consent.Person.Get("/api/v1/session")).Json.GetProperty("user");

        var tokens = await consent.Tokens();

        var claims = JsonDocument
            .Parse(Base64Url.DecodeFromChars(tokens.GetProperty("id_token").GetString()!.Split('.')[1]))
            .RootElement;
        var issuer = (await consent.Program.Get("/.well-known/openid-configuration")).Json.GetProperty("issuer").GetString();
        Assert.Equal(issuer, claims.GetProperty("iss").GetString());
        Assert.Equal(consent.Client.ClientId, claims.GetProperty("aud").GetString());
        Assert.Equal(me.GetProperty("id").GetString(), claims.GetProperty("sub").GetString());
        Assert.Equal(me.GetProperty("email").GetString(), claims.GetProperty("email").GetString());
        Assert.Equal("a nonce", claims.GetProperty("nonce").GetString());
        // It identifies; it opens nothing.
        Assert.Equal(HttpStatusCode.Unauthorized, await consent.Items(tokens.GetProperty("id_token").GetString()!));
        Assert.False((await consent.Redeem(await consent.Code("catalog.item.read"))).Json.TryGetProperty("id_token", out _));
    }

    [Fact]
    public async Task What_does_not_fit_to_the_letter_gives_no_tokens_and_spends_the_code()
    {
        await using var open = await OpenFactory.Start(server);
        using var consent = await Consent.Begin(open);
        var other = Consent.Verifier.Replace('d', 'e');

        foreach (
            var redeem in (Func<string, Task<Answer>>[])
                [
                    code => consent.Redeem(code, IdentitySample.RedirectUri + "/"),
                    code => consent.Redeem(code, "https://evil.example/back"),
                    code => consent.Redeem(code, verifier: other),
                ]
        )
        {
            var code = await consent.Code();
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), Error(await redeem(code)));
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), Error(await consent.Redeem(code)));
        }
        Assert.Equal("invalid_request", Error(await consent.Redeem("x", verifier: "too short")).Code);
        Assert.Equal("invalid_grant", Error(await consent.Redeem("nonsense")).Code);
        var late = await consent.Code();
        await open.Database.Superuser("update identity.authorization_code set expires_at = now()");
        Assert.Equal("invalid_grant", Error(await consent.Redeem(late)).Code);
        Assert.Equal(0L, await open.Count("identity.token_family"));
    }

    [Fact]
    public async Task A_code_used_twice_ends_what_it_began()
    {
        await using var open = await OpenFactory.Start(server);
        using var consent = await Consent.Begin(open);
        var code = await consent.Code();
        var tokens = (await consent.Redeem(code)).Json;
        Assert.Equal(HttpStatusCode.OK, await consent.Items(tokens.GetProperty("access_token").GetString()!));

        Assert.Equal("invalid_grant", Error(await consent.Redeem(code)).Code);

        Assert.Equal("invalid_grant", Error(await consent.Refresh(tokens.GetProperty("refresh_token").GetString()!)).Code);
        await Eventually.Get(
            () => consent.Items(tokens.GetProperty("access_token").GetString()!),
            status => status == HttpStatusCode.Unauthorized,
            "the access token is dead",
            seconds: 2
        );
    }

    [Fact]
    public async Task A_person_is_never_sent_to_an_address_that_is_not_exactly_registered()
    {
        await using var open = await OpenFactory.Start(server);
        using var consent = await Consent.Begin(open);

        foreach (
            var address in (string[])
                [
                    "https://app.example/back/",
                    "https://app.example/back?x",
                    "https://app.example",
                    "https://app.example/back/../evil",
                ]
        )
            Assert.Equal("client.other_address", (await consent.Ask(redirectUri: address)).Code);
        Assert.Equal("client.beyond_scope", (await consent.Ask("openid inventory.receive")).Code);
        Assert.Equal("input.invalid", (await consent.Ask(challenge: "short")).Code);
        await open.Database.Superuser("update identity.client set retired_at = now() where name = 'Portal'");
        Assert.Equal(HttpStatusCode.NotFound, (await consent.Ask()).Status);
    }

    [Theory]
    [InlineData("http://app.example/back")]
    [InlineData("https://app.example/back#x")]
    [InlineData("https://u:p@app.example/back")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/back")]
    public async Task An_address_that_is_not_safe_cannot_be_registered(string address)
    {
        await using var open = await OpenFactory.Start(server);

        var answer = await open.Api.Post(
            "/api/v1/clients",
            new
            {
                name = "x",
                permissions = (string[])["company.read"],
                redirectUris = (string[])[address],
            }
        );

        Assert.Equal((HttpStatusCode.BadRequest, "input.invalid"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_retired_client_and_a_fresh_secret_count_with_the_next_request()
    {
        await using var open = await OpenFactory.Start(server);
        var machine = await open.Factory.AddClient("other machine", ["catalog.item.read"]);
        using var client = await open.App.Authorize(machine);
        var id = machine.ClientId.Split('.')[1];
        Assert.Equal(HttpStatusCode.OK, (await client.Get("/api/v1/items")).Status);

        var secret = (await open.Api.Put($"/api/v1/clients/{id}/secret", new { })).Json.GetProperty("clientSecret").GetString()!;
        (await open.App.Authorize(machine with { ClientSecret = secret })).Dispose();
        Assert.Equal(HttpStatusCode.OK, (await open.Api.Post($"/api/v1/clients/{id}/retirement")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Get("/api/v1/items")).Status);
        Assert.Equal("client.retired", (await open.Api.Put($"/api/v1/clients/{id}/secret", new { })).Code);
        // No answer that is kept for a day holds a secret.
        Assert.DoesNotContain(
            secret,
            await open.Database.Superuser<string>("select string_agg(convert_from(body, 'utf8'), ' ') from kernel.answer"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_client_with_a_number_of_its_own_is_held_to_it()
    {
        await using var open = await OpenFactory.Start(server);
        var machine = await open.Factory.AddClient("slow machine", ["catalog.item.read"]);
        await open.Database.Superuser("update identity.client set requests_per_minute = 3 where name = 'slow machine'");
        using var client = await open.App.Authorize(machine);

        var answers = new List<HttpStatusCode>();
        for (var at = 0; at < 6; at++)
            answers.Add((await client.Get("/api/v1/items")).Status);

        Assert.Equal(HttpStatusCode.OK, answers[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.Equal(HttpStatusCode.OK, (await open.Api.Get("/api/v1/items")).Status);
    }

    [Fact]
    public async Task The_number_of_a_client_counts_for_whomever_it_asks_and_not_for_their_own_screens()
    {
        await using var open = await OpenFactory.Start(server);
        using var consent = await Consent.Begin(open);
        var access = (await consent.Tokens()).GetProperty("access_token").GetString()!;
        var set = await open.Api.Put(
            $"/api/v1/clients/{consent.Client.ClientId.Split('.')[1]}",
            new
            {
                name = "Portal",
                permissions = (string[])["catalog.item.read", "company.read"],
                redirectUris = (string[])[IdentitySample.RedirectUri],
                isPublic = false,
                requestsPerMinute = 3,
            },
            version: 1
        );
        Assert.True(set.Status == HttpStatusCode.OK, set.Text);

        var answers = new List<HttpStatusCode>();
        for (var at = 0; at < 6; at++)
            answers.Add(await consent.Items(access));

        Assert.Equal(HttpStatusCode.OK, answers[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.Equal(HttpStatusCode.OK, (await consent.Person.Get("/api/v1/items")).Status);
    }

    private static (HttpStatusCode Status, string? Code) Error(Answer answer) =>
        (answer.Status, answer.Json.GetProperty("error").GetString());
}
