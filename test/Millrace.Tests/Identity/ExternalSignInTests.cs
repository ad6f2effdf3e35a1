using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Identity;

namespace Millrace.Tests;

public sealed class ExternalSignInTests(Server server)
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task Whom_the_provider_confirms_is_signed_in_and_lands_where_they_wanted_to_go(string algorithm)
    {
        await using var site = await Site.Open(server);
        site.Provider.Algorithm = algorithm;
        using var browser = site.Browser();

        var landed = await site.SignIn(browser, next: "/items?kind=raw");

        Assert.Equal("/items?kind=raw", landed);
        var session = await browser.Get("/api/v1/session");
        Assert.True(session.Status == HttpStatusCode.OK, session.Text);
        Assert.Equal("person", session.Json.GetProperty("user").GetProperty("name").GetString());
        Assert.Equal(0L, await site.Database.Superuser<long>("select count(*) from identity.external_sign_in"));
        Assert.Equal("Test", (await browser.Get("/api/v1/sign-in-options")).Json.GetProperty("externalName").GetString());
    }

    [Fact]
    public async Task A_key_that_the_provider_has_since_this_morning_is_taken()
    {
        await using var site = await Site.Open(server);
        using (var first = site.Browser())
            Assert.Equal("/", await site.SignIn(first));
        site.Provider.RotateKey();
        using var second = site.Browser();

        Assert.Equal("/", await site.SignIn(second));
    }

    public static TheoryData<string> Lies =>
        [
            "another issuer",
            "another audience",
            "two audiences",
            "another nonce",
            "no nonce",
            "expired",
            "not yet valid",
            "from the future",
            "alg none",
            "tampered",
            "no signature",
        ];

    [Theory, MemberData(nameof(Lies))]
    public async Task A_token_that_is_not_right_in_every_part_signs_nobody_in(string lie)
    {
        await using var site = await Site.Open(server);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        site.Provider.Bend = claims =>
        {
            switch (lie)
            {
                case "another issuer":
                    claims["iss"] = "https://evil.example";
                    break;
                case "another audience":
                    claims["aud"] = "somebody else";
                    break;
                case "two audiences":
                    claims["aud"] = (string[])[TestProvider.ClientId, "somebody else"];
                    break;
                case "another nonce":
                    claims["nonce"] = "another";
                    break;
                case "no nonce":
                    claims.Remove("nonce");
                    break;
                case "expired":
                    claims["exp"] = now - 61;
                    break;
                case "not yet valid":
                    claims["nbf"] = now + 120;
                    break;
                case "from the future":
                    claims["iat"] = now + 120;
                    break;
            }
        };
        site.Provider.Tamper = token =>
        {
            var parts = token.Split('.');
            return lie switch
            {
                "alg none" => $"{TestProvider.Part(Encoding.UTF8.GetBytes("{\"alg\":\"none\"}"))}.{parts[1]}.",
                "tampered" => $"{parts[0]}.{TestProvider.Part(Encoding.UTF8.GetBytes("{\"sub\":\"x\"}"))}.{parts[2]}",
                "no signature" => $"{parts[0]}.{parts[1]}.",
                _ => token,
            };
        };
        using var browser = site.Browser();

        var callback = await site.Begin(browser, "/");
        var answer = await browser.Get(callback);

        Assert.Equal((HttpStatusCode.Unauthorized, "external.failed"), (answer.Status, answer.Code));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get("/api/v1/session")).Status);
    }

    [Theory]
    [InlineData("nobody@nowhere.example", true)]
    [InlineData(null, false)]
    public async Task A_stranger_and_an_address_that_is_not_verified_are_sent_back(string? email, bool verified)
    {
        await using var site = await Site.Open(server);
        site.Provider.Email = email ?? site.Provider.Email;
        site.Provider.Verified = verified;
        using var browser = site.Browser();

        Assert.Equal("/sign-in?external=unknown", await site.SignIn(browser));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get("/api/v1/session")).Status);
    }

    [Fact]
    public async Task A_way_back_counts_once_in_the_browser_that_began_it()
    {
        await using var site = await Site.Open(server);
        using var browser = site.Browser();
        using var other = site.Browser();
        var callback = await site.Begin(browser, "/");

        Assert.Equal("external.other_browser", (await other.Get(callback)).Code);
        Assert.Equal(
            "external.other_browser",
            (await browser.Get(callback.Replace("state=", "state=0", StringComparison.Ordinal))).Code
        );
        // That attempt has taken the browser's state with it.
        Assert.Equal("external.other_browser", (await browser.Get(callback)).Code);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\\evil.example")]
    public async Task Nobody_is_sent_to_another_site_afterwards(string next)
    {
        await using var site = await Site.Open(server);
        using var browser = site.Browser();

        Assert.Equal("/", await site.SignIn(browser, next));
    }

    [Fact]
    public async Task A_provider_that_is_down_is_told_as_such_and_without_one_the_way_is_closed()
    {
        await using var site = await Site.Open(server);
        await site.Provider.DisposeAsync();
        using var browser = site.Browser();
        Assert.Equal("external.failed", (await browser.Get("/oauth/external")).Code);

        await using var without = await App.Start(site.Database.ConnectionString, work: false);
        using var client = without.Anonymous();
        Assert.Equal("external.none", (await client.Get("/oauth/external")).Code);
        Assert.Equal("external.none", (await client.Get("/oauth/external/callback")).Code);
    }

    /// <summary>The program with a provider beside it and one member.</summary>
    private sealed record Site(TestDatabase Database, App App, TestProvider Provider) : IAsyncDisposable
    {
        internal static async Task<Site> Open(Server server)
        {
            var database = await server.NewDatabase();
            var email = await (await Factory.Make(database.Dbs)).AddPerson("person");
            var provider = await TestProvider.Start();
            provider.Email = email.ToUpperInvariant();
            var settings = new IdentitySettings(
                null,
                new ExternalSettings(provider.Issuer, TestProvider.ClientId, TestProvider.ClientSecret, "Test")
            );
            var app = await App.Start(database.ConnectionString, work: false, with: services => services.AddSingleton(settings));
            return new Site(database, app, provider);
        }

        internal ApiClient Browser() => App.Anonymous(followRedirects: false);

        /// <summary>To the provider and back as far as our own callback.</summary>
        internal async Task<string> Begin(ApiClient browser, string next)
        {
            using var begun = await browser.Http.GetAsync(new Uri(App.Url, $"/oauth/external?next={Uri.EscapeDataString(next)}"));
            Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
            using var there = await browser.Http.GetAsync(begun.Headers.Location);
            Assert.Equal(HttpStatusCode.Redirect, there.StatusCode);
            return there.Headers.Location!.PathAndQuery;
        }

        internal async Task<string> SignIn(ApiClient browser, string next = "/")
        {
            using var answer = await browser.Http.GetAsync(new Uri(await Begin(browser, next), UriKind.Relative));
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            return answer.Headers.Location!.ToString();
        }

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            await Provider.DisposeAsync();
            await Database.DisposeAsync();
        }
    }
}
