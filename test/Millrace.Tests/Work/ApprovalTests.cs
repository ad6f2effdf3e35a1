using System.Net;

namespace Millrace.Tests;

public sealed class ApprovalTests(Server server)
{
    [Fact]
    public async Task Below_the_limit_nobody_is_asked_and_above_it_the_document_waits_until_it_is_approved()
    {
        await using var desk = await Desk.Start(server, "clerk boss");
        await desk.Rule(100, Desk.Any(desk.Role("boss")));

        var small = await desk.Adjust("clerk", -9);
        Assert.Equal(("posted", 91m), (Desk.State(small.Json), await desk.OnHand()));

        var large = await desk.Waiting("clerk", -10);
        Assert.Equal(91m, await desk.OnHand());
        Assert.Equal((0, 1), (await desk.Inbox("clerk"), await desk.Inbox("boss")));

        var approved = await desk.Decide("boss", large);
        Assert.Equal(("posted", 81m), (Desk.State(approved.Json), await desk.OnHand()));
        Assert.Equal(["asked clerk", "approved boss"], Desk.History(approved.Json));
        Assert.Equal(0, await desk.Inbox("boss"));
        Assert.Equal(2, await desk.Open.Count("kernel.event where type = 'StockAdjusted'"));
    }

    [Fact]
    public async Task What_is_rejected_moves_nothing_and_can_be_changed_and_submitted_again()
    {
        await using var desk = await Desk.Start(server, "clerk boss");
        await desk.Rule(100, Desk.Any(desk.Role("boss")));
        var waiting = await desk.Waiting("clerk");

        var rejected = await desk.Decide("boss", waiting, "reject");
        Assert.Equal(("rejected", 100m), (Desk.State(rejected.Json), await desk.OnHand()));
        await desk.Refuses(await desk.Decide("boss", waiting), "approval.not_pending");

        var version = rejected.Json.GetProperty("version").GetInt32();
        var changed = await desk.As("clerk").Put($"/api/v1/stock-adjustments/{Desk.IdOf(waiting)}", desk.Body(-15), version);
        Assert.Equal("waiting", Desk.State(changed.Json));
        Assert.Equal("posted", Desk.State((await desk.Decide("boss", changed.Json)).Json));
        Assert.Equal(85m, await desk.OnHand());
    }

    [Fact]
    public async Task Whoever_asked_cannot_approve_not_even_with_the_role_or_by_a_delegation()
    {
        await using var desk = await Desk.Start(server, "clerk boss");
        await desk.Rule(100, Desk.Any(desk.Role("clerk"), desk.Role("boss"), desk.Self("clerk")));
        var waiting = await desk.Waiting("clerk");

        await desk.Refuses(await desk.Decide("clerk", waiting), "approval.own");

        Assert.Equal(HttpStatusCode.Created, (await desk.Delegate("boss", "clerk")).Status);
        await desk.Refuses(await desk.Decide("clerk", waiting), "approval.own");
        Assert.Equal(0, await desk.Inbox("clerk"));
    }

    [Fact]
    public async Task A_delegation_of_who_asked_gives_nobody_a_hand_in_it()
    {
        await using var desk = await Desk.Start(server, "clerk boss third");
        await desk.Rule(100, Desk.Any(desk.Role("clerk"), desk.Role("boss")));
        await desk.Delegate("clerk", "third");
        var waiting = await desk.Waiting("clerk");

        await desk.Refuses(await desk.Decide("third", waiting), "approval.not_asked");
        Assert.Equal(0, await desk.Inbox("third"));
    }

    [Fact]
    public async Task A_delegate_decides_within_the_days_and_it_is_written_in_whose_place()
    {
        await using var desk = await Desk.Start(server, "clerk boss deputy");
        await desk.Rule(100, Desk.Any(desk.Role("boss")));
        var waiting = await desk.Waiting("clerk");
        await desk.Refuses(await desk.Decide("deputy", waiting), "approval.not_asked");

        await desk.Delegate("boss", "deputy", startsIn: 1, endsIn: 3);
        await desk.Refuses(await desk.Decide("deputy", waiting), "approval.not_asked");

        var ended = (await desk.Delegate("boss", "deputy")).Json.GetProperty("id").GetString();
        await desk.As("boss").Post($"/api/v1/delegations/{ended}/ending");
        await desk.Refuses(await desk.Decide("deputy", waiting), "approval.not_asked");

        await desk.Delegate("boss", "deputy");
        Assert.Equal(1, await desk.Inbox("deputy"));
        var approved = await desk.Decide("deputy", waiting);
        Assert.Equal("posted", Desk.State(approved.Json));
        var last = approved.Json.GetProperty("approval").GetProperty("history").EnumerateArray().Last();
        Assert.Equal(
            ("deputy", "boss"),
            (last.GetProperty("actorName").GetString(), last.GetProperty("standsForName").GetString())
        );
    }

    [Fact]
    public async Task A_delegates_delegate_is_refused()
    {
        await using var desk = await Desk.Start(server, "clerk boss deputy third");
        await desk.Rule(100, Desk.Any(desk.Role("boss")));
        await desk.Delegate("boss", "deputy");
        await desk.Delegate("deputy", "third");
        var waiting = await desk.Waiting("clerk");

        await desk.Refuses(await desk.Decide("third", waiting), "approval.not_asked");
        Assert.Equal((1, 0), (await desk.Inbox("deputy"), await desk.Inbox("third")));
    }

