using System.Net;
using System.Text.Json;

namespace Millrace.Tests;

public sealed class RefreshTests(Server server)
{
    [Fact, Case("X1")]
    public async Task Parallel_refreshes_of_one_token_in_two_processes_get_one_successor()
    {
        await using var open = await OpenFactory.Start(server);
        using var consent = await Consent.Begin(open);
        var first = Refresh(await consent.Tokens());

        await using var other = await ProgramProcess.Serve(open.Database.ConnectionString);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(at => consent.Refresh(first, at % 2 == 0 ? other.Url : open.App.Url))
        );

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        var successor = Assert.Single(answers.Select(answer => Refresh(answer.Json)).Distinct());
        Assert.Equal(2L, await open.Count("identity.refresh_token"));
        // And the successor works, once more with one of its own.
        var next = await consent.Refresh(successor);
        Assert.Equal(HttpStatusCode.OK, next.Status);
        Assert.Equal(HttpStatusCode.OK, await consent.Items(next.Json.GetProperty("access_token").GetString()!));
    }

    [Theory, Case("X1")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_used_token_that_comes_again_ends_the_family(bool becauseTheSuccessorIsUsed)
    {
        await using var open = await OpenFactory.Start(server);
        using var consent = await Consent.Begin(open);
        var tokens = await consent.Tokens();
        var second = (await consent.Refresh(Refresh(tokens))).Json;
        var last = second;
        if (becauseTheSuccessorIsUsed)
            last = (await consent.Refresh(Refresh(second))).Json;
        else
            await open.Database.Superuser("update identity.refresh_token set used_at = used_at - interval '11 seconds'");
        var access = last.GetProperty("access_token").GetString()!;
        Assert.Equal(HttpStatusCode.OK, await consent.Items(access));

        var stolen = await consent.Refresh(Refresh(tokens));

        Assert.Equal(HttpStatusCode.BadRequest, stolen.Status);
        Assert.Equal("invalid_grant", stolen.Json.GetProperty("error").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await consent.Refresh(Refresh(last))).Status);
        await Eventually.Get(
            () => consent.Items(access),
            status => status == HttpStatusCode.Unauthorized,
            "the access tokens of the family are dead",
            seconds: 2
        );
        Assert.Equal(
            "refresh token used twice",
            await open.Database.Superuser<string>("select ended_because from identity.token_family")
        );
    }

    [Fact]
    public async Task The_table_alone_and_a_stolen_token_alone_give_no_successor()
    {
        await using var open = await OpenFactory.Start(server);
        using var consent = await Consent.Begin(open);
        var first = Refresh(await consent.Tokens());
        var second = Refresh((await consent.Refresh(first)).Json);

        var stored = await open.Database.Superuser<string>(
            "select string_agg(encode(token_hash, 'hex') || encode(coalesce(salt, ''), 'hex'), ' ') from identity.refresh_token"
        );

        Assert.DoesNotContain(first, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(second, stored, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update identity.token_family set ended_at = now()")]
    [InlineData("update identity.refresh_token set expires_at = now()")]
    [InlineData("update identity.member set retired_at = now() where name = 'person'")]
    public async Task What_has_ended_is_not_refreshed(string end)
    {
        await using var open = await OpenFactory.Start(server);
        using var consent = await Consent.Begin(open);
        var token = Refresh(await consent.Tokens());

        await open.Database.Superuser(end);

        Assert.Equal(HttpStatusCode.BadRequest, (await consent.Refresh(token)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await consent.Refresh("nonsense")).Status);
    }

    [Fact]
    public async Task A_token_of_one_client_is_nothing_in_the_hands_of_another()
    {
        await using var open = await OpenFactory.Start(server);
        using var consent = await Consent.Begin(open);
        var token = Refresh(await consent.Tokens());
        var other = await open.Factory.AddClient("other", ["catalog.item.read"]);

        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["refresh_token"] = token,
                ["client_id"] = other.ClientId,
                ["client_secret"] = other.ClientSecret,
            }
        );
        using var answer = await consent.Program.Http.PostAsync(
            new Uri("/oauth/token", UriKind.Relative),
            form,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await consent.Refresh(token)).Status);
    }

    [Fact]
    public async Task Revoking_ends_refresh_and_access_tokens_and_an_unknown_token_is_answered_alike()
    {
        await using var open = await OpenFactory.Start(server);
        using var consent = await Consent.Begin(open);
        var tokens = await consent.Tokens();
        var access = tokens.GetProperty("access_token").GetString()!;
        Assert.Equal(HttpStatusCode.OK, await consent.Items(access));

        Assert.Equal(HttpStatusCode.OK, (await consent.Revoke("unknown")).Status);
        Assert.Equal(HttpStatusCode.OK, await consent.Items(access));
        Assert.Equal(HttpStatusCode.OK, (await consent.Revoke(Refresh(tokens))).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, await consent.Items(access));
        Assert.Equal(HttpStatusCode.BadRequest, (await consent.Refresh(Refresh(tokens))).Status);
    }

    [Fact]
    public async Task The_sweep_takes_what_ran_out_long_ago_and_leaves_the_rest()
    {
        await using var open = await OpenFactory.Start(server);
        using var consent = await Consent.Begin(open);
        await consent.Refresh(Refresh(await consent.Tokens()));
        await open.Database.Superuser(
            """
            update identity.refresh_token set expires_at = now() - interval '31 days' where used_at is not null;
            update identity.sign_in_guard set since = now() - interval '2 days';
            update identity.right_change set at = now() - interval '2 days'
            """
        );

        await Millrace.Identity.SweepIdentity.Run(open.Database.Dbs);

        Assert.Equal(1L, await open.Count("identity.refresh_token"));
        Assert.Equal(1L, await open.Count("identity.authorization_code"));
        Assert.Equal(0L, await open.Count("identity.sign_in_guard"));
        Assert.Equal(0L, await open.Count("identity.right_change"));
        Assert.Equal(1L, await open.Count("identity.session"));
    }

    private static string Refresh(JsonElement tokens) => tokens.GetProperty("refresh_token").GetString()!;
}
