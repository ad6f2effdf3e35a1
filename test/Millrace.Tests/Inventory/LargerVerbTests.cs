using System.Net;
using Millrace.Bench;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>A larger verb joins the batches of stock: its document and its promise are one, for each caller alone.</summary>
public sealed class LargerVerbTests(Server server)
{
    [Fact]
    public async Task A_document_and_its_promise_are_written_together_and_told_once()
    {
        await using var open = await Start();
        await open.Stock(10);
        var order = await Draft(open, "SO-1", 4);
        var key = Guid.CreateVersion7();

        var first = await Confirm(open, order, key);
        var again = await Confirm(open, order, key);
        var another = await Confirm(open, order);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, again.Status));
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(2, first.Json.GetProperty("version").GetInt32());
        Assert.Equal((HttpStatusCode.Conflict, "order.confirmed"), (another.Status, another.Code));
        Assert.Equal(4m, await open.Database.Superuser<decimal>("select reserved from inventory.balance"));
        Assert.Equal(
            1,
            await open.Count(
                """
                orders.head h join inventory.reservation r on r.reservation_id = h.reservation_id and r.demand = h.number
                join kernel.audit a on a.entity = 'orders.head' and a.key = h.order_id::text
                join kernel.event e on e.type = 'BenchOrderConfirmed' and e.xid = a.xid
                where h.version = 2 and a.actor = r.created_by
                """
            )
        );
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task A_document_whose_demand_has_its_promise_already_goes_on_with_it()
    {
        await using var open = await Start();
        await open.Stock(10);
        var promised = await open.Reserve("SO-1", 4);

        var confirmed = await Confirm(open, await Draft(open, "SO-1", 4));

        Assert.Equal(HttpStatusCode.OK, confirmed.Status);
        Assert.Equal(
            promised.Json.GetProperty("id").GetGuid(),
            await open.Database.Superuser<Guid>("select reservation_id from orders.head where state = 'confirmed'")
        );
        Assert.Equal(4m, await open.Database.Superuser<decimal>("select reserved from inventory.balance"));
    }

    [Fact, Case("S1")]
    public async Task Orders_and_bare_reservations_share_batches_and_the_stock_that_is_there()
    {
        await using var open = await Start();
        await open.Stock(50);
        var orders = new List<Guid>();
        for (var at = 0; at < 60; at++)
            orders.Add(await Draft(open, $"SO-{at}", 1));

        var answers = await Task.WhenAll(
            orders.Select(order => Confirm(open, order)).Concat(orders.Select((_, at) => open.Reserve($"WO-{at}", 1)))
        );

        Assert.Equal(50, answers.Count(one => one.Status is HttpStatusCode.OK or HttpStatusCode.Created));
        Assert.All(
            answers.Where(one => one.Status is not (HttpStatusCode.OK or HttpStatusCode.Created)),
            one => Assert.Equal((HttpStatusCode.Conflict, "inventory.short"), (one.Status, one.Code))
        );
        Assert.Equal(
            answers.Take(60).Count(one => one.Status == HttpStatusCode.OK),
            await open.Count("orders.head h join inventory.reservation r using (reservation_id) where h.state = 'confirmed'")
        );
        var commits = await open.Database.Superuser<long>(
            "select count(distinct xid) from kernel.event where type = 'StockReserved'"
        );
        Assert.InRange(commits, 1, 40);
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact, Case("S1")]
    public async Task Of_many_who_confirm_one_order_in_two_processes_one_does()
    {
        await using var open = await Start();
        await using var other = await App.Start(
            open.Database.ConnectionString,
            work: false,
            with: ConfirmOrder.Declare,
            map: new ConfirmOrder().Map
        );
        using var api = open.At(other);
        await open.Stock(1000);
        var order = await Draft(open, "SO-1", 3);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(at => Confirm(at % 2 == 0 ? open.Api : api, order, Guid.CreateVersion7()))
        );

        Assert.Single(answers, one => one.Status == HttpStatusCode.OK);
        Assert.All(
            answers.Where(one => one.Status != HttpStatusCode.OK),
            one => Assert.Equal((HttpStatusCode.Conflict, "order.confirmed"), (one.Status, one.Code))
        );
        Assert.Equal(3m, await open.Database.Superuser<decimal>("select reserved from inventory.balance"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact, Case("S1")]
    public async Task Who_needs_a_document_that_somebody_holds_waits_and_the_others_do_not()
    {
        await using var open = await Start();
        await open.Stock(100);
        var (held, free) = (await Draft(open, "SO-HELD", 1), await Draft(open, "SO-FREE", 1));

        Task<Answer> waiting;
        await using (await open.Hold($"orders.head where order_id = '{held}'"))
        {
            waiting = Confirm(open, held);
            Assert.Equal(HttpStatusCode.OK, (await Confirm(open, free)).Status);
            Assert.Equal(HttpStatusCode.Created, (await open.Reserve("WO-1", 1)).Status);
            Assert.False(waiting.IsCompleted);
        }

        Assert.Equal(HttpStatusCode.OK, (await waiting).Status);
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact, Case("S1")]
    public async Task A_document_that_the_database_refuses_takes_neither_stock_nor_the_others_with_it()
    {
        await using var open = await Start();
        await open.Stock(100);
        await open.Database.Superuser("alter table orders.head add constraint bad check (number <> 'SO-7' or state = 'draft')");
        var orders = new List<Guid>();
        for (var at = 0; at < 20; at++)
            orders.Add(await Draft(open, $"SO-{at}", 1));

        var answers = await Task.WhenAll(orders.Select(order => Confirm(open, order)));

        Assert.Equal(19, answers.Count(one => one.Status == HttpStatusCode.OK));
        Assert.Equal(HttpStatusCode.InternalServerError, answers[7].Status);
        Assert.Equal(19m, await open.Database.Superuser<decimal>("select reserved from inventory.balance"));
        Assert.Equal("draft", await open.Database.Superuser<string>("select state from orders.head where number = 'SO-7'"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task What_is_not_there_or_not_enough_is_refused_and_nothing_written()
    {
        await using var open = await Start();
        await open.Stock(2);
        var order = await Draft(open, "SO-1", 3);
        var stranger = await Factory.Make(open.Database.Dbs, "Other");
        using var other = await open.App.Authorize(await stranger.AddClient("other"));

        var (missing, foreign) = (await Confirm(open, Guid.CreateVersion7()), await Confirm(other, order, Guid.CreateVersion7()));
        var tooMuch = await Confirm(open, order);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (missing.Status, foreign.Status));
        Assert.Equal((HttpStatusCode.Conflict, "inventory.short"), (tooMuch.Status, tooMuch.Code));
        Assert.Contains("3", tooMuch.Text, StringComparison.Ordinal);
        Assert.Equal(1, await open.Count("orders.head where state = 'draft' and version = 1"));
        Assert.Equal(0, await open.Count("inventory.reservation"));
    }

    private async Task<OpenFactory> Start()
    {
        var open = await OpenFactory.Start(server, with: ConfirmOrder.Declare, map: new ConfirmOrder().Map);
        await open.Database.Superuser(ConfirmOrder.Tables);
        return open;
    }

    private static async Task<Guid> Draft(OpenFactory open, string number, decimal quantity)
    {
        var (id, factory) = (Guid.CreateVersion7(), open.Factory);
        await open.Database.Superuser<long>(
            FormattableString.Invariant(
                $"""
                with head as (insert into orders.head (tenant_id, order_id, company_id, number)
                    values ({factory.Tenant}, '{id}', '{factory.Company}', '{number}'))
                insert into orders.line values ({factory.Tenant}, '{id}', '{factory.Item}', '{factory.Warehouse}', {quantity})
                returning 1::bigint
                """
            )
        );
        return id;
    }

    private static Task<Answer> Confirm(OpenFactory open, Guid order, Guid? key = null) =>
        Confirm(open.Api, order, key ?? Guid.CreateVersion7());

    private static Task<Answer> Confirm(ApiClient api, Guid order, Guid key) =>
        api.Post($"/api/v1/orders/{order}/confirm", body: null, key);
}
