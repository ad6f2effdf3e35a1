using System.Net;

namespace Millrace.Tests;

/// <summary>Demands that wait for goods, are served by priority and age, and are issued from what they hold.</summary>
public sealed class WaitingTests(Server server)
{
    [Fact]
    public async Task What_arrives_goes_to_who_waits_by_priority_then_age_before_anybody_else_gets_it()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(3);
        var first = await Ask(open, "SO-1", 5);
        Assert.Equal(("waiting", "3", "2"), Line(first));
        await Ask(open, "SO-2", 2);
        await Ask(open, "SO-3", 1, priority: 1);

        // Two for the urgent one and the oldest; nothing is left for a newcomer.
        await open.Stock(2);
        Assert.Equal("waiting, open, waiting", await States(open, "SO-1", "SO-3", "SO-2"));
        Assert.Equal(1, await open.Count("inventory.balance where on_hand = 5 and reserved = 5 and waiting = 3"));
        var late = await open.Reserve("SO-4", 1);
        Assert.Equal("inventory.short", late.Code);
        Assert.Equal("0", late.Json.GetProperty("facts").GetProperty("shortages")[0].GetProperty("available").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await open.Issue(1)).Status);

        await open.Stock(4);
        Assert.Equal("open, open, open", await States(open, "SO-1", "SO-2", "SO-3"));
        Assert.Equal(1, await open.Count("inventory.balance where on_hand = 9 and reserved = 8 and waiting = 0"));
        Assert.Equal(4, await open.Count("kernel.event where type = 'StockServed'"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task What_is_given_back_goes_to_who_waits_and_a_part_gives_up_first_what_has_not_come()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(4);
        var holds = (await open.Reserve("SO-1", 4)).Json.GetProperty("id").GetString();
        var waits = (await Ask(open, "SO-2", 3)).Json.GetProperty("id").GetString();

        Assert.Equal(("waiting", "0", "2"), Line(await GiveBack(open, waits, 1)));
        Assert.Equal(("open", "2", "0"), Line(await GiveBack(open, holds, 2)));
        Assert.Equal("open, open", await States(open, "SO-1", "SO-2"));
        var tooMuch = await GiveBack(open, holds, 2.5m);
        Assert.Equal((HttpStatusCode.Conflict, "reservation.less"), (tooMuch.Status, tooMuch.Code));
        Assert.Equal("2", tooMuch.Json.GetProperty("facts").GetProperty("held").GetString());

        // What is left of it is all of it.
        Assert.Equal(("released", "0", "0"), Line(await GiveBack(open, waits, 2)));
        Assert.Equal(1, await open.Count("inventory.balance where on_hand = 4 and reserved = 2 and waiting = 0"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task An_issue_takes_what_its_reservation_holds_and_nothing_of_others()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(10);
        var mine = (await open.Reserve("SO-1", 6)).Json.GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.Created, (await open.Reserve("SO-2", 3)).Status);

        // Six of its own and the one that is free are seven.
        Assert.Equal("inventory.short", (await IssueFor(open, mine, 8)).Code);
        Assert.Equal(HttpStatusCode.Created, (await IssueFor(open, mine, 2)).Status);
        Assert.Equal(1, await open.Count("inventory.balance where on_hand = 8 and reserved = 7"));
        Assert.Equal(HttpStatusCode.Created, (await IssueFor(open, mine, 5)).Status);
        Assert.Equal(1, await open.Count("inventory.balance where on_hand = 3 and reserved = 3"));
        Assert.Equal(1, await open.Count("inventory.reservation where demand = 'SO-1' and released_at is not null"));
        Assert.Equal("reservation.closed", (await IssueFor(open, mine, 1)).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await IssueFor(open, Guid.CreateVersion7().ToString(), 1)).Status);
        Assert.Equal(2, await open.Count("kernel.event where type = 'StockTaken'"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Nobody_waits_beside_free_stock_when_all_at_once_reserve_receive_release_and_issue_in_two_processes()
    {
        await using var open = await OpenFactory.Start(server);
        await using var second = await App.Start(open.Database.ConnectionString, work: false);
        using var other = open.At(second);
        await open.Stock(1);

        await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(async at =>
                {
                    var api = at % 2 == 0 ? open.Api : other;
                    if (at % 3 == 0)
                        return await api.Post("/api/v1/receipts", open.Goods(2));
                    var made = await api.Post("/api/v1/reservations", Body(open, $"SO-{at}", 1 + (at % 4), 1 + (at % 9)));
                    var id = made.Json.GetProperty("id").GetString();
                    return (at % 5) switch
                    {
                        0 => await api.Post($"/api/v1/reservations/{id}/release"),
                        1 => await GiveBack(open, id, 1, api),
                        _ => made,
                    };
                })
        );

        var free = await open.Database.Superuser<decimal>("select on_hand - reserved from inventory.balance where on_hand > 0");
        var waiting = await open.Database.Superuser<decimal>("select waiting from inventory.balance where on_hand > 0");
        Assert.True(free == 0 || waiting == 0, $"{free} lie free and {waiting} wait");
        Assert.True(waiting > 0 || await open.Count("kernel.event where type = 'StockServed'") > 0, "nobody waited at all");
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Every_one_of_many_who_wait_is_served_by_one_receipt()
    {
        await using var open = await OpenFactory.Start(server);
        await Task.WhenAll(Enumerable.Range(0, 450).Select(at => Ask(open, $"SO-{at}", 1, priority: 1 + (at % 9))));
        Assert.Equal(1, await open.Count("inventory.balance where on_hand = 0 and waiting = 450"));

        await open.Stock(440);

        Assert.Equal(1, await open.Count("inventory.balance where reserved = 440 and waiting = 10"));
        Assert.Equal(10, await open.Count("inventory.reservation_line where waiting > 0 and priority = 9"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task What_was_held_until_yesterday_is_given_back_to_who_waits()
    {
        await using var open = await OpenFactory.Start(server, work: true);
        await open.Stock(2);
        var past = await Ask(open, "SO-1", 2, until: Factory.Today.AddDays(-2));
        Assert.Equal((HttpStatusCode.Conflict, "reservation.past"), (past.Status, past.Code));
        Assert.Equal(HttpStatusCode.Created, (await Ask(open, "SO-1", 2, until: Factory.Today.AddDays(1))).Status);
        Assert.Equal(HttpStatusCode.Created, (await Ask(open, "SO-2", 1)).Status);
        Assert.Equal(1, await open.Count("kernel.job where type = 'inventory.expire' and run_at > now()"));

        await open.Database.Superuser(
            "update inventory.reservation set held_until = current_date - 2 where demand = 'SO-1'; "
                + "update kernel.job set run_at = now() where type = 'inventory.expire'"
        );

        await Eventually.True(
            async () => await open.Count("inventory.reservation where demand = 'SO-1' and released_at is not null") == 1,
            "the reservation is given back"
        );
        Assert.Equal("open", await States(open, "SO-2"));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    private static object Body(OpenFactory open, string demand, decimal quantity, int? priority = null, DateOnly? until = null) =>
        new
        {
            CompanyId = open.Factory.Company,
            Demand = demand,
            WhenShort = "wait",
            Priority = priority,
            HeldUntil = until,
            Lines = new[]
            {
                new
                {
                    ItemId = open.Factory.Item,
                    WarehouseId = open.Factory.Warehouse,
                    Quantity = quantity,
                },
            },
        };

    private static Task<Answer> Ask(
        OpenFactory open,
        string demand,
        decimal quantity,
        int? priority = null,
        DateOnly? until = null
    ) => open.Api.Post("/api/v1/reservations", Body(open, demand, quantity, priority, until));

    private static Task<Answer> GiveBack(OpenFactory open, string? id, decimal quantity, ApiClient? api = null) =>
        (api ?? open.Api).Post(
            $"/api/v1/reservations/{id}/reduction",
            new
            {
                Lines = new[]
                {
                    new
                    {
                        ItemId = open.Factory.Item,
                        WarehouseId = open.Factory.Warehouse,
                        Quantity = quantity,
                    },
                },
            }
        );

    private static Task<Answer> IssueFor(OpenFactory open, string? reservation, decimal quantity) =>
        open.Api.Post(
            "/api/v1/issues",
            new
            {
                WarehouseId = open.Factory.Warehouse,
                Date = Factory.Today,
                Reason = "sale",
                ReservationId = reservation,
                Lines = new[] { new { ItemId = open.Factory.Item, Quantity = quantity } },
            }
        );

    private static (string? State, string? Held, string? Waiting) Line(Answer answer)
    {
        var line = answer.Json.GetProperty("lines")[0];
        return (
            answer.Json.GetProperty("state").GetString(),
            line.GetProperty("held").GetString(),
            line.GetProperty("waiting").GetString()
        );
    }

    private static async Task<string> States(OpenFactory open, params string[] demands)
    {
        var rows = (await open.Api.Get($"/api/v1/reservations?companyId={open.Factory.Company}&limit=100")).Json.GetProperty(
            "items"
        );
        var states = rows.EnumerateArray()
            .ToDictionary(one => one.GetProperty("demand").GetString()!, one => one.GetProperty("state").GetString());
        return string.Join(", ", demands.Select(one => states[one]));
    }
}
