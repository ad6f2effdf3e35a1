using System.Net;

namespace Millrace.Tests;

public sealed class AdjustmentTests(Server server)
{
    [Fact]
    public async Task Gains_and_losses_move_the_stock_are_published_with_their_cost_and_posted_so_that_the_books_agree()
    {
        await using var desk = await Desk.Start(server, "clerk");
        await desk.Adjust("clerk", -3);
        await desk.Adjust("clerk", 2);
        await desk.Adjust("clerk", -4, "damage");
        var last = await desk.Adjust("clerk", 5, "found");

        Assert.Equal(100m, await desk.OnHand());
        Assert.Matches("^SA-[0-9]{4}-000004$", last.Json.GetProperty("number").GetString());
        Assert.Equal("50", last.Json.GetProperty("amount").GetString());
        Assert.Equal(
            4,
            await desk.Open.Count(
                "kernel.event, jsonb_array_elements(payload -> 'lines') l "
                    + "where type = 'StockAdjusted' and version = 1 and (l ->> 'unitCost')::numeric = 10"
            )
        );
        await desk.Open.Database.PostVouchers();
        Assert.Equal(
            "150:1000 197:30 397:-20 679:-50 689:40",
            await desk.Open.Database.Superuser<string>(
                """
                select string_agg(format('%s:%s', account, amount), ' ' order by account) from (
                    select account, trim_scale(sum(debit - credit)) as amount from accounting.voucher_line
                    where account <> '329.01' group by account) s
                """
            )
        );
        await EveryInvariant.Holds(desk.Open.Database.ConnectionString);
    }

    [Fact]
    public async Task Never_takes_what_is_promised_or_not_there_and_writes_nothing()
    {
        await using var desk = await Desk.Start(server, "clerk");
        await desk.Open.Reserve("SO-1", 95);

        await desk.Refuses(await desk.Adjust("clerk", -6), "inventory.short");
        Assert.Equal(0, await desk.Open.Count("inventory.adjustment"));
        Assert.Equal(HttpStatusCode.Created, (await desk.Adjust("clerk", -5)).Status);
        Assert.Equal(95m, await desk.OnHand());
    }

    [Fact]
    public async Task What_was_promised_while_it_waited_keeps_the_approval_from_being_given()
    {
        await using var desk = await Desk.Start(server, "clerk boss");
        await desk.Rule(100, Desk.Any(desk.Role("boss")));
        var waiting = await desk.Waiting("clerk", -20);
        await desk.Open.Reserve("SO-1", 90);

        await desk.Refuses(await desk.Decide("boss", waiting), "inventory.short");

        Assert.Equal("waiting", Desk.State(await desk.Show(waiting)));
        Assert.Equal(["asked clerk"], Desk.History(await desk.Show(waiting)));
    }

    [Fact]
    public async Task A_closed_period_takes_no_adjustment_not_even_one_that_waited_for_approval()
    {
        await using var desk = await Desk.Start(server, "clerk boss");
        await desk.Rule(100, Desk.Any(desk.Role("boss")));
        var waiting = await desk.Waiting("clerk");
        var month = FormattableString.Invariant($"{Factory.Today:yyyy-MM}");
        await desk.Open.Api.Post($"/api/v1/companies/{desk.Factory.Company}/periods/{month}/closing");

        await desk.Refuses(await desk.Decide("boss", waiting), "company.period_closed");
        await desk.Refuses(await desk.Adjust("clerk", 1), "company.period_closed");
    }

    [Fact]
    public async Task A_draft_is_changed_until_it_is_submitted_and_what_is_posted_stays()
    {
        await using var desk = await Desk.Start(server, "clerk");
        var draft = await desk.As("clerk").Post("/api/v1/stock-adjustments", desk.Body(-1, submit: false));
        var path = $"/api/v1/stock-adjustments/{Desk.IdOf(draft.Json)}";
        Assert.Equal(("draft", 100m), (Desk.State(draft.Json), await desk.OnHand()));

        Assert.Equal(428, (int)(await desk.As("clerk").Put(path, desk.Body(-2, submit: false))).Status);
        Assert.Equal(HttpStatusCode.OK, (await desk.As("clerk").Put(path, desk.Body(-2, submit: false), 1)).Status);
        Assert.Equal(412, (int)(await desk.As("clerk").Put(path, desk.Body(-3, submit: false), 1)).Status);
        Assert.Equal("posted", Desk.State((await desk.As("clerk").Post($"{path}/submission")).Json));
        Assert.Equal(98m, await desk.OnHand());

        Assert.Equal("adjustment.state", (await desk.As("clerk").Post($"{path}/submission")).Code);
        Assert.Equal("adjustment.state", (await desk.As("clerk").Put(path, desk.Body(-3), 3)).Code);
        Assert.Equal(98m, await desk.OnHand());
    }

    [Fact]
    public async Task Many_at_once_take_no_more_than_there_is_and_leave_no_gap_in_the_numbers()
    {
        await using var desk = await Desk.Start(server, "clerk");

        var answers = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => desk.Adjust("clerk", -10)));

        Assert.Equal(10, answers.Count(one => one.Status == HttpStatusCode.Created));
        Assert.All(answers.Where(one => one.Status != HttpStatusCode.Created), one => Assert.Equal("inventory.short", one.Code));
        Assert.Equal(0m, await desk.OnHand());
        await EveryInvariant.Holds(desk.Open.Database.ConnectionString);
    }
}
