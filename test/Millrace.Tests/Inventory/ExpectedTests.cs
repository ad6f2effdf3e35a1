using System.Net;
using static Millrace.Tests.Expecting;

namespace Millrace.Tests;

/// <summary>What is on its way, what of it can be promised when, and what becomes of such promises.</summary>
public sealed class ExpectedTests(Server server)
{
    [Fact]
    public async Task What_is_needed_later_is_promised_from_what_comes_until_then_and_the_last_to_come_first()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(2);
        var first = await Expect(open, "PO-1", 5, Soon);
        var second = await Expect(open, "PO-2", 4, Later);
        Assert.Equal("today 2, soon 7, later 11", await Available(open));

        Assert.Equal("expected 0+6", Show(await Ask(open, "SO-1", 6, Later)));
        Assert.Equal(("2", "4"), (await Promised(open, first), await Promised(open, second)));
        Assert.Equal("today 2, soon 5, later 5", await Available(open));
        // Three come in time, the rest lies there; one more is not to be had, neither today nor then.
        Assert.Equal("expected 1+3", Show(await Ask(open, "SO-2", 4, Soon)));
        var tooMuch = await Ask(open, "SO-3", 2, Later);
        Assert.Equal((HttpStatusCode.Conflict, "inventory.short"), (tooMuch.Status, tooMuch.Code));
        Assert.Equal("1", tooMuch.Json.GetProperty("facts").GetProperty("shortages")[0].GetProperty("available").GetString());
        Assert.Equal("reservation.needed_past", (await Ask(open, "SO-4", 1, Factory.Today.AddDays(-2))).Code);
        Assert.Equal("open 1+0", Show(await open.Reserve("SO-5", 1)));
        Assert.Equal("today 0, soon 0, later 0", await Available(open));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task What_comes_goes_to_the_promises_that_wait_for_it_and_what_is_taken_back_comes_again()
    {
        await using var open = await OpenFactory.Start(server);
        var supply = await Expect(open, "PO-1", 10, Soon);
        await Ask(open, "SO-1", 4, Soon);
        await Ask(open, "SO-2", 3, Soon, priority: 1);

        var receipt = await Receive(open, supply, 5);
        Assert.Equal("SO-1: expected 2+2, SO-2: open 3+0", await Reservations(open));
        Assert.Equal("inventory.short", (await open.Issue(1)).Code);
        Assert.Equal(2, await open.Count("kernel.event where type = 'StockServed'"));

        // They hold it, so it cannot go back; without them it can, and is still to come.
        Assert.Equal("inventory.short", (await Reverse(open, receipt)).Code);
        foreach (var id in await Ids(open))
            await open.Api.Post($"/api/v1/reservations/{id}/release");
        Assert.Equal(HttpStatusCode.Created, (await Reverse(open, receipt)).Status);
        Assert.Equal(("10", "0"), await ToCome(open, supply));
        Assert.Equal("today 0, soon 10", await Available(open));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task Promises_of_what_no_longer_comes_wait_the_last_ones_first_and_take_what_lies_free()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(1);
        var supply = await Expect(open, "PO-1", 6, Soon);
        await Ask(open, "SO-1", 3, Soon);
        await Ask(open, "SO-2", 3, Soon);

        Assert.Equal(HttpStatusCode.OK, (await Change(open, supply, 4, Soon, version: 1)).Status);
        Assert.Equal("SO-1: expected 0+3, SO-2: waiting 1+1", await Reservations(open));
        var old = await Change(open, supply, 9, Soon, version: 1);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "version.changed"), (old.Status, old.Code));
        Assert.Equal(HttpStatusCode.OK, (await Change(open, supply, 4, Soon, version: 2, closed: true)).Status);
        Assert.Equal("SO-1: waiting 0+0, SO-2: waiting 1+0", await Reservations(open));
        Assert.Equal("expected.closed", (await Change(open, supply, 4, Soon, version: 3)).Code);
        Assert.Equal("expected.closed", (await Receive(open, supply, 1)).Code);

        await open.Stock(5);
        Assert.Equal("SO-1: open 3+0, SO-2: open 3+0", await Reservations(open));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task What_comes_in_withheld_has_come_and_its_promises_wait_until_it_is_free()
    {
        await using var open = await OpenFactory.Start(server);
        var supply = await Expect(open, "PO-1", 4, Soon);
        await Ask(open, "SO-1", 4, Soon);

        Assert.Equal(HttpStatusCode.Created, (await Receive(open, supply, 4, "quality")).Status);
        Assert.Equal("SO-1: waiting 0+0", await Reservations(open));
        var line = new
        {
            ItemId = open.Factory.Item,
            Quantity = 4m,
            Status = "quality",
            ToStatus = "available",
        };
        var freed = await open.Api.Post(
            "/api/v1/transfers",
            new
            {
                WarehouseId = open.Factory.Warehouse,
                ToWarehouseId = open.Factory.Warehouse,
                Date = Factory.Today,
                Lines = new[] { line },
            }
        );
        Assert.Equal(HttpStatusCode.Created, freed.Status);
        Assert.Equal("SO-1: open 4+0", await Reservations(open));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task A_part_that_is_given_back_is_free_for_others_before_what_is_held()
    {
        await using var open = await OpenFactory.Start(server);
        await open.Stock(1);
        await Expect(open, "PO-1", 3, Soon);
        var id = (await Ask(open, "SO-1", 4, Soon)).Json.GetProperty("id").GetString();
        var part = new[]
        {
            new
            {
                ItemId = open.Factory.Item,
                WarehouseId = open.Factory.Warehouse,
                Quantity = 2m,
            },
        };

        var left = await open.Api.Post($"/api/v1/reservations/{id}/reduction", new { Lines = part });

        Assert.Equal("expected 1+1", Show(left));
        Assert.Equal("today 0, soon 2", await Available(open));
        Assert.Equal("released 0+0", Show(await open.Api.Post($"/api/v1/reservations/{id}/release")));
        Assert.Equal("today 1, soon 4", await Available(open));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact]
    public async Task A_supply_is_expected_once_and_brings_its_own_item_to_its_own_warehouse()
    {
        await using var open = await OpenFactory.Start(server);
        var supply = await Expect(open, "PO-1", 3, Soon);

        Assert.Equal("expected.twice", (await AskExpect(open, "PO-1", 1, Later)).Code);
        Assert.Equal(HttpStatusCode.Created, (await AskExpect(open, "PO-1/2", 1, Later)).Status);
        Assert.Equal("expected.other", (await Receive(open, supply, 1, item: open.Factory.Items[1])).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await Receive(open, Guid.CreateVersion7(), 1)).Status);
        var line = new
        {
            ItemId = open.Factory.Item,
            Quantity = 1m,
            ExpectedId = supply,
        };
        var issue = new
        {
            WarehouseId = open.Factory.Warehouse,
            Date = Factory.Today,
            Reason = "sale",
            Lines = new[] { line },
        };
        Assert.Equal("expected.issued", (await open.Api.Post("/api/v1/issues", issue)).Code);
        // More than was ordered may come.
        Assert.Equal(HttpStatusCode.Created, (await Receive(open, supply, 5)).Status);
        Assert.Equal(("0", "5"), await ToCome(open, supply));
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }

    [Fact, Case("S2")]
    public async Task What_comes_is_promised_once_when_all_at_once_promise_receive_and_change_it_in_two_processes()
    {
        await using var open = await OpenFactory.Start(server);
        await using var second = await App.Start(open.Database.ConnectionString, work: false);
        using var other = open.At(second);
        var supply = await Expect(open, "PO-1", 30, Soon);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(at =>
                    (at % 12) switch
                    {
                        5 => Receive(open, supply, 2, api: at % 2 == 0 ? open.Api : other),
                        11 => Change(open, supply, 26, Soon, version: 1 + (at / 12), api: other),
                        _ => Ask(open, $"SO-{at}", 1, Soon, api: at % 2 == 0 ? open.Api : other),
                    }
                )
        );

        Assert.DoesNotContain(answers, one => (int)one.Status >= 500);
        Assert.True(await open.Count("inventory.promised_supply where quantity > 0") > 0, "nothing was promised");
        Assert.True(await open.Database.Superuser<decimal>("select sum(promised + arrived) from inventory.expected") <= 30);
        await EveryInvariant.Holds(open.Database.ConnectionString);
    }
}
