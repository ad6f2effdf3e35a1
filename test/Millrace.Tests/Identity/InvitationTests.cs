using System.Net;
using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class InvitationTests(Server server)
{
    [Fact]
    public async Task Who_is_invited_chooses_a_password_and_is_in_and_the_link_counts_once()
    {
        await using var open = await OpenFactory.Start(server);
        var token = await Invite(open, "new@person.example");
        using var visitor = open.App.Anonymous();

        var accepted = await Accept(visitor, token, "a good password");

        Assert.True(accepted.Status == HttpStatusCode.OK, accepted.Text);
        Assert.Equal("new@person.example", accepted.Json.GetProperty("email").GetString());
        using var person = await open.App.SignIn("new@person.example", "a good password");
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/api/v1/items")).Status);
        Assert.Equal("auth.forbidden", (await person.Get("/api/v1/members")).Code);
        Assert.Equal("invitation.spent", (await Accept(visitor, token, "a good password")).Code);
        Assert.Equal("invitation.already_member", (await Ask(open, "NEW@person.example")).Code);
    }

    [Fact]
    public async Task Twenty_acceptances_at_once_make_one_member()
    {
        await using var open = await OpenFactory.Start(server);
        var token = await Invite(open, "new@person.example");
        using var visitor = open.App.Anonymous();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Accept(visitor, token, "a good password")));

        Assert.Single(answers, one => one.Status == HttpStatusCode.OK);
        Assert.Equal(1L, await open.Count("identity.member where email = 'new@person.example'"));
    }

    [Theory]
    [InlineData("update identity.invitation set expires_at = now()")]
    [InlineData("update identity.invitation set withdrawn_at = now()")]
    [InlineData("update identity.invitation set token_hash = 'x'")]
    public async Task An_invitation_that_ended_opens_nothing(string end)
    {
        await using var open = await OpenFactory.Start(server);
        var token = await Invite(open, "new@person.example");
        await open.Database.Superuser(end);
        using var visitor = open.App.Anonymous();

        foreach (var wrong in (string[])[token, "", ".", "1.", $"99.{token.Split('.')[1]}", token[..^1]])
            Assert.Contains(
                (await Accept(visitor, wrong, "a good password")).Code,
                (string[])["invitation.spent", "input.invalid"]
            );
        Assert.Equal(0L, await open.Count("identity.member where email = 'new@person.example'"));
    }

    [Fact]
    public async Task Who_has_an_account_joins_another_organisation_with_the_password_they_have()
    {
        await using var open = await OpenFactory.Start(server);
        var other = await Factory.Make(open.Database.Dbs, "Other");
        var email = await other.AddPerson("person");
        var token = await Invite(open, email);
        using var visitor = open.App.Anonymous();

        Assert.Equal("invitation.known_person", (await Accept(visitor, token, "another password")).Code);
        Assert.Equal(HttpStatusCode.OK, (await Accept(visitor, token, Factory.Password)).Status);

        using var person = await open.App.SignIn(email);
        Assert.Equal(2, (await person.Get("/api/v1/session")).Json.GetProperty("tenants").GetArrayLength());
    }

    [Fact]
    public async Task A_password_link_counts_once_ends_every_session_and_is_not_for_who_belongs_elsewhere_too()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person");
        using var person = await open.App.SignIn(email);
        var id = (await person.Get("/api/v1/session")).Json.GetProperty("user").GetProperty("id").GetString();
        using var visitor = open.App.Anonymous();

        var first = await Link(open, $"members/{id}/password-link");
        var second = await Link(open, $"members/{id}/password-link");
        Assert.Equal("password.link_spent", (await Reset(visitor, first)).Code);
        Assert.Equal(HttpStatusCode.NoContent, (await Reset(visitor, second)).Status);
        Assert.Equal("password.link_spent", (await Reset(visitor, second)).Code);

        await Eventually.Get(
            async () => (await person.Get("/api/v1/session")).Status,
            status => status == HttpStatusCode.Unauthorized,
            "the old session is over",
            seconds: 2
        );
        (await open.App.SignIn(email, "a fresh password")).Dispose();
        await open.Database.Superuser($"insert into identity.person_tenant values ('{id}', 4711, 'Elsewhere')");
        Assert.Equal("password.of_several", (await open.Api.Put($"/api/v1/members/{id}/password-link", new { })).Code);
    }

    [Fact]
    public async Task Who_forgot_the_password_gets_a_link_by_mail_that_no_foreign_host_name_can_bend()
    {
        await using var open = await OpenFactory.Start(server);
        var email = await open.Factory.AddPerson("person");
        using var visitor = open.App.Anonymous();
        visitor.Http.DefaultRequestHeaders.Host = "evil.example";

        var known = await visitor.Post("/api/v1/password-resets", new { email, language = "tr" });
        var unknown = await visitor.Post("/api/v1/password-resets", new { email = "nobody@nowhere.example" });
        await visitor.Post("/api/v1/password-resets", new { email });

        Assert.Equal((HttpStatusCode.Accepted, known.Text), (unknown.Status, unknown.Text));
        Assert.Equal(HttpStatusCode.Accepted, known.Status);
        Assert.Equal(1L, await open.Count("kernel.mail"));
        var link = await MailedLink(open, email);
        Assert.StartsWith($"{open.App.Url.GetLeftPart(UriPartial.Authority)}/new-password#", link, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await Reset(visitor, link.Split('#')[1])).Status);
    }

    [Fact]
    public async Task An_invitation_is_sent_by_mail_with_a_link_that_counts()
    {
        await using var open = await OpenFactory.Start(server);
        await Invite(open, "first@person.example");
        Assert.Equal(HttpStatusCode.Created, (await Ask(open, "second@person.example")).Status);

        var link = await MailedLink(open, "second@person.example");
        using var visitor = open.App.Anonymous();

        Assert.Equal(HttpStatusCode.OK, (await Accept(visitor, link.Split('#')[1], "a good password")).Status);
    }

    private static Task<Answer> Reset(ApiClient visitor, string token) =>
        visitor.Post("/api/v1/password-resets/completion", new { token, password = "a fresh password" });

    private static Task<Answer> Accept(ApiClient visitor, string token, string password) =>
        visitor.Post("/api/v1/invitations/acceptance", new { token, password });

    private static async Task<Answer> Ask(OpenFactory open, string email)
    {
        var role = await open.Database.Superuser<Guid>("select role_id from identity.role where name = 'reader'");
        return await open.Api.Post(
            "/api/v1/invitations",
            new
            {
                email,
                name = "New Person",
                roleId = role,
            }
        );
    }

    private static async Task<string> Invite(OpenFactory open, string email)
    {
        await using (var db = open.Factory.Open())
        {
            await Millrace.Identity.CreateRole.Run(db, "reader", ["catalog.item.read"]);
            await db.Commit();
        }
        var invited = await Ask(open, email);
        Assert.True(invited.Status == HttpStatusCode.Created, invited.Text);
        return await Link(open, $"invitations/{invited.Json.GetProperty("id").GetString()}/link");
    }

    private static async Task<string> Link(OpenFactory open, string path)
    {
        var link = await open.Api.Put($"/api/v1/{path}", new { });
        Assert.True(link.Status == HttpStatusCode.OK, link.Text);
        return link.Json.GetProperty("url").GetString()!.Split('#')[1];
    }

    /// <summary>The link in a mail that waits. It stands there sealed: who reads the table cannot use it.</summary>
    private static async Task<string> MailedLink(OpenFactory open, string recipient)
    {
        var shown = await open.Database.Superuser<string>(
            $"select to_jsonb(m)::text from kernel.mail m where recipient = '{recipient}'"
        );
        Assert.DoesNotContain("http", shown, StringComparison.Ordinal);
        var id = await open.Database.Superuser<Guid>($"select mail_id from kernel.mail where recipient = '{recipient}'");
        var secret = await open.Database.Superuser<byte[]>($"select secret from kernel.mail where mail_id = '{id}'");
        await using var db = open.Factory.Open();
        return Mails.Values(db, id, "{}", secret, SecretKeys.FromEnvironment())["link"];
    }
}
