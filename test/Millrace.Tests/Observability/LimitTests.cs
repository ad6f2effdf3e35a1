using System.Globalization;
using System.Net;
using System.Text;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class LimitTests(Server server)
{
    private static readonly LimitSettings Tight = new()
    {
        Client = new Limit("client", 5),
        User = new Limit("user", 4),
        Address = new Limit("address", 3),
        SignIn = new Limit("sign-in", 3),
        Token = new Limit("token", 2),
    };

    [Fact]
    public async Task A_machine_is_told_what_is_left_and_refused_beyond_it_until_it_has_waited()
    {
        await using var open = await OpenFactory.Start(server, limits: Tight);

        for (var left = 4; left >= 0; left--)
        {
            var answer = await open.Api.Get("/api/v1/items");
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal("\"client\";q=5;w=60", Header(answer, "RateLimit-Policy"));
            Assert.StartsWith($"\"client\";r={left};t=", Header(answer, "RateLimit"), StringComparison.Ordinal);
        }
        var refused = await open.Api.Get("/api/v1/items");

        Assert.Equal((HttpStatusCode.TooManyRequests, "limit.exceeded"), (refused.Status, refused.Code));
        Assert.InRange(int.Parse(Header(refused, "Retry-After"), CultureInfo.InvariantCulture), 10, 12);
        Assert.StartsWith("\"client\";r=0;t=1", Header(refused, "RateLimit"), StringComparison.Ordinal);
        Assert.Equal(5, refused.Json.GetProperty("facts").GetProperty("limit").GetInt32());
    }

    [Fact]
    public async Task A_refused_write_does_nothing_and_one_machine_does_not_use_up_what_another_may()
    {
        await using var open = await OpenFactory.Start(server, limits: Tight with { Token = new Limit("token", 0) });
        using var other = await open.App.Authorize(await open.Factory.AddClient("other"));
        for (var at = 0; at < 5; at++)
            await open.Stock(1);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await open.Receive(1)).Status);
        Assert.Equal(5, await open.Count("inventory.movement"));
        Assert.Equal(5, await open.Count("kernel.answer"));
        Assert.Equal(HttpStatusCode.OK, (await other.Get("/api/v1/items")).Status);
    }

    [Fact]
    public async Task A_person_has_a_limit_of_their_own()
    {
        await using var open = await OpenFactory.Start(server, limits: Tight);
        using var person = await open.App.SignIn(await open.Factory.AddPerson("clerk"));
        for (var at = 0; at < 4; at++)
            Assert.Equal(HttpStatusCode.OK, (await person.Get("/api/v1/items")).Status);

        var refused = await person.Get("/api/v1/items");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("user", refused.Json.GetProperty("facts").GetProperty("policy").GetString());
        Assert.Equal(HttpStatusCode.OK, (await open.Api.Get("/api/v1/items")).Status);
    }

    [Fact]
    public async Task Guessing_passwords_and_secrets_is_slowed_down_by_address()
    {
        await using var open = await OpenFactory.Start(server, limits: Tight);
        using var guesser = open.App.Anonymous();
        var wrong = new { email = "a@b.example", password = "wrong" };
        for (var at = 0; at < 3; at++)
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                (await guesser.Send(HttpMethod.Post, "/api/v1/session", wrong, key: null)).Status
            );

        var refused = await guesser.Send(HttpMethod.Post, "/api/v1/session", wrong, key: null);

        Assert.Equal((HttpStatusCode.TooManyRequests, "limit.exceeded"), (refused.Status, refused.Code));
        Assert.Equal("\"sign-in\";q=3;w=60", Header(refused, "RateLimit-Policy"));
        // One token was taken to open the factory; the second is the last.
        using (await open.App.Authorize(await open.Factory.AddClient("second"))) { }
        using var form = new FormUrlEncodedContent([]);
        using var third = await guesser.Http.PostAsync(new Uri("/oauth/token", UriKind.Relative), form, Stop);
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
    }

    [Fact]
    public async Task An_address_without_a_caller_is_refused_before_anybody_is_looked_up()
    {
        await using var open = await OpenFactory.Start(server, limits: Tight);
        using var nobody = open.App.Anonymous();
        nobody.Http.DefaultRequestHeaders.Add("Authorization", "Bearer not.a.token");
        for (var at = 0; at < 3; at++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.Get("/api/v1/items")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await nobody.Get("/api/v1/items")).Status);

        // Now the address costs nothing more, whatever it sends.
        var again = await nobody.Get("/api/v1/items");
        Assert.Equal(HttpStatusCode.TooManyRequests, again.Status);
        Assert.Equal("address", again.Json.GetProperty("facts").GetProperty("policy").GetString());
    }

    [Fact, Case("X4")]
    public async Task A_spoofed_forwarded_address_neither_evades_a_limit_nor_uses_up_that_of_another()
    {
        var wrong = new { email = "a@b.example", password = "wrong" };
        // Nobody is trusted: what the header says does not count.
        await using (var open = await OpenFactory.Start(server, limits: Tight))
        {
            for (var at = 0; at < 3; at++)
                await Try(open, $"198.51.100.{at}", HttpStatusCode.Unauthorized);
            await Try(open, "198.51.100.99", HttpStatusCode.TooManyRequests);
        }
        // The hop from which the request comes is trusted: the address it has seen counts, not what stood before it.
        var trusting = Tight with
        {
            TrustedProxies = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8")],
        };
        await using (var open = await OpenFactory.Start(server, limits: trusting))
        {
            for (var at = 0; at < 3; at++)
                await Try(open, $"203.0.113.{at}, 192.0.2.7, 10.1.2.3", HttpStatusCode.Unauthorized);
            await Try(open, "192.0.2.7, 10.9.9.9", HttpStatusCode.TooManyRequests);
            await Try(open, "192.0.2.8", HttpStatusCode.Unauthorized);
        }

        async Task Try(OpenFactory open, string forwarded, HttpStatusCode status)
        {
            using var client = open.App.Anonymous();
            client.Http.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
            var answer = await client.Send(HttpMethod.Post, "/api/v1/session", wrong, key: null);
            Assert.Equal((forwarded, status), (forwarded, answer.Status));
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task The_cookie_of_a_session_is_secure_when_a_trusted_hop_says_https(bool trusted, bool secure)
    {
        await using var open = await OpenFactory.Start(
            server,
            limits: new LimitSettings { TrustedProxies = trusted ? [IPNetwork.Parse("127.0.0.1/32")] : [] }
        );
        var email = await open.Factory.AddPerson("clerk");
        using var client = open.App.Anonymous();
        client.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");

        var body = $$"""{"email":"{{email}}","password":"{{Factory.Password}}"}""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.Http.PostAsync(new Uri("/api/v1/session", UriKind.Relative), content, Stop);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal(secure, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_body_too_large_is_still_told_so()
    {
        await using var open = await OpenFactory.Start(server, limits: Tight);

        var head = $"""
            POST /api/v1/items HTTP/1.1
            Authorization: {open.Api.Http.DefaultRequestHeaders.Authorization}
            Idempotency-Key: {Guid.CreateVersion7()}
            Content-Type: application/json
            Content-Length: {10 * 1024 * 1024}
            """;
        var answer = await RawHttp.Send(open.App.Url, head, new byte[100]);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body.too_large"), (answer.Status, answer.Code));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Header(Answer answer, string name) => Assert.Single(answer.Headers.GetValues(name));
}
