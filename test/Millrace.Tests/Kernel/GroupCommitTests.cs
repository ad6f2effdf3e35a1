using System.Net;
using Millrace.Inventory;
using Millrace.Kernel;
using Npgsql;

namespace Millrace.Tests;

/// <summary>Requests that are committed together are answered each for itself.</summary>
public sealed class GroupCommitTests(Server server)
{
    private const string Reservations = "/api/v1/reservations";

    [Fact, Case("S1")]
    public async Task Many_at_once_for_one_item_are_promised_what_is_there_and_share_commits()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(100);

        var answers = await Task.WhenAll(Enumerable.Range(0, 150).Select(at => open.Reserve($"SO-{at}", 1)));

        Assert.Equal(100, answers.Count(one => one.Status == HttpStatusCode.Created));
        Assert.All(
            answers.Where(one => one.Status != HttpStatusCode.Created),
            one => Assert.Equal((HttpStatusCode.Conflict, "inventory.short"), (one.Status, one.Code))
        );
        var commits = await open.Database.Superuser<long>(
            "select count(distinct xid) from kernel.event where type = 'StockReserved'"
        );
        Assert.InRange(commits, 1, 90);
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Kinds_mixed_in_a_batch_see_each_other_in_the_order_of_arrival_and_carry_their_hand()
    {
        await using var database = await server.NewDatabase();
        var factory = await Factory.Make(database.Dbs);
        await factory.Receive(factory.Item, 5);
        var (ayse, can) = (new Hand(Guid.CreateVersion7(), "ask-1"), new Hand(Guid.CreateVersion7(), "ask-2"));
        Asked<IStockCommand>[] asked =
        [
            new(Reserve("SO-1", 8), ayse),
            new(Move(MovementKind.Receipt, 5), can),
            new(Reserve("SO-2", 8), can),
            new(Move(MovementKind.Issue, 3), ayse),
            new(Move(MovementKind.Issue, 2), ayse),
            new(Reserve("SO-2", 1), ayse),
        ];

        await using (var db = factory.Open())
        {
            await StockBook.Run(db, asked, db.Send);
            await db.Commit();
        }

        Assert.Equal(
            ["short", "ok", "ok", "short", "ok", "ok"],
            asked.Select(one => one.Verdict!.Value.Refusal is { } refusal ? refusal.Code.Split('.')[1] : "ok")
        );
        Assert.Equal(
            $"StockReceived {can.Actor} ask-2, StockReserved {can.Actor} ask-2, StockIssued {ayse.Actor} ask-1",
            await database.Superuser<string>(
                """
                select string_agg(type || ' ' || actor || ' ' || request, ', ' order by id) from kernel.event
                where request like 'ask%'
                """
            )
        );
        Assert.Equal(
            $"inventory.reservation {can.Actor} insert SO-2",
            await database.Superuser<string>(
                """
                select string_agg(entity || ' ' || actor || ' ' || change || ' ' || (after ->> 'demand'), ', ')
                from kernel.audit where request like 'ask%'
                """
            )
        );
        await EveryInvariant.Holds(database.ConnectionString);

        ReserveStock.Request Reserve(string demand, decimal quantity) =>
            new(factory.Company, demand, [new(factory.Item, factory.Warehouse, quantity)]);

        MoveStock.Request Move(MovementKind kind, decimal quantity) =>
            new(kind, factory.Warehouse, Factory.Today, "sale", "", [new(factory.Item, quantity)]);
    }

    [Fact]
    public async Task What_fails_between_two_rows_leaves_the_connection_as_good_as_new()
    {
        await using var database = await server.NewDatabase();
        // The second time a statement is prepared: behind the one that fails the server never hears of it.
        for (var time = 1; time <= 3; time++)
        {
            await using var broken = database.Dbs.Open(DbScope.NoTenant);
            broken.Later<int>($"select 1 / (3 - n) from generate_series(1, 5) n");
            broken.Later<string>($"select 'never reached'::text");
            var failed = await Assert.ThrowsAsync<PostgresException>(broken.Send);
            Assert.Equal(PostgresErrorCodes.DivisionByZero, failed.SqlState);
        }
        await using var whole = database.Dbs.Open(DbScope.NoTenant);
        var reached = whole.Later<string>($"select 'never reached'::text");
        await whole.Send();

        Assert.Equal(["never reached"], reached.Rows);
    }

