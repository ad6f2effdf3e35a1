using System.Net;

namespace Millrace.Tests;

public sealed class SignInTests(Server server)
{
    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_are_answered_alike()
    {
        await using var database = await server.NewDatabase();
        var email = await (await Factory.Make(database.Dbs)).AddPerson("person");
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = app.Anonymous();

        var wrong = await SignIn(client, email, "not the password");
        var unknown = await SignIn(client, "nobody@nowhere.example", Factory.Password);

        Assert.Equal((HttpStatusCode.Unauthorized, "sign_in.refused"), (wrong.Status, wrong.Code));
        Assert.Equal(WithoutId(wrong), WithoutId(unknown));
        Assert.Empty(client.Cookies.GetCookies(app.Url));
        Assert.Equal(0L, await database.Superuser<long>("select count(*) from identity.session"));
    }

    [Fact]
    public async Task The_cookie_is_for_the_server_alone_and_for_this_site()
    {
        await using var database = await server.NewDatabase();
        var email = await (await Factory.Make(database.Dbs)).AddPerson("person");
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = app.Anonymous();

        var answer = await SignIn(client, email.ToUpperInvariant(), Factory.Password);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        var flags = cookie.Split("; ").Skip(1).Select(one => one.ToLowerInvariant()).ToList();
        Assert.Contains("httponly", flags);
        Assert.Contains("samesite=strict", flags);
        Assert.Contains("path=/", flags);
        Assert.DoesNotContain(flags, one => one.StartsWith("domain", StringComparison.Ordinal));
        // The table holds the hash of the secret, not the secret.
        var secret = cookie.Split(';')[0].Split('.')[1];
        Assert.Equal(
            0L,
            await database.Superuser<long>($"select count(*) from identity.session where secret_hash = decode('{secret}', 'hex')")
        );
    }

    [Fact]
    public async Task Signing_out_ends_the_session_in_every_process()
    {
        await using var database = await server.NewDatabase();
        var email = await (await Factory.Make(database.Dbs)).AddPerson("person");
        await using var one = await App.Start(database.ConnectionString, work: false);
        await using var other = await App.Start(database.ConnectionString, work: false);
        using var client = await one.SignIn(email);
        using var there = With(other, client.Cookies.GetCookies(one.Url)[0].Value);
        Assert.Equal(HttpStatusCode.OK, (await there.Get("/api/v1/session")).Status);

        var answer = await client.Send(HttpMethod.Delete, "/api/v1/session", body: null, key: null);

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Get("/api/v1/session")).Status);
        await Eventually.Get(
            async () => (await there.Get("/api/v1/session")).Status,
            status => status == HttpStatusCode.Unauthorized,
            "the other process knows",
            seconds: 2
        );
    }

    [Theory]
    [InlineData("update identity.session set expires_at = now() - interval '1 second'")]
    [InlineData("update identity.member set retired_at = now()")]
    [InlineData("delete from identity.session")]
    public async Task A_session_is_over_soon_whoever_ends_it(string end)
    {
        await using var database = await server.NewDatabase();
        var email = await (await Factory.Make(database.Dbs)).AddPerson("person");
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = await app.SignIn(email);
        Assert.Equal(HttpStatusCode.OK, (await client.Get("/api/v1/items")).Status);

        await database.Superuser(end);

        // Written past the program, it is known within a quarter of a second; by its own verbs before the next request.
        await Eventually.Get(
            async () => (await client.Get("/api/v1/items")).Status,
            status => status == HttpStatusCode.Unauthorized,
            "the session is over",
            seconds: 2
        );
    }

    [Fact]
    public async Task A_retired_member_cannot_sign_in_and_is_told_nothing_more_than_a_stranger()
    {
        await using var database = await server.NewDatabase();
        var email = await (await Factory.Make(database.Dbs)).AddPerson("person");
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = app.Anonymous();
        await database.Superuser("update identity.member set retired_at = now()");

        var retired = await SignIn(client, email, Factory.Password);

        Assert.Equal(HttpStatusCode.Unauthorized, retired.Status);
        Assert.Equal(WithoutId(await SignIn(client, "nobody@nowhere.example", Factory.Password)), WithoutId(retired));
    }

    [Fact]
    public async Task A_right_taken_away_is_gone_soon_whoever_takes_it()
    {
        await using var database = await server.NewDatabase();
        var email = await (await Factory.Make(database.Dbs)).AddPerson("person");
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = await app.SignIn(email);
        Assert.Equal(HttpStatusCode.OK, (await client.Get("/api/v1/items")).Status);

        await database.Superuser("delete from identity.role_permission where permission = 'catalog.item.read'");

        await Eventually.Get(
            () => client.Get("/api/v1/items"),
            answer => answer.Status == HttpStatusCode.Forbidden,
            "the right is gone",
            seconds: 2
        );
    }

    [Fact]
    public async Task A_cookie_of_one_tenant_does_not_open_another()
    {
        await using var database = await server.NewDatabase();
        var (own, foreign) = (await Factory.Make(database.Dbs, "Own"), await Factory.Make(database.Dbs, "Foreign"));
        await using var app = await App.Start(database.ConnectionString, work: false);
        using var client = await app.SignIn(await own.AddPerson("person"));
        var secret = client.Cookies.GetCookies(app.Url)[0].Value.Split('.')[1];

        foreach (
            var value in (string[])
                [
                    $"{foreign.Tenant}.{secret}",
                    $"{own.Tenant}.{secret[..^2]}",
                    $".{secret}",
                    $"{own.Tenant}",
                    "x.y",
                    $"{own.Tenant}.{secret}00",
                ]
        )
        {
            using var tampered = With(app, value);
            Assert.Equal((value, HttpStatusCode.Unauthorized), (value, (await tampered.Get("/api/v1/session")).Status));
        }
    }

    private static ApiClient With(App app, string cookie)
    {
        var client = app.Anonymous();
        client.Cookies.Add(app.Url, new Cookie("millrace", cookie));
        return client;
    }

    private static Task<Answer> SignIn(ApiClient client, string email, string password) =>
        client.Send(HttpMethod.Post, "/api/v1/session", new { email, password }, key: null);

    private static string WithoutId(Answer answer) =>
        $"{answer.Status} {answer.Text.Replace(answer.Json.GetProperty("requestId").GetString()!, "", StringComparison.Ordinal)}";
}
