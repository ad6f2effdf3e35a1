using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>Every change of a business row says who made it, when, in which request, what was before and what is now.</summary>
public sealed class AuditTests(Server server)
{
    /// <summary>Tables whose changes are not audited; each needs its reason.</summary>
    private static readonly IReadOnlyDictionary<string, string> NotAudited = new Dictionary<string, string>
    {
        ["kernel.event"] = "Append-only, with its actor.",
        ["kernel.parked"] = "Made by the program; a retry is asked for in a request that the access log keeps.",
        ["inventory.stock_day"] = "Sums of movements, written by a job.",
        ["inventory.stock_full_day"] = "Which of these days are full ones.",
        ["kernel.answer"] = "The answer that was given, swept after a day.",
        ["kernel.job"] = "Work of the program, with who asked for it.",
        ["kernel.attachment_part"] = "The content of a file whose hash is audited.",
        ["kernel.import"] = "Says itself who, what and what became of it; the rows it writes are audited.",
        ["kernel.import_part"] = "The file of an import, which never changes.",
        ["kernel.import_fault"] = "Follows from the file of an import.",
        ["kernel.import_effect"] = "What an import did, for taking it back; the rows are audited.",
        ["kernel.import_memory"] = "How a file was understood the last time, to be offered again.",
        ["kernel.exchange_run"] = "What an exchange did; what it changed is audited.",
        ["kernel.search_entry"] = "Follows what is audited itself.",
        ["kernel.list_view"] = "A way to look at a list, with its owner.",
        ["kernel.mail"] = "Says itself what became of it, and who sent it.",
        ["kernel.mail_part"] = "What was sent with a mail.",
        ["kernel.audit"] = "It is the audit.",
        ["kernel.audit_block"] = "It is the audit's chain.",
        ["kernel.person_key"] = "Keys of the audit; what becomes of them shows in the person's row.",
        ["company.series"] = "Counts the documents that are kept themselves.",
        ["identity.authorization_code"] = "Lives for a minute.",
        ["identity.token_family"] = "Says itself who, when and why it ended.",
        ["identity.refresh_token"] = "One of a family, once.",
        ["identity.session"] = "Sign-ins, swept after a month.",
        ["inventory.balance"] = "The sum of movements.",
        ["inventory.balance_detail"] = "The sum of movements.",
        ["inventory.movement"] = "Append-only, with its actor.",
        ["inventory.lot"] = "Made by a receipt that the ledger keeps.",
        ["inventory.serial"] = "The sum of movements.",
        ["inventory.reversal"] = "Append-only; its document has its actor in the ledger.",
        ["inventory.reservation_line"] = "What becomes of it is said by events; its document is audited.",
        ["inventory.reservation_pin"] = "Part of a line of a reservation, which is audited.",
        ["inventory.promised_supply"] = "What becomes of it is said by events; its supply and its reservation are audited.",
        ["work.document"] = "Titles of documents, whose own tables are audited.",
        ["work.approval_asked"] = "Follows from the steps of the approval, which is audited.",
        ["work.approval_history"] = "Append-only, with its actor.",
        ["work.comment"] = "Append-only, with its author.",
        ["work.follower"] = "Whether somebody wants to be told is theirs alone.",
        ["work.no_digest"] = "Whether somebody wants mail is theirs alone.",
        ["work.notification"] = "Follows from what was done, which is audited.",
        ["accounting.voucher"] = "Append-only, made from an event.",
        ["accounting.voucher_line"] = "Append-only, made from an event.",
    };

