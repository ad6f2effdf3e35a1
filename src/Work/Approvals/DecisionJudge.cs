using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>An approval as it stands under its lock.</summary>
internal sealed record Standing(
    Guid Id,
    string DocumentType,
    Guid DocumentId,
    string State,
    int Step,
    IReadOnlyList<ApprovalStep> Steps,
    IReadOnlyList<Guid> Authors,
    bool Escalated,
    IReadOnlyList<Given> Given
)
{
    internal ApprovalStep Current => Steps[Step - 1];
}

/// <summary>An approval given in this round: by whom, in whose place, and which approvers of the step it can count for.</summary>
internal sealed record Given(int Step, Guid Actor, Guid StandsFor, IReadOnlyList<int> Fits);

/// <summary>In whose place somebody may decide today, themselves first, each with the roles held now.</summary>
internal sealed record Hand(Guid Person, IReadOnlySet<Guid> Roles);

/// <summary>An accepted decision and what follows from it.</summary>
internal sealed record Ruling(ApprovalDecision Decision, Standing After, Guid StandsFor, int Step, IReadOnlyList<int> Fits);

/// <summary>Judges decisions in the order of arrival, without a database: what one has decided, the next finds decided.</summary>
internal static class DecisionJudge
{
    /// <summary>The approver of a step that counts alone: the one it was escalated to.</summary>
    internal const int EscalatedTo = -1;

    internal static IReadOnlyList<Verdict<Ruling>> Judge(
        IReadOnlyList<ApprovalDecision> decisions,
        IReadOnlyDictionary<Guid, Standing> approvals,
        IReadOnlyDictionary<Guid, IReadOnlyList<Hand>> hands
    )
    {
        var now = new Dictionary<Guid, Standing>(approvals);
        return
        [
            .. decisions.Select(decision =>
            {
                var verdict = Judge(decision, now.GetValueOrDefault(decision.ApprovalId), hands[decision.Actor]);
                if (verdict.Refusal is null)
                    now[decision.ApprovalId] = verdict.Result.After;
                return verdict;
            }),
        ];
    }

    private static Verdict<Ruling> Judge(ApprovalDecision decision, Standing? approval, IReadOnlyList<Hand> hands)
    {
        if (approval is null || (approval.DocumentType, approval.DocumentId) != (decision.DocumentType, decision.DocumentId))
            return Refused.Missing("approval", decision.ApprovalId);
        if (approval.State != ApprovalState.Pending)
            return NothingToDecide(approval);
        if (approval.Authors.Contains(decision.Actor))
            return new Refused(
                "approval.own",
                "You asked for this approval yourself, so somebody else must decide, whatever roles or delegations you have."
            );
        if (HasDecided(approval, decision.Actor))
            return new Refused(
                "approval.decided_before",
                "You, or a delegate in your place, have decided about this already. Each person decides once."
            );

        foreach (var hand in hands)
        {
            // Nobody decides in the place of who asked, nor a second time in the place of who has decided.
            if (approval.Authors.Contains(hand.Person) || HasDecided(approval, hand.Person))
                continue;
            if (FitsOf(approval, hand) is not [_, ..] fits)
                continue;
            var given = new Given(approval.Step, decision.Actor, hand.Person, fits);
            if (decision.Approve && !Counts(approval, given))
                return new Refused(
                    "approval.not_needed",
                    $"Step {approval.Step} has the approvals it needs from your role; it waits for others now."
                );
            return new Ruling(decision, After(approval, decision.Approve, given), hand.Person, approval.Step, fits);
        }
        return new Refused(
            "approval.not_asked",
            $"Step {approval.Step} of {approval.Steps.Count} does not wait for you: "
                + "you are not among its approvers, hold none of their roles, and no approver has delegated to you for today."
        );
    }

    private static Refused NothingToDecide(Standing approval) =>
        new(
            "approval.not_pending",
            approval.State switch
            {
                ApprovalState.Withdrawn => "The approval was withdrawn by who asked for it. There is nothing left to decide.",
                ApprovalState.Reopened => "The document was changed meanwhile. Load it again and decide about what it is now.",
                _ => $"This approval is {approval.State} already. There is nothing left to decide.",
            },
            new { approval.State }
        );

    private static bool HasDecided(Standing approval, Guid person) =>
        approval.Given.Any(one => one.Actor == person || one.StandsFor == person);

    private static int[] FitsOf(Standing approval, Hand hand)
    {
        var step = approval.Current;
        var fits = Enumerable.Range(0, step.Approvers.Count).Where(at => Is(step.Approvers[at], hand));
        var escalated = approval.Escalated && step.EscalateTo is { } to && Is(to, hand);
        return escalated ? [EscalatedTo, .. fits] : [.. fits];
    }

    private static bool Is(Approver approver, Hand hand) =>
        approver.Kind == "person" ? approver.Id == hand.Person : hand.Roles.Contains(approver.Id);

    private static bool Counts(Standing approval, Given given)
    {
        var step = approval.Given.Where(one => one.Step == approval.Step).ToList();
        return given.Fits.Contains(EscalatedTo) || Satisfied([.. step, given]) > Satisfied(step);
    }

    private static Standing After(Standing approval, bool approve, Given given)
    {
        if (!approve)
            return approval with { State = ApprovalState.Rejected };
        var after = approval with { Given = [.. approval.Given, given] };
        if (!IsComplete(after))
            return after;
        return after.Step == after.Steps.Count
            ? after with
            {
                State = ApprovalState.Approved,
            }
            : after with
            {
                Step = after.Step + 1,
                Escalated = false,
            };
    }

    private static bool IsComplete(Standing approval)
    {
        var given = approval.Given.Where(one => one.Step == approval.Step).ToList();
        return given.Any(one => one.Fits.Contains(EscalatedTo))
            || Satisfied(given) >= (approval.Current.Needs == "all" ? approval.Current.Approvers.Count : 1);
    }

    /// <summary>
    /// How many approvers are satisfied when each decision counts for one of those it fits: the largest matching, so that
    /// somebody with two roles does not take the place that only another can fill.
    /// </summary>
    internal static int Satisfied(IReadOnlyList<Given> given)
    {
        var takenBy = new Dictionary<int, int>();
        return Enumerable.Range(0, given.Count).Count(at => Seat(at, []));

        bool Seat(int at, HashSet<int> tried)
        {
            foreach (var approver in given[at].Fits)
            {
                if (!tried.Add(approver) || (takenBy.TryGetValue(approver, out var other) && !Seat(other, tried)))
                    continue;
                takenBy[approver] = at;
                return true;
            }
            return false;
        }
    }
}
