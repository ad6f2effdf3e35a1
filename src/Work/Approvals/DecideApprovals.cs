using System.Text.Json;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>Judges decisions about approvals under their locks, records them, and asks the next step.</summary>
internal static class DecideApprovals
{
    private sealed record Row(
        Guid Id,
        Guid CompanyId,
        string DocumentType,
        Guid DocumentId,
        string Title,
        string State,
        int Step,
        string Steps,
        Guid[] Authors,
        bool Escalated
    );

    private sealed record GivenRow(Guid ApprovalId, int Step, Guid Actor, Guid StandsFor, int[] Fits);

    internal static async Task<IReadOnlyList<Verdict<ApprovalOutcome>>> Run(Db db, IReadOnlyList<ApprovalDecision> decisions)
    {
        var rows = (await Lock(db, [.. decisions.Select(one => one.ApprovalId)])).ToDictionary(one => one.Id);
        var given = (await ReadGiven(db, rows.Keys)).ToLookup(one => one.ApprovalId);
        var standings = rows.Values.ToDictionary(one => one.Id, one => Read(one, given[one.Id]));
        var hands = await Hands.Of(db, decisions.Select(one => one.Actor));

        var verdicts = DecisionJudge.Judge(decisions, standings, hands);

        var accepted = verdicts.Where(one => one.Refusal is null).Select(one => one.Result).ToList();
        if (accepted.Count > 0)
            await Write(db, rows, accepted);
        return [.. verdicts.Select(one => one.Refusal is { } refusal ? (Verdict<ApprovalOutcome>)refusal : Outcome(one.Result))];
    }

    // In key order: two that decide about the same queue up, and the second finds it decided.
    private static Task<List<Row>> Lock(Db db, Guid[] ids) =>
        db.Query<Row>(
            $"""
            select a.approval_id as id, a.company_id, a.document_type, a.document_id, d.title, a.state, a.step,
                a.steps::text as steps, a.authors, a.escalated
            from work.approval a
            join work.document d using (tenant_id, document_type, document_id)
            where a.approval_id = any ({ids})
            order by a.approval_id
            for update of a
            """
        );

    private static Task<List<GivenRow>> ReadGiven(Db db, IEnumerable<Guid> approvals) =>
        db.Query<GivenRow>(
            $"""
            select approval_id, step, actor, stands_for, fits from work.approval_history h
            where approval_id = any ({approvals.ToArray()}) and kind = 'approved'
                and not exists (select from work.approval_history later
                    where later.tenant_id = h.tenant_id and later.approval_id = h.approval_id
                        and later.kind = 'retracted' and later.actor = h.actor and later.entry_id > h.entry_id)
            order by entry_id
            """
        );

    private static Standing Read(Row row, IEnumerable<GivenRow> given) =>
        new(
            row.Id,
            row.DocumentType,
            row.DocumentId,
            row.State,
            row.Step,
            JsonSerializer.Deserialize<List<ApprovalStep>>(row.Steps, Wire.Options)!,
            row.Authors,
            row.Escalated,
            [.. given.Select(one => new Given(one.Step, one.Actor, one.StandsFor, one.Fits))]
        );

    private static ApprovalOutcome Outcome(Ruling ruling) =>
        new(ruling.After.Id, ruling.After.State, ruling.After.Step, ruling.After.Steps.Count, ruling.StandsFor);

    private static async Task Write(Db db, Dictionary<Guid, Row> rows, IReadOnlyList<Ruling> accepted)
    {
        var last = accepted.Select(one => one.After).GroupBy(one => one.Id).Select(one => one.Last()).ToList();
        await db.Execute(
            $"""
            update work.approval a set state = p.state, step = p.step, escalated = p.escalated,
                escalates_at = case when a.step = p.step and p.state = 'pending' then a.escalates_at end,
                closed_at = case when p.state <> 'pending' then clock_timestamp() end
            from unnest({last.Select(one => one.Id).ToArray()}, {last.Select(one => one.State).ToArray()},
                {last.Select(one => one.Step).ToArray()}, {last.Select(one => one.Escalated).ToArray()})
                as p (approval_id, state, step, escalated)
            where a.approval_id = p.approval_id
            """
        );
        await ApprovalRecord.Add(
            db,
            [
                .. accepted.Select(one => new ApprovalRecord.Entry(
                    one.After.Id,
                    Kind(one),
                    one.Step,
                    one.Decision.Actor,
                    one.StandsFor,
                    one.Fits,
                    one.Decision.Comment
                )),
            ]
        );
        await db.Publish([
            .. accepted.Select(one => new ApprovalDecided(
                rows[one.After.Id].CompanyId,
                one.After.Id,
                one.After.DocumentType,
                one.After.DocumentId,
                Kind(one),
                one.After.State,
                one.Step,
                one.StandsFor
            )),
        ]);
        foreach (var next in last.Where(one => one.State == ApprovalState.Pending && one.Step != rows[one.Id].Step))
            await ApprovalSteps.Begin(db, next.Id);
        await Notify.Send(
            db,
            [
                .. accepted
                    .Where(one => one.After.State != ApprovalState.Pending)
                    .SelectMany(one =>
                        one.After.Authors.Select(author => new Notice(
                            author,
                            Kind(one),
                            one.After.DocumentType,
                            one.After.DocumentId,
                            rows[one.After.Id].Title,
                            one.Decision.Comment
                        ))
                    ),
            ]
        );
    }

    private static string Kind(Ruling ruling) => ruling.Decision.Approve ? "approved" : "rejected";
}