    [Fact]
    public async Task Every_table_of_a_tenant_is_audited_or_says_why_not()
    {
        await using var database = await server.NewDatabase();

        var open = await database.Superuser<string[]>(
            """
            select coalesce(array_agg(n.nspname || '.' || c.relname order by 1), '{}')
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
            where c.relkind in ('r', 'p') and not c.relispartition and c.relrowsecurity
                and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'audit')
            """
        );

        Assert.Equal(NotAudited.Keys.Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_change_says_who_when_in_which_request_before_and_after()
    {
        await using var open = await OpenFactory.Start(server);
        var item = open.Factory.Item;

        var answer = await open.Api.Put(
            $"/api/v1/items/{item}",
            new
            {
                name = "Renamed",
                kind = "goods",
                unit = "kg",
            },
            1
        );
        await open.Api.Put(
            $"/api/v1/items/{item}",
            new
            {
                name = "Renamed",
                kind = "goods",
                unit = "kg",
            },
            2
        );

        var request = answer.Headers.GetValues("X-Request-Id").Single();
        var row = await open.Database.Superuser<string>(
            $"""
            select concat_ws(' ', change, request = '{request}', at > now() - interval '1 minute', actor = c.client_id,
                a.before - 'name', a.after) from kernel.v_audit a, identity.client c
            where entity = 'catalog.item' and key = '{item}' and change = 'update' order by audit_id limit 1
            """
        );
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.StartsWith("update t t t {\"kind\": \"raw\", \"unit\":", row, StringComparison.Ordinal);
        Assert.EndsWith(
            "{\"kind\": \"goods\", \"name\": \"Renamed\", \"unit\": \"kg\", \"version\": 2}",
            row,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_taken_back_leaves_no_trace_and_the_programs_role_cannot_forge_one()
    {
        await using var open = await OpenFactory.Start(server);
        var before = await open.Count("kernel.audit");
        await using (var db = open.Factory.Open())
            await db.Execute($"update catalog.item set name = 'never'");

        Assert.Equal(before, await open.Count("kernel.audit"));
        await using var forger = open.Factory.Open();
        var denied = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            forger.Execute(
                $"""
                insert into kernel.audit (tenant_id, actor, request, entity, key, change)
                values ({open.Factory.Tenant}, gen_random_uuid(), 'r', 'catalog.item', 'k', 'update')
                """
            )
        );
        Assert.Equal(Npgsql.PostgresErrorCodes.InsufficientPrivilege, denied.SqlState);
    }

    [Fact]
    public async Task A_change_by_hand_is_there_too()
    {
        await using var open = await OpenFactory.Start(server);

        await open.Database.Superuser("update catalog.item set name = 'by hand'");

        Assert.Equal(
            "00000000-0000-0000-0000-000000000000 postgres by hand",
            await open.Database.Superuser<string>(
                "select actor || ' ' || request from kernel.audit where after ->> 'name' = 'by hand' limit 1"
            )
        );
    }

    [Fact]
    public async Task What_is_known_of_a_person_is_sealed_and_erasing_the_person_closes_it_for_good()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await factory.AddPerson("Zeynep");

        var stored = await database.Superuser<string>(
            "select string_agg(after::text, '') from kernel.audit where entity = 'identity.member'"
        );
        Assert.DoesNotContain("Zeynep", stored, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Zeynep", await Ask(), StringComparison.OrdinalIgnoreCase);
        await Chain(database);
        await using (var db = factory.Open())
        {
            await db.Execute($"select kernel.erase_person(person_id) from identity.member");
            await db.Execute($"update identity.member set name = 'Erased', email = 'erased@nowhere.example'");
            await db.Commit();
        }
        await Chain(database);

        Assert.DoesNotContain("Zeynep", await Ask(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0L, await database.Superuser<long>("select count(*) from kernel.person_key where key is not null"));
        await database.AssertVerified();

        async Task<string> Ask()
        {
            await using var db = factory.Open();
            return await db.One<string>(
                $"select string_agg(concat(before, after), '') from kernel.v_audit where entity = 'identity.member'"
            );
        }
    }

    [Fact, Case("X7")]
    public async Task The_chain_verifies_after_parallel_changes_and_two_who_chain_at_once()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs, items: 4);
        while (await Chain(database, most: 7)) { }
        var looks = 0;
        var working = Task.WhenAll(Enumerable.Range(0, 6).Select(Change));

        while (!working.IsCompleted)
        {
            var both = await Task.WhenAll(TryChain(), TryChain());
            Interlocked.Add(ref looks, both.Count(made => made));
        }
        await working;
        while (await Chain(database, most: 7)) { }

        Assert.Equal(
            await database.Superuser<long>("select count(*) from kernel.audit"),
            await database.Superuser<long>("select sum(cardinality(ids)) from kernel.audit_block")
        );
        Assert.Equal(
            0L,
            await database.Superuser<long>(
                "select count(*) from (select unnest(ids) id from kernel.audit_block) i group by id having count(*) > 1 "
                    + "union all select 0 limit 1"
            )
        );
        await database.AssertVerified();

        async Task Change(int hand)
        {
            // Until the chain was made in at least four pieces meanwhile.
            for (var at = 0; at < 30 || (at < 3000 && Volatile.Read(ref looks) < 4); at++)
            {
                await using var db = factory.Open();
                await db.Execute($"update catalog.item set name = {$"{hand}/{at}"} where item_id = {factory.Items[hand % 4]}");
                if (at % 5 != 0)
                    await db.Commit();
            }
        }

        async Task<bool> TryChain()
        {
            try
            {
                return await Chain(database, most: 7);
            }
            catch (Npgsql.PostgresException second) when (second.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task What_waited_for_days_is_chained_look_by_look_until_nothing_is_left()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs, items: 4);
        await Chain(database);
        var blocks = await database.Superuser<long>("select count(*) from kernel.audit_block");
        for (var at = 0; at < 12; at++)
        {
            await using var db = factory.Open();
            await db.Execute($"update catalog.item set name = {$"{at}"}");
            await db.Commit();
        }
        // Nobody chained for a week; then the rows of a week ago come first, and must not be taken for too old afterwards.
        await database.Superuser("update kernel.audit_look set day = day - 7");
        await database.Superuser(
            "alter table kernel.audit disable trigger user; update kernel.audit set day = day - 6 where xid::text in "
                + "(select xid::text from kernel.audit group by xid order by xid desc limit 12)"
        );

        var looks = 0;
        while (await Chain(database, most: 10))
            looks++;

        Assert.InRange(looks, 4, 12);
        Assert.True(await database.Superuser<long>("select count(*) from kernel.audit_block") >= blocks + looks);
        Assert.Equal(
            await database.Superuser<long>("select count(*) from kernel.audit"),
            await database.Superuser<long>("select sum(cardinality(ids)) from kernel.audit_block")
        );
        await database.AssertVerified();
    }

    internal static Task<bool> Chain(TestDatabase database, int most = 1000) =>
        new AuditChain(
            database.Databases,
            new LogSettings(),
            new DatabaseOutage(TimeProvider.System),
            TimeProvider.System,
            NullLogger<AuditChain>.Instance
        ).Once(most, TestContext.Current.CancellationToken);
}
