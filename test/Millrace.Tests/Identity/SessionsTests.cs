using System.Net;

namespace Millrace.Tests;

public sealed class SessionsTests(Server server)
{
    [Fact]
    public async Task One_sees_where_one_is_signed_in_and_ends_another_session_before_its_next_request()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person");
        using var here = await open.App.SignIn(email);
        using var there = await open.App.SignIn(email);
        Assert.Equal(HttpStatusCode.OK, (await there.Get("/api/v1/items")).Status);

        var sessions = (await here.Get("/api/v1/sessions")).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(2, sessions.Count);
        var other = Assert.Single(sessions, one => !one.GetProperty("current").GetBoolean());
        var ended = await here.Send(HttpMethod.Delete, $"/api/v1/sessions/{other.GetProperty("id").GetString()}", null, null);

        Assert.Equal(HttpStatusCode.NoContent, ended.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await there.Get("/api/v1/items")).Status);
        Assert.Equal(HttpStatusCode.OK, (await here.Get("/api/v1/items")).Status);
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else_as_their_own()
    {
        await using var open = await OpenFactory.Start(server);
        using var one = await open.App.SignIn(await open.Factory.AddPerson("one"));
        using var two = await open.App.SignIn(await open.Factory.AddPerson("two"));
        var theirs = (await two.Get("/api/v1/sessions")).Json.GetProperty("items")[0].GetProperty("id").GetString();

        var answer = await one.Send(HttpMethod.Delete, $"/api/v1/sessions/{theirs}", null, null);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(HttpStatusCode.OK, (await two.Get("/api/v1/items")).Status);
    }

    [Fact]
    public async Task An_administrator_sees_and_ends_the_sessions_of_a_member()
    {
        await using var open = await OpenFactory.Start(server);
        using var person = await open.App.SignIn(await open.Factory.AddPerson("person"));
        var id = (await person.Get("/api/v1/session")).Json.GetProperty("user").GetProperty("id").GetString();

        var sessions = (await open.Api.Get($"/api/v1/members/{id}/sessions")).Json.GetProperty("items");
        var session = sessions[0].GetProperty("id").GetString();
        var ended = await open.Api.Send(HttpMethod.Delete, $"/api/v1/members/{id}/sessions/{session}", null, null);

        Assert.Equal(HttpStatusCode.NoContent, ended.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Get("/api/v1/session")).Status);
    }

    [Fact]
    public async Task A_new_password_ends_all_other_sessions_and_the_old_password()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person");
        using var here = await open.App.SignIn(email);
        using var there = await open.App.SignIn(email);

        Assert.Equal("password.wrong", (await Change(here, "not mine", "a new password")).Code);
        Assert.Equal("password.same", (await Change(here, Factory.Password, Factory.Password)).Code);
        Assert.Equal("input.invalid", (await Change(here, Factory.Password, "short")).Code);
        Assert.Equal(HttpStatusCode.OK, (await there.Get("/api/v1/items")).Status);
        var changed = await Change(here, Factory.Password, "a new password");

        Assert.True(changed.Status == HttpStatusCode.NoContent, changed.Text);
        Assert.Equal(HttpStatusCode.OK, (await here.Get("/api/v1/items")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await there.Get("/api/v1/items")).Status);
        using var old = open.App.Anonymous();
        var refused = await old.Send(HttpMethod.Post, "/api/v1/session", new { email, Factory.Password }, null);
        Assert.Equal("sign_in.refused", refused.Code);
        (await open.App.SignIn(email, "a new password")).Dispose();
    }

    private static Task<Answer> Change(ApiClient client, string current, string password) =>
        client.Put("/api/v1/session/password", new { current, password });
}
