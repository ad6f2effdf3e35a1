using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>Who reads a thing reads its history, and nobody else does.</summary>
public sealed class HistoryTests(Server server)
{
    [Fact]
    public async Task Every_audited_table_says_with_which_permission_its_history_is_read()
    {
        await using var open = await OpenFactory.Start(server);

        var audited = await open.Database.Superuser<string[]>(
            """
            select array_agg(n.nspname || '.' || c.relname) from pg_trigger t
            join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
            where t.tgname = 'audit' and not c.relispartition
            """
        );

        Assert.Equal(audited.Order(StringComparer.Ordinal), Declared(open).Select(one => one.Entity));
        Assert.Empty(Declared(open).Select(one => one.SeenWith).Except(Factory.AllPermissions));
    }

    [Fact, Case("X9")]
    public async Task A_history_opens_with_the_permission_of_its_thing_or_that_of_the_whole_audit_and_no_other()
    {
        await using var open = await OpenFactory.Start(server);
        var key = Guid.CreateVersion7();
        foreach (var group in Declared(open).ToLookup(one => one.SeenWith, one => one.Entity))
        {
            using var reader = await open.App.Authorize(await open.Factory.AddClient($"only {group.Key}", [group.Key]));
            var others = Factory.AllPermissions.Except([group.Key, AuditedTables.ReadAll]).ToList();
            using var stranger = await open.App.Authorize(await open.Factory.AddClient($"not {group.Key}", others));
            foreach (var entity in group)
            {
                var refused = await stranger.Get($"/api/v1/history?entity={entity}&key={key}");
                Assert.Equal((HttpStatusCode.OK, entity), ((await reader.Get(Path(entity))).Status, entity));
                Assert.Equal((HttpStatusCode.Forbidden, "auth.forbidden"), (refused.Status, refused.Code));
                Assert.Contains(group.Key, refused.Text, StringComparison.Ordinal);
                // One kind that is allowed opens no other beside it.
                var both = await reader.Get(Path($"{entity},{(entity == "catalog.item" ? "work.task" : "catalog.item")}"));
                Assert.Equal(group.Contains("catalog.item") && entity != "catalog.item", both.Status == HttpStatusCode.OK);
            }
        }
        using var auditor = await open.App.Authorize(await open.Factory.AddClient("auditor", [AuditedTables.ReadAll]));
        Assert.Equal(HttpStatusCode.OK, (await auditor.Get(Path("identity.member"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await auditor.Get(Path("catalog.nothing"))).Status);

        string Path(string entity) => $"/api/v1/history?entity={entity}&key={key}";
    }

    [Fact]
    public async Task The_history_of_a_role_has_its_permissions_and_nothing_of_another_role()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Factory.AddPerson("owner");
        var (one, other) = (await Made("one"), await Made("other"));
        var changed = await open.Api.Put(
            $"/api/v1/roles/{one}",
            new { name = "renamed", permissions = (string[])["company.read"] },
            1
        );
        Assert.Equal(HttpStatusCode.OK, changed.Status);

        var history = await open.Api.Get($"/api/v1/history?entity=identity.role,identity.role_permission&key={one}");

        Assert.DoesNotContain(other, history.Text, StringComparison.Ordinal);
        var kinds = history.Json.GetProperty("items").EnumerateArray().Select(change => change.GetProperty("kind").GetString());
        // Renamed: one row changed, one permission taken, one given; before, the role and its permission were made.
        Assert.Equal(["delete", "insert", "insert", "insert", "update"], kinds.Order(StringComparer.Ordinal));

        async Task<string> Made(string name) =>
            (await open.Api.Post("/api/v1/roles", new { name, permissions = (string[])["catalog.item.read"] }))
                .Json.GetProperty("id")
                .GetString()!;
    }

    [Fact]
    public async Task Files_of_a_document_stand_in_its_history_for_who_may_see_both()
    {
        await using var open = await OpenFactory.Start(server);
        var (company, file) = (open.Factory.Company, Guid.CreateVersion7());
        await using (var db = open.Factory.Open())
        {
            await db.Execute(
                $"""
                insert into kernel.attachment
                    (tenant_id, attachment_id, document_type, document_id, name, media_type, size, hash, created_by)
                values ({open.Factory.Tenant}, {file}, 'company', {company.ToString()}, 'plan.txt', 'text/plain', 1,
                    {new byte[32]}, {DbScope.System})
                """
            );
            await db.Execute($"update kernel.attachment set retired_at = now(), retired_by = {DbScope.System}");
            await db.Commit();
        }
        using var blind = await open.App.Authorize(await open.Factory.AddClient("blind", [Attachments.Read]));
        var path = $"/api/v1/history?entity=kernel.attachment&key={company}";

        Assert.Equal(2, (await open.Api.Get(path)).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await blind.Get(path)).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_audit_is_found_by_person_table_and_day_and_pages_lose_nothing()
    {
        await using var open = await OpenFactory.Start(server);
        var item = open.Factory.Item;
        await open.Api.Put(
            $"/api/v1/items/{item}",
            new
            {
                name = "Seen",
                kind = "goods",
                unit = "kg",
            },
            1
        );
        var all = await open.Count($"kernel.audit where tenant_id = {open.Factory.Tenant}");

        var (read, after) = (0, "");
        do
        {
            var page = (await open.Api.Get($"/api/v1/audit?limit=40{after}")).Json;
            read += page.GetProperty("items").GetArrayLength();
            after = page.GetProperty("next").GetString() is { } next ? $"&after={Uri.EscapeDataString(next)}" : "";
        } while (after.Length > 0);

        Assert.Equal(all, read);
        var machine = await open.Database.Superuser<Guid>("select client_id from identity.client");
        Assert.Equal(1, await Found());
        Assert.Equal(1, await Found("entity:is:catalog.item"));
        Assert.Equal(0, await Found("entity:is:catalog.item_cost"));
        // A day more on both sides: the test may run over midnight.
        var (before, later) = (Factory.Today.AddDays(-1), Factory.Today.AddDays(1));
        Assert.Equal(1, await Found($"at:between:{before:yyyy-MM-dd}T00:00:00Z|{later:yyyy-MM-dd}T00:00:00Z"));
        Assert.Equal(0, await Found($"at:to:{before:yyyy-MM-dd}T00:00:00Z"));
        Assert.Equal(0, await Found($"at:from:{later.AddDays(1):yyyy-MM-dd}T00:00:00Z"));
        Assert.Equal(0, await Found("at:above:0001-01-01T00:00:00Z", "at:below:0001-01-01T00:00:00Z"));

        async Task<int> Found(params string[] filters) =>
            (
                await open.Api.Get(
                    $"/api/v1/audit?filter=actorId:is:{machine}{string.Concat(filters.Select(one => $"&filter={one}"))}"
                )
            )
                .Json.GetProperty("items")
                .GetArrayLength();
    }

    [Fact]
    public async Task What_a_change_says_by_id_is_told_by_name()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Factory.AddPerson("Zeynep");
        var zeynep = await open.Database.Superuser<Guid>("select person_id from identity.member");

        var history = await open.Api.Get($"/api/v1/history?entity=identity.member_role&key={zeynep}");

        var given = history.Json.GetProperty("items")[0];
        var role = given.GetProperty("after").GetProperty("role_id").GetString()!;
        Assert.Equal("Zeynep", given.GetProperty("names").GetProperty(role).GetString());
    }

    private static IEnumerable<Audited> Declared(OpenFactory open) =>
        open.App.Services.GetServices<Audited>().OrderBy(one => one.Entity, StringComparer.Ordinal);
}
