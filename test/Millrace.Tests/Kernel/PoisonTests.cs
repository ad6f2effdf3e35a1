using System.Net;
using Millrace.CrashHost;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>What cannot be handled waits for a person, with what follows it in its document; everything else goes on.</summary>
[Case("L11")]
public sealed class PoisonTests(Server server)
{
    private const string Vouchers = "accounting.vouchers";

    public static TheoryData<string, string, int, string, string> Unreadable =>
        new()
        {
            { "an unknown type", "StockEvaporated", 1, "{}", "does not know StockEvaporated version 1" },
            { "an unknown version", "StockReceived", 99, "{}", "does not know StockReceived version 99" },
            {
                "a missing field",
                "StockReceived",
                1,
                """{"companyId":"018f6d3e-8c2a-7d10-9a53-0c7b7f0d2b11"}""",
                "JsonException"
            },
            { "a field of another type", "StockReceived", 1, """{"companyId":5,"lines":"none"}""", "JsonException" },
            { "no object", "StockReceived", 1, "null", "JsonException" },
        };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task An_event_that_cannot_be_read_is_parked_and_the_lane_goes_on(
        string what,
        string type,
        int version,
        string payload,
        string error
    )
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await database.Superuser(
            $"""
            insert into kernel.event (tenant_id, type, version, aggregate, actor, request, payload)
            values ({factory.Tenant}, '{type}', {version}, 'poisoned', '{DbScope.System}', 'test', '{payload}')
            """
        );
        await factory.Receive(factory.Item, 1);
        await using var app = await App.Start(database.ConnectionString);
        using var person = await app.SignIn(await factory.AddPerson("clerk"));

