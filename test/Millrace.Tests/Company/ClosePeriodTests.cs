using System.Net;
using Millrace.Company;
using Millrace.Inventory;

namespace Millrace.Tests;

public sealed class ClosePeriodTests(Server server)
{
    private static string Month => Factory.Today.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_closed_period_refuses_and_an_opened_one_accepts_again()
    {
        await using var open = await OpenFactory.Start(server);

        var closed = await Change(open, "closing");
        Assert.Equal(HttpStatusCode.OK, closed.Status);
        Assert.NotNull(closed.Json.GetProperty("closedAt").GetString());
        var refused = await open.Receive(1);
        Assert.Equal((HttpStatusCode.Conflict, "company.period_closed"), (refused.Status, refused.Code));
        Assert.Equal(Month, refused.Json.GetProperty("facts").GetProperty("period").GetString());
        Assert.Equal((0L, 0L), (await open.Count("inventory.movement"), await open.Count("company.series")));

        // Closing again keeps the first moment.
        Assert.Equal(closed.Text, (await Change(open, "closing")).Text);
        var opened = await Change(open, "opening");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, opened.Json.GetProperty("closedAt").ValueKind);
        Assert.Equal(opened.Text, (await Change(open, "opening")).Text);
        Assert.Equal(HttpStatusCode.Created, (await open.Receive(1)).Status);
    }

    [Fact]
    public async Task Only_the_month_that_was_closed_refuses()
    {
        await using var open = await OpenFactory.Start(server);
        var last = $"{Factory.Today.Year - 1}-12";
        Assert.Equal(HttpStatusCode.OK, (await Change(open, "closing", last)).Status);

        Assert.Equal(HttpStatusCode.Created, (await open.Receive(1)).Status);
        var periods = await open.Api.Get($"/api/v1/companies/{open.Factory.Company}/periods?year={Factory.Today.Year - 1}");
        Assert.Equal(
            [last],
            periods
                .Json.GetProperty("items")
                .EnumerateArray()
                .Where(one => one.GetProperty("closedAt").GetString() is not null)
                .Select(one => one.GetProperty("period").GetString())
        );
    }

    [Fact]
    [Case("S5")]
    public async Task Closing_waits_for_a_receipt_in_flight_which_then_still_lies_in_the_period()
    {
        await using var open = await OpenFactory.Start(server);
        await using var db = open.Factory.Open();
        _ = (await ReceiveStock.Run(db, [Goods(open.Factory)]))[0].Result;

        var closing = Change(open, "closing");
        await Waits(open);
        Assert.False(closing.IsCompleted);
        await db.Commit();

        Assert.Equal(HttpStatusCode.OK, (await closing).Status);
        Assert.Equal(1, await open.Count("inventory.movement"));
        Assert.Equal("company.period_closed", (await open.Receive(1)).Code);
    }

    [Fact]
    [Case("S5")]
    public async Task A_receipt_waits_for_a_closing_in_flight_and_is_then_refused()
    {
        await using var open = await OpenFactory.Start(server);
        await using var db = open.Factory.Open();
        await ClosePeriod.Run(db, open.Factory.Company, Month, close: true);

        var receipt = open.Receive(1);
        await Waits(open);
        Assert.False(receipt.IsCompleted);
        await db.Commit();

        Assert.Equal("company.period_closed", (await receipt).Code);
        Assert.Equal(0, await open.Count("inventory.movement"));
    }

    [Fact]
    public async Task Receipts_do_not_wait_for_each_other_s_hold_on_the_period()
    {
        await using var open = await OpenFactory.Start(server);
        await using var db = open.Factory.Open();
        _ = Periods.Hold(db, [(open.Factory.Company, Factory.Today)]);
        await db.Send();

        Assert.Equal(HttpStatusCode.Created, (await open.Receive(1)).Status);
    }

    [Fact]
    public async Task A_closing_that_waits_too_long_is_busy_and_closes_nothing()
    {
        await using var open = await OpenFactory.Start(server);
        await using var db = open.Factory.Open();
        _ = Periods.Hold(db, [(open.Factory.Company, Factory.Today)]);
        await db.Send();

        var busy = await Change(open, "closing");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "busy.locked"), (busy.Status, busy.Code));
        Assert.Equal(0, await open.Count("company.period where closed_at is not null"));
    }

    [Fact]
    public async Task Another_tenants_period_is_answered_like_a_missing_one_and_stays_open()
    {
        await using var open = await OpenFactory.Start(server);
        var foreign = await Factory.Make(open.Database.Dbs, "Foreign");

        Answer[] missing =
        [
            await open.Api.Post($"/api/v1/companies/{foreign.Company}/periods/{Month}/closing"),
            await open.Api.Post($"/api/v1/companies/{Guid.CreateVersion7()}/periods/{Month}/closing"),
        ];
        var odd = await open.Api.Post($"/api/v1/companies/{open.Factory.Company}/periods/2026-13/closing");

        Assert.All(missing, one => Assert.Equal((HttpStatusCode.NotFound, "not_found"), (one.Status, one.Code)));
        Assert.Equal(ReceiveStockTests.MaskedId(missing[1]), ReceiveStockTests.MaskedId(missing[0]));
        Assert.Equal(HttpStatusCode.NotFound, odd.Status);
        Assert.Equal(0, await open.Count("company.period where closed_at is not null"));
    }

    private static Task<Answer> Change(OpenFactory open, string what, string? month = null) =>
        open.Api.Post($"/api/v1/companies/{open.Factory.Company}/periods/{month ?? Month}/{what}");

    private static Task Waits(OpenFactory open) =>
        Eventually.True(
            async () => await open.Count("pg_stat_activity where datname = current_database() and wait_event = 'advisory'") > 0,
            "somebody waits for the period",
            seconds: 4
        );

    private static ReceiveStock.Request Goods(Factory factory) =>
        new(factory.Warehouse, Factory.Today, [new MoveStock.Line(factory.Item, 1)]);
}
