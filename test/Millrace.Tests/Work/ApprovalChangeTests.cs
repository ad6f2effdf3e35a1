using System.Net;
using Millrace.Inventory;
using Millrace.Work;

namespace Millrace.Tests;

public sealed class ApprovalChangeTests(Server server)
{
    [Fact]
    public async Task A_rule_changed_while_something_waits_counts_from_the_next_document_on()
    {
        await using var desk = await Desk.Start(server, "clerk boss second");
        var rule = await desk.Rule(100, Desk.Any(desk.Role("boss")));
        var before = await desk.Waiting("clerk", -10);

        var changed = await desk.Open.Api.Put(
            $"/api/v1/approval-rules/{rule.GetProperty("id").GetString()}",
            Desk.RuleBody(150, Desk.Any(desk.Role("second"))),
            version: 1
        );
        Assert.Equal(HttpStatusCode.OK, changed.Status);

        await desk.Refuses(await desk.Decide("second", before), "approval.not_asked");
        Assert.Equal("posted", Desk.State((await desk.Decide("boss", before)).Json));
        Assert.Equal("posted", Desk.State((await desk.Adjust("clerk", -14)).Json));
        var after = await desk.Waiting("clerk", -15);
        Assert.Equal("approval.not_asked", (await desk.Decide("boss", after)).Code);
        Assert.Equal("posted", Desk.State((await desk.Decide("second", after)).Json));
    }

    [Fact]
    public async Task A_change_of_the_document_asks_anew_and_what_was_approved_counts_no_more()
    {
        await using var desk = await Desk.Start(server, "clerk boss second");
        await desk.Rule(100, Desk.Any(desk.Role("boss")), Desk.Any(desk.Role("second")));
        var waiting = await desk.Waiting("clerk");
        var halfway = (await desk.Decide("boss", waiting)).Json;
        Assert.Equal("waiting", Desk.State(halfway));

        var changed = await desk.As("clerk")
            .Put($"/api/v1/stock-adjustments/{Desk.IdOf(waiting)}", desk.Body(-90), halfway.GetProperty("version").GetInt32());

        Assert.Equal("waiting", Desk.State(changed.Json));
        await desk.Refuses(await desk.Decide("second", waiting), "approval.not_pending");
        await desk.Refuses(await desk.Decide("second", changed.Json), "approval.not_asked");
        Assert.Equal("waiting", Desk.State((await desk.Decide("boss", changed.Json)).Json));
        Assert.Equal("posted", Desk.State((await desk.Decide("second", changed.Json)).Json));
        Assert.Equal(10m, await desk.OnHand());
    }

    [Fact]
    public async Task Who_asked_first_cannot_approve_what_another_has_changed()
    {
        await using var desk = await Desk.Start(server, "clerk boss");
        await desk.Rule(100, Desk.Any(desk.Role("clerk"), desk.Role("boss")));
        var waiting = await desk.Waiting("clerk");
        var changed = await desk.As("boss")
            .Put($"/api/v1/stock-adjustments/{Desk.IdOf(waiting)}", desk.Body(-30), waiting.GetProperty("version").GetInt32());

        await desk.Refuses(await desk.Decide("clerk", changed.Json), "approval.own");
        await desk.Refuses(await desk.Decide("boss", changed.Json), "approval.own");
    }

    [Fact]
    public async Task A_document_approved_and_then_changed_is_asked_about_anew_in_its_modules_own_transaction()
    {
        await using var desk = await Desk.Start(server, "clerk boss");
        await desk.Rule(100, Desk.Any(desk.Role("boss")));
        await using var db = desk.Factory.Open();
        ApprovalRequest request = new(
            Adjustments.DocumentType,
            Guid.CreateVersion7(),
            "X-1",
            desk.Factory.Company,
            new ApprovalAttributes(
                new Dictionary<string, decimal> { ["amount"] = 500 },
                new Dictionary<string, IReadOnlyList<string>>()
            ),
            desk.Person("clerk")
        );

        var first = await Approvals.Ask(db, request);
        Assert.Equal(first, await Approvals.Ask(db, request));
        ApprovalDecision decision = new(
            request.DocumentType,
            request.DocumentId,
            first!.Id,
            desk.Person("boss"),
            Approve: true,
            ""
        );
        Assert.Equal("approved", (await Approvals.Decide(db, [decision]))[0].Result.State);

        var again = await Approvals.Changed(db, request);
        Assert.NotEqual(first.Id, again!.Id);
        Assert.Equal("approval.not_pending", (await Approvals.Decide(db, [decision]))[0].Refusal!.Code);
        var cheap = request with
        {
            Attributes = request.Attributes with { Amounts = new Dictionary<string, decimal> { ["amount"] = 1 } },
        };
        Assert.Null(await Approvals.Changed(db, cheap));
    }