        // The receipt behind it in the lane has its voucher.
        await Eventually.True(
            async () =>
                (await person.Get($"/api/v1/vouchers?companyId={factory.Company}")).Json.GetProperty("items").GetArrayLength()
                == 1,
            "the lane goes on"
        );
        var parked = (await person.Get("/api/v1/parked-events")).Json.GetProperty("items");
        Assert.True(1 == parked.GetArrayLength(), $"{what}: {parked}");
        Assert.Equal(Vouchers, parked[0].GetProperty("consumer").GetString());
        Assert.Equal(type, parked[0].GetProperty("eventType").GetString());
        Assert.Equal("poisoned", parked[0].GetProperty("aggregate").GetString());
        Assert.Contains(error, parked[0].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, parked[0].GetProperty("attempts").GetInt32());
        Assert.Equal(1L, await database.Superuser<long>("select count(*) from accounting.voucher"));
    }

    [Fact]
    public async Task Trying_again_what_still_cannot_be_read_counts_the_attempt_and_keeps_it_parked()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await database.Superuser(
            $$"""
            insert into kernel.event (tenant_id, type, version, aggregate, actor, request, payload)
            values ({{factory.Tenant}}, 'StockReceived', 2, 'poisoned', '{{DbScope.System}}', 'test', '{}')
            """
        );
        await using var app = await App.Start(database.ConnectionString);
        using var person = await app.SignIn(await factory.AddPerson("clerk"));
        var parked = await Eventually.Get(
            async () => (await person.Get("/api/v1/parked-events")).Json.GetProperty("items"),
            items => items.GetArrayLength() == 1,
            "it is parked"
        );

        var asked = await person.Post($"/api/v1/parked-events/{parked[0].GetProperty("id")}/retry");

        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, asked.Json.GetProperty("retryRequestedAt").ValueKind);
        await Eventually.Get(
            async () => (await person.Get("/api/v1/parked-events")).Json.GetProperty("items")[0],
            one =>
                one.GetProperty("attempts").GetInt32() == 2
                && one.GetProperty("retryRequestedAt").ValueKind == System.Text.Json.JsonValueKind.Null,
            "the second attempt is counted"
        );
    }

    [Theory]
    [InlineData(Probed.Throws, "InvalidOperationException: The handler of 'bad' throws.")]
    [InlineData(Probed.IsCancelled, "TaskCanceledException: The handler of 'bad' gave up waiting.")]
    [InlineData(Probed.TimesOut, "PostgresException: 57014: canceling statement due to statement timeout")]
    public async Task A_handler_that_fails_parks_its_document_and_a_person_brings_it_back_in_order(string does, string error)
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        var factory = await Factory.Make(database.Dbs);
        await using var host = await database.Probe(broken: true);
        await using (var db = factory.Open())
        {
            await db.Publish(
                new Probed("other 1", "other"),
                new Probed("bad", "document", does),
                new Probed("behind 1", "document"),
                new Probed("other 2", "other"),
                new Probed("behind 2", "document")
            );
            await db.Commit();
        }
        await Eventually.Get(database.ParkedNotes, notes => notes is ["bad", "behind 1", "behind 2"], "the document is parked");
        Assert.Equal(["other 1", "other 2"], await database.Probed());
        Assert.True(host.IsUp);

        await using var api = await App.Start(database.ConnectionString, work: false);
        using var person = await api.SignIn(await factory.AddPerson("clerk"));
        var parked = (await person.Get("/api/v1/parked-events")).Json.GetProperty("items");
        Assert.Equal(error, parked[0].GetProperty("error").GetString());
        Assert.Equal("Waits for an earlier event of the same document.", parked[1].GetProperty("error").GetString());

        host.Consumer.IsBroken = false;
        await database.Publish(factory.Tenant, new Probed("behind 3", "document"));
        await Eventually.Get(database.ParkedNotes, notes => notes.Length == 4, "a later one waits behind it too");
        await person.Post($"/api/v1/parked-events/{parked[0].GetProperty("id")}/retry");

        await Eventually.Get(database.ParkedNotes, notes => notes.Length == 0, "nothing is parked any more");
        Assert.Equal(["other 1", "other 2", "bad", "behind 1", "behind 2", "behind 3"], await database.Probed());
        await database.Publish(factory.Tenant, new Probed("afterwards", "document"));
        await Eventually.Get(database.Probed, notes => notes is [.., "afterwards"], "the document flows again");
    }

    [Fact]
    public async Task What_waits_behind_a_parked_event_is_not_handled_before_it_even_when_a_person_asks()
    {
        await using var database = await server.NewDatabase();
        await database.PrepareProbe();
        var factory = await Factory.Make(database.Dbs);
        await using var host = await database.Probe(broken: true);
        await database.Publish(factory.Tenant, new Probed("bad", "d", Probed.Throws), new Probed("behind", "d"));
        await Eventually.Get(database.ParkedNotes, notes => notes.Length == 2, "both are parked");
        await using var api = await App.Start(database.ConnectionString, work: false);
        using var person = await api.SignIn(await factory.AddPerson("clerk"));
        var parked = (await person.Get("/api/v1/parked-events")).Json.GetProperty("items");

        await person.Post($"/api/v1/parked-events/{parked[1].GetProperty("id")}/retry");
        await person.Post($"/api/v1/parked-events/{parked[0].GetProperty("id")}/retry");
        await Eventually.Get(
            () => database.Superuser<int>("select attempts from kernel.parked order by pos limit 1"),
            attempts => attempts == 2,
            "the first one has failed again"
        );
        Assert.Empty(await database.Probed());

        host.Consumer.IsBroken = false;
        await person.Post($"/api/v1/parked-events/{parked[0].GetProperty("id")}/retry");
        await Eventually.Get(database.Probed, notes => notes is ["bad", "behind"], "both, in order");
    }

    [Fact]
    public async Task A_missing_posting_rule_parks_the_receipt_until_it_is_there()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await database.Superuser(
            """
            create table public.rules as select * from accounting.posting_rule;
            delete from accounting.posting_rule
            """
        );
        await using var app = await App.Start(database.ConnectionString);
        using var person = await app.SignIn(await factory.AddPerson("clerk"));
        await factory.Receive(factory.Item, 1);
        var parked = await Eventually.Get(
            async () => (await person.Get("/api/v1/parked-events")).Json.GetProperty("items"),
            items => items.GetArrayLength() == 1,
            "it is parked"
        );
        Assert.Contains("No posting rule fits", parked[0].GetProperty("error").GetString(), StringComparison.Ordinal);
        await database.Superuser("insert into accounting.posting_rule select * from public.rules");

        await person.Post($"/api/v1/parked-events/{parked[0].GetProperty("id")}/retry");

        await Eventually.Get(
            () => database.Superuser<long>("select count(*) from accounting.voucher"),
            count => count == 1,
            "the voucher is there"
        );
        Assert.Equal(0, (await person.Get("/api/v1/parked-events")).Json.GetProperty("items").GetArrayLength());
        await database.AssertVerified();
    }
}