    [Fact]
    public async Task One_that_the_database_refuses_does_not_take_the_others_with_it()
    {
        await using var open = await OpenFactory.Start(server);
        var (odd, free) = (open.Factory.Items[0], open.Factory.Items[1]);
        await open.Stock(10, odd);
        await open.Stock(100, free);
        // What no judgement can know of: the database says no to one demand.
        await open.Database.Superuser(
            "alter table inventory.reservation add constraint planted check (demand <> 'SO-ODD') not valid"
        );

        var asked = Enumerable
            .Range(0, 30)
            .Select(at => open.Reserve(at == 17 ? "SO-ODD" : $"SO-{at}", 1, at == 17 ? odd : free));
        var answers = await Task.WhenAll(asked);

        Assert.Equal(29, answers.Count(one => one.Status == HttpStatusCode.Created));
        Assert.Equal(HttpStatusCode.InternalServerError, answers[17].Status);
        Assert.Equal(29, await open.Count("kernel.event where type = 'StockReserved'"));
        await open.Database.Superuser("alter table inventory.reservation drop constraint planted");
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact, Case("I1")]
    public async Task Two_hundred_with_one_key_have_one_effect_and_one_answer()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(1000);
        var key = Guid.CreateVersion7();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => open.Api.Post(Reservations, open.Demand("SO-1", (open.Factory.Item, 2)), key))
        );

        Assert.All(answers, one => Assert.Equal(HttpStatusCode.Created, one.Status));
        Assert.Single(answers.Select(one => one.Text).Distinct());
        Assert.Equal(199, answers.Count(one => one.Headers.Contains("Idempotency-Replayed")));
        var other = await open.Api.Post(Reservations, open.Demand("SO-2", (open.Factory.Item, 2)), key);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency.reused"), (other.Status, other.Code));
        Assert.Equal(1, await open.Count("inventory.reservation"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task One_demand_for_different_items_in_two_processes_is_promised_once_and_nobody_sees_a_fault()
    {
        await using var open = await OpenFactory.Start(server);
        await using var other = await App.Start(open.Database.ConnectionString, work: false);
        using var api = open.At(other);
        await open.Stock(100, open.Factory.Items[0]);
        await open.Stock(100, open.Factory.Items[1]);

        for (var round = 0; round < 20; round++)
        {
            var demand = $"SO-{round}";
            var answers = await Task.WhenAll(
                open.Reserve(demand, 1, open.Factory.Items[0]),
                api.Post(Reservations, open.Demand(demand, (open.Factory.Items[1], 1)))
            );
            Assert.All(answers, one => Assert.True(one.Status is HttpStatusCode.Created, one.Text));
            Assert.Single(answers.Select(one => one.Json.GetProperty("id").GetString()).Distinct());
        }

        Assert.Equal(20, await open.Count("inventory.reservation"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Two_tenants_batch_beside_each_other_and_never_see_each_other()
    {
        await using var open = await OpenFactory.Start(server);
        var foreign = await Factory.Make(open.Database.Dbs, "Foreign");
        await open.Stock(50);
        await foreign.Receive(foreign.Item, 50);
        using var stranger = await open.App.Authorize(await foreign.AddClient("machine"));

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 120)
                .Select(at =>
                    at % 2 == 0
                        ? open.Reserve($"SO-{at}", 1)
                        : stranger.Post(Reservations, OpenFactory.Demand(foreign, $"SO-{at}", (foreign.Item, 1)))
                )
        );

        Assert.Equal(50, answers.Where((_, at) => at % 2 == 0).Count(one => one.Status == HttpStatusCode.Created));
        Assert.Equal(50, answers.Where((_, at) => at % 2 == 1).Count(one => one.Status == HttpStatusCode.Created));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }
}