    [Fact]
    public async Task Steps_come_in_order_and_all_of_them_means_as_many_people()
    {
        await using var desk = await Desk.Start(server, "clerk boss second third");
        await desk.Rule(100, Desk.All(desk.Role("boss"), desk.Self("second")), Desk.Any(desk.Role("third")));
        var waiting = await desk.Waiting("clerk");

        await desk.Refuses(await desk.Decide("third", waiting), "approval.not_asked");
        Assert.Equal("waiting", Desk.State((await desk.Decide("second", waiting)).Json));
        await desk.Refuses(await desk.Decide("second", waiting), "approval.decided_before");
        Assert.Equal((0, 1, 0), (await desk.Inbox("second"), await desk.Inbox("boss"), await desk.Inbox("third")));
        Assert.Equal("waiting", Desk.State((await desk.Decide("boss", waiting)).Json));
        Assert.Equal("posted", Desk.State((await desk.Decide("third", waiting)).Json));
        Assert.Equal(
            ["asked clerk", "approved second", "approved boss", "approved third"],
            Desk.History(await desk.Show(waiting))
        );
    }

    [Fact]
    public async Task An_approval_is_taken_back_while_nothing_has_followed_from_it()
    {
        await using var desk = await Desk.Start(server, "clerk boss second");
        await desk.Rule(100, Desk.Any(desk.Role("boss")), Desk.Any(desk.Role("second")));
        var waiting = await desk.Waiting("clerk");
        var approval = waiting.GetProperty("approval").GetProperty("id").GetString();
        await desk.Decide("boss", waiting);
        Assert.Equal(1, await desk.Inbox("second"));

        await desk.Refuses(await desk.As("second").Post($"/api/v1/approvals/{approval}/retraction"), "approval.cannot_retract");
        Assert.Equal(HttpStatusCode.OK, (await desk.As("boss").Post($"/api/v1/approvals/{approval}/retraction")).Status);
        Assert.Equal((1, 0), (await desk.Inbox("boss"), await desk.Inbox("second")));

        await desk.Decide("boss", waiting);
        Assert.Equal("posted", Desk.State((await desk.Decide("second", waiting)).Json));
        var late = await desk.As("boss").Post($"/api/v1/approvals/{approval}/retraction");
        Assert.Equal((HttpStatusCode.Conflict, "approval.cannot_retract"), (late.Status, late.Code));
    }

    [Fact]
    public async Task When_nobody_answers_in_time_a_job_asks_somebody_else_as_well_and_their_word_is_enough()
    {
        await using var desk = await Desk.Start(server, "clerk boss second chief", work: true);
        await desk.Rule(
            100,
            Desk.All(desk.Role("boss"), desk.Role("second")) with
            {
                EscalateAfterHours = 4,
                EscalateTo = desk.Role("chief"),
            }
        );
        var waiting = await desk.Waiting("clerk");
        await desk.Refuses(await desk.Decide("chief", waiting), "approval.not_asked");

        // Four hours pass for this approval and its job.
        await desk.Open.Database.Superuser(
            "update work.approval set escalates_at = now(); update kernel.job set run_at = now() where type = 'work.escalate'"
        );

        await Eventually.True(async () => await desk.Inbox("chief") == 1, "the chief is asked");
        Assert.Equal(1, await desk.Inbox("boss"));
        Assert.Equal("posted", Desk.State((await desk.Decide("chief", waiting)).Json));
        Assert.Equal(["asked clerk", "escalated", "approved chief"], Desk.History(await desk.Show(waiting)));
    }
}
