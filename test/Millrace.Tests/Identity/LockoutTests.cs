using System.Net;
using Millrace.Identity;

namespace Millrace.Tests;

public sealed class LockoutTests(Server server)
{
    [Fact]
    public async Task After_ten_wrong_passwords_the_right_one_is_refused_too_and_the_sentence_says_for_how_long()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person");
        using var client = open.App.Anonymous();

        for (var attempt = 1; attempt <= SignInGuard.MostPerAccount; attempt++)
            Assert.Equal("sign_in.refused", (await SignIn(client, email, "wrong")).Code);
        var closed = await SignIn(client, email, Factory.Password);

        Assert.Equal((HttpStatusCode.Forbidden, "sign_in.locked"), (closed.Status, closed.Code));
        Assert.Equal(15, closed.Json.GetProperty("facts").GetProperty("minutes").GetInt32());
        Assert.Contains("15 more minutes", closed.Text, StringComparison.Ordinal);
        Assert.Equal(0L, await open.Count("identity.session"));
    }

    [Fact]
    public async Task A_hundred_guesses_at_once_are_not_more_than_ten_one_after_the_other()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person");

        using var client = open.App.Anonymous();
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => SignIn(client, email, "wrong")));

        Assert.Equal(SignInGuard.MostPerAccount, answers.Count(one => one.Code == "sign_in.refused"));
        Assert.Equal(60 - SignInGuard.MostPerAccount, answers.Count(one => one.Code == "sign_in.locked"));
    }

    [Fact]
    public async Task An_unknown_account_is_closed_exactly_like_a_known_one()
    {
        await using var open = await OpenFactory.Start(server);
        using var client = open.App.Anonymous();

        for (var attempt = 1; attempt <= SignInGuard.MostPerAccount; attempt++)
            await SignIn(client, "nobody@nowhere.example", "wrong");

        Assert.Equal("sign_in.locked", (await SignIn(client, "NOBODY@nowhere.example", "wrong")).Code);
    }

    [Fact]
    public async Task The_door_opens_again_when_the_time_is_over_by_the_clock_of_the_database()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person");
        using var client = open.App.Anonymous();
        for (var attempt = 0; attempt <= SignInGuard.MostPerAccount; attempt++)
            await SignIn(client, email, "wrong");

        await open.Database.Superuser(
            "update identity.sign_in_guard set locked_until = now() - interval '1 minute', since = now() - interval '16 minutes'"
        );

        Assert.Equal(HttpStatusCode.OK, (await SignIn(client, email, Factory.Password)).Status);
    }

    [Fact]
    public async Task An_administrator_lets_a_member_in_again_and_nobody_elses_administrator_can()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person");
        var other = await Factory.Make(open.Database.Dbs, "Other");
        var person = await open.Database.Superuser<Guid>("select person_id from identity.member where name = 'person'");
        using var stranger = await open.App.SignIn(await other.AddPerson("stranger"));
        using var client = open.App.Anonymous();
        for (var attempt = 0; attempt <= SignInGuard.MostPerAccount; attempt++)
            await SignIn(client, email, "wrong");
        Assert.Equal(15, (await open.Api.Get($"/api/v1/members/{person}")).Json.GetProperty("lockedMinutes").GetInt32());

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Post($"/api/v1/members/{person}/unlocking")).Status);
        Assert.Equal("sign_in.locked", (await SignIn(client, email, Factory.Password)).Code);
        Assert.Equal(HttpStatusCode.OK, (await open.Api.Post($"/api/v1/members/{person}/unlocking")).Status);

        Assert.Equal(HttpStatusCode.OK, (await SignIn(client, email, Factory.Password)).Status);
    }

    [Fact]
    public async Task A_success_forgives_the_account_what_was_wrong_before()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person");
        using var client = open.App.Anonymous();

        for (var round = 0; round < 3; round++)
        {
            for (var attempt = 1; attempt < SignInGuard.MostPerAccount; attempt++)
                Assert.Equal("sign_in.refused", (await SignIn(client, email, "wrong")).Code);
            Assert.Equal(HttpStatusCode.OK, (await SignIn(client, email, Factory.Password)).Status);
        }
    }

    [Fact]
    public async Task A_network_that_tries_many_accounts_is_closed_for_all_of_them()
    {
        await using var open = await OpenFactory.Start(server);
        using var client = open.App.Anonymous();
        await SignIn(client, "first@nowhere.example", "wrong");
        await open.Database.Superuser(
            $"update identity.sign_in_guard set failures = {SignInGuard.MostPerAddress} where most = {SignInGuard.MostPerAddress}"
        );

        Assert.Equal("sign_in.address_locked", (await SignIn(client, "second@nowhere.example", "wrong")).Code);
        Assert.Equal("sign_in.address_locked", (await SignIn(client, "third@nowhere.example", "wrong")).Code);
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:1:2:aaaa::1", "20010db800010002")]
    [InlineData("2001:db8:1:2:bbbb::2", "20010db800010002")]
    public void A_network_is_one_address_or_the_whole_of_an_IPv6_prefix(string address, string network) =>
        Assert.Equal(network, SignInGuard.Network(IPAddress.Parse(address)));

    private static Task<Answer> SignIn(ApiClient client, string email, string password) =>
        client.Send(HttpMethod.Post, "/api/v1/session", new { email, password }, key: null);
}