    [Fact]
    public async Task After_withdrawal_nothing_can_be_decided_and_only_who_asked_withdraws()
    {
        await using var desk = await Desk.Start(server, "clerk boss");
        await desk.Rule(100, Desk.Any(desk.Role("boss")));
        var waiting = await desk.Waiting("clerk");
        var path = $"/api/v1/stock-adjustments/{Desk.IdOf(waiting)}/withdrawal";

        await desk.Refuses(await desk.As("boss").Post(path), "approval.not_yours");
        Assert.Equal("withdrawn", Desk.State((await desk.As("clerk").Post(path)).Json));
        await desk.Refuses(await desk.Decide("boss", waiting), "approval.not_pending");
        await desk.Refuses(await desk.As("clerk").Post(path), "adjustment.state");
        Assert.Equal(0, await desk.Inbox("boss"));
        Assert.Equal(["asked clerk", "withdrawn clerk"], Desk.History(await desk.Show(waiting)));
    }

    [Fact]
    public async Task Members_without_the_role_machines_and_those_who_lost_it_are_refused()
    {
        await using var desk = await Desk.Start(server, "clerk boss third");
        await desk.Rule(100, Desk.Any(desk.Role("boss")));
        var waiting = await desk.Waiting("clerk");
        object body = new { ApprovalId = waiting.GetProperty("approval").GetProperty("id").GetGuid(), Decision = "approve" };

        await desk.Refuses(await desk.Decide("third", waiting), "approval.not_asked");
        await desk.Refuses(
            await desk.Open.Api.Post($"/api/v1/stock-adjustments/{Desk.IdOf(waiting)}/approval", body),
            "approval.not_asked"
        );
        // The right to the endpoint stays, the role that is asked goes.
        await desk.Open.Database.Superuser(
            $"""
            insert into identity.member_role (tenant_id, person_id, role_id)
            select tenant_id, '{desk.Person("boss")}', '{desk.Role("third").Id}' from company.tenant;
            delete from identity.member_role where role_id = '{desk.Role("boss").Id}'
            """
        );
        await desk.Refuses(await desk.Decide("boss", waiting), "approval.not_asked");
        Assert.Equal(0, await desk.Inbox("boss"));
    }

    [Fact]
    public async Task Another_tenant_finds_no_such_document_and_no_such_approval()
    {
        await using var desk = await Desk.Start(server, "clerk boss");
        await desk.Rule(100, Desk.Any(desk.Role("boss")));
        var waiting = await desk.Waiting("clerk");
        var other = await Factory.Make(desk.Open.Database.Dbs, "Other");
        using var stranger = await desk.Open.App.SignIn(await other.AddPerson("boss"));

        var decided = await stranger.Post(
            $"/api/v1/stock-adjustments/{Desk.IdOf(waiting)}/approval",
            new { ApprovalId = waiting.GetProperty("approval").GetProperty("id").GetGuid(), Decision = "approve" }
        );

        await desk.Refuses(decided, "not_found", HttpStatusCode.NotFound);
        Assert.Equal("waiting", Desk.State(await desk.Show(waiting)));
    }

    [Fact]
    public async Task Of_many_who_decide_at_once_one_decides()
    {
        await using var desk = await Desk.Start(server, "clerk boss second third");
        await desk.Rule(100, Desk.Any(desk.Role("boss"), desk.Role("second"), desk.Role("third")));
        var waiting = await desk.Waiting("clerk");

        var answers = await Task.WhenAll(
            from name in new[] { "boss", "second", "third" }
            from decision in new[] { "approve", "reject", "approve" }
            select desk.Decide(name, waiting, decision)
        );

        Assert.Single(answers, one => one.Status == HttpStatusCode.OK);
        Assert.All(
            answers.Where(one => one.Status != HttpStatusCode.OK),
            one => Assert.Equal((HttpStatusCode.Conflict, "approval.not_pending"), (one.Status, one.Code))
        );
        Assert.Equal(1, await desk.Open.Count("work.approval_history where kind in ('approved', 'rejected')"));
        Assert.Equal(Desk.State(await desk.Show(waiting)) == "posted" ? 80m : 100m, await desk.OnHand());
    }

    [Fact]
    public async Task The_same_decision_with_the_same_key_is_done_once_and_answered_alike()
    {
        await using var desk = await Desk.Start(server, "clerk boss");
        await desk.Rule(100, Desk.Any(desk.Role("boss")));
        var (created, decided) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var first = await desk.Adjust("clerk", -20, key: created);
        Assert.Equal(first.Text, (await desk.Adjust("clerk", -20, key: created)).Text);
        var approved = await desk.Decide("boss", first.Json, key: decided);
        Assert.Equal(approved.Text, (await desk.Decide("boss", first.Json, key: decided)).Text);

        Assert.Equal((1L, 80m), (await desk.Open.Count("inventory.adjustment"), await desk.OnHand()));
    }
}
