using System.Net;
using System.Text.Json;

namespace Millrace.Tests;

public sealed class MembersTests(Server server)
{
    [Fact]
    public async Task A_right_taken_by_a_role_is_gone_with_the_next_request_and_one_given_is_there()
    {
        await using var open = await OpenFactory.Start(server);
        using var owner = await open.App.SignIn(await open.Factory.AddPerson("owner"));
        using var clerk = await open.App.SignIn(await open.Factory.AddPerson("clerk", ["catalog.item.read", "company.read"]));
        var role = await Role(owner, "clerk");
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get("/api/v1/items")).Status);

        var taken = await Change(owner, role, "company.read");
        Assert.True(taken.Status == HttpStatusCode.OK, taken.Text);
        Assert.Equal("auth.forbidden", (await clerk.Get("/api/v1/items")).Code);

        Assert.Equal("version.changed", (await Change(owner, role, "catalog.item.read")).Code);
        await Change(owner, taken.Json, "catalog.item.read");
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get("/api/v1/items")).Status);
    }

    [Fact]
    public async Task Another_process_knows_of_a_change_of_roles_within_a_quarter_of_a_second_or_so()
    {
        await using var open = await OpenFactory.Start(server);
        await using var other = await App.Start(open.Database.ConnectionString, work: false);
        using var owner = await open.App.SignIn(await open.Factory.AddPerson("owner"));
        using var clerk = await other.SignIn(await open.Factory.AddPerson("clerk", ["catalog.item.read"]));
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get("/api/v1/items")).Status);

        await Change(owner, await Role(owner, "clerk"), "company.read");

        await Eventually.Get(
            () => clerk.Get("/api/v1/items"),
            answer => answer.Status == HttpStatusCode.Forbidden,
            "the other process refuses",
            seconds: 2
        );
    }

    [Fact]
    public async Task Nobody_gives_what_they_do_not_have()
    {
        await using var open = await OpenFactory.Start(server);
        using var owner = await open.App.SignIn(await open.Factory.AddPerson("owner"));
        string[] own = ["identity.member.read", "identity.member.write", "identity.role.write", "identity.client.write"];
        using var deputy = await open.App.SignIn(await open.Factory.AddPerson("deputy", own));
        var (mine, all) = (await Role(owner, "deputy"), await Role(owner, "owner"));
        var me = (await deputy.Get("/api/v1/session")).Json.GetProperty("user").GetProperty("id").GetString();

        foreach (
            var answer in (Answer[])
                [
                    await deputy.Post("/api/v1/roles", new { name = "wide", permissions = (string[])["catalog.item.read"] }),
                    await Change(deputy, mine, [.. own, "catalog.item.read"]),
                    await deputy.Put($"/api/v1/members/{me}/roles", new { roleIds = (string[])[Id(all)] }),
                    await deputy.Post("/api/v1/clients", new { name = "wide", permissions = (string[])["catalog.item.read"] }),
                    await deputy.Post(
                        "/api/v1/invitations",
                        new
                        {
                            email = "n@n.example",
                            name = "N",
                            roleId = Id(all),
                        }
                    ),
                    await deputy.Put($"/api/v1/members/{await OwnerId(owner)}/password-link", new { }),
                ]
        )
            Assert.Equal((HttpStatusCode.Conflict, "grant.beyond_own"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_role_that_has_everything_gets_what_a_release_brings_when_it_starts()
    {
        await using var open = await OpenFactory.Start(server);
        using var owner = await open.App.SignIn(await open.Factory.AddPerson("owner"));
        var made = await owner.Post(
            "/api/v1/roles",
            new
            {
                name = "head",
                permissions = Array.Empty<string>(),
                everything = true,
            }
        );
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        Assert.Equal(Factory.AllPermissions.Count, made.Json.GetProperty("permissions").GetArrayLength());
        // As it was before the release that brought this one; the other role had it, too, and was never to have everything.
        await open.Database.Superuser("delete from identity.role_permission where permission = 'catalog.item.write'");

        await using (await App.Start(open.Database.ConnectionString))
        {
            var (head, other) = (await Role(owner, "head"), await Role(owner, "owner"));
            Assert.Equal(Factory.AllPermissions.Count, head.GetProperty("permissions").GetArrayLength());
            Assert.Equal(Factory.AllPermissions.Count - 1, other.GetProperty("permissions").GetArrayLength());
        }
        Assert.Equal(
            1L,
            await open.Database.Superuser<long>(
                "select count(*) from kernel.audit where entity = 'identity.role_permission' "
                    + "and after ->> 'permission' = 'catalog.item.write' and request = 'start of the program'"
            )
        );

        // Who lacks something cannot give everything; a role without everything needs a permission.
        using var deputy = await open.App.SignIn(
            await open.Factory.AddPerson("deputy", ["identity.role.write", "identity.member.read"])
        );
        var wide = await deputy.Post(
            "/api/v1/roles",
            new
            {
                name = "wide",
                permissions = Array.Empty<string>(),
                everything = true,
            }
        );
        Assert.Equal("grant.beyond_own", wide.Code);
        var none = await owner.Post("/api/v1/roles", new { name = "none", permissions = Array.Empty<string>() });
        Assert.Equal((HttpStatusCode.BadRequest, "input.invalid"), (none.Status, none.Code));
    }

    [Fact]
    public async Task The_last_who_can_give_rights_keeps_them()
    {
        await using var open = await OpenFactory.Start(server);
        using var owner = await open.App.SignIn(await open.Factory.AddPerson("owner"));
        await open.Factory.AddPerson("clerk", ["catalog.item.read"]);
        var (id, role) = (await OwnerId(owner), await Role(owner, "owner"));

        Assert.Equal("grant.nobody_left", (await Change(owner, role, "catalog.item.read")).Code);
        Assert.Equal("grant.nobody_left", (await owner.Post($"/api/v1/members/{id}/retirement")).Code);
        var clerk = Id(await Role(owner, "clerk"));
        Assert.Equal(
            "grant.nobody_left",
            (await owner.Put($"/api/v1/members/{id}/roles", new { roleIds = (string[])[clerk] })).Code
        );
        Assert.Equal("role.in_use", (await owner.Post($"/api/v1/roles/{clerk}/retirement")).Code);
        Assert.Equal("input.invalid", (await Change(owner, role, "no.such.permission")).Code);
    }

    [Fact]
    public async Task Two_administrators_cannot_retire_each_other_at_the_same_time()
    {
        await using var open = await OpenFactory.Start(server);
        using var one = await open.App.SignIn(await open.Factory.AddPerson("one"));
        using var two = await open.App.SignIn(await open.Factory.AddPerson("two"));
        var (first, second) = (await OwnerId(one), await OwnerId(two));

        await Task.WhenAll(one.Post($"/api/v1/members/{second}/retirement"), two.Post($"/api/v1/members/{first}/retirement"));

        Assert.Equal(1L, await open.Count("identity.member where retired_at is null"));
    }

    [Fact]
    public async Task A_retired_member_is_out_at_once_and_comes_back_by_signing_in_again()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Factory.AddPerson("owner");
        var email = await open.Factory.AddPerson("clerk", ["catalog.item.read"]);
        using var clerk = await open.App.SignIn(email);
        var id = await OwnerId(clerk);
        var key = Guid.CreateVersion7();

        Assert.Equal(HttpStatusCode.OK, (await open.Api.Post($"/api/v1/members/{id}/retirement", key: key)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await clerk.Get("/api/v1/items")).Status);
        var again = await open.Api.Post($"/api/v1/members/{id}/retirement", key: key);
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(HttpStatusCode.OK, (await open.Api.Post($"/api/v1/members/{id}/restoration")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await clerk.Get("/api/v1/items")).Status);
        (await open.App.SignIn(email)).Dispose();
    }

    private static async Task<string> OwnerId(ApiClient client) =>
        (await client.Get("/api/v1/session")).Json.GetProperty("user").GetProperty("id").GetString()!;

    private static async Task<JsonElement> Role(ApiClient client, string name) =>
        (await client.Get("/api/v1/roles"))
            .Json.GetProperty("items")
            .EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == name);

    private static string Id(JsonElement role) => role.GetProperty("id").GetString()!;

    private static Task<Answer> Change(ApiClient client, JsonElement role, params string[] permissions) =>
        client.Put(
            $"/api/v1/roles/{Id(role)}",
            new { name = role.GetProperty("name").GetString(), permissions },
            role.GetProperty("version").GetInt32()
        );
}
