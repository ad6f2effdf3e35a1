using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>What waits for the caller's decision, also in the place of those who delegated to them; the oldest first.</summary>
public static class ListInbox
{
    private const int Most = 200;

    public sealed record Row(
        Guid ApprovalId,
        string DocumentType,
        Guid DocumentId,
        Guid CompanyId,
        string Title,
        int Step,
        int Steps,
        string RequestedByName,
        DateTime RequestedAt,
        DateTime? EscalatesAt,
        bool Escalated
    );

    private sealed record Stored(
        Guid ApprovalId,
        string DocumentType,
        Guid DocumentId,
        Guid CompanyId,
        string Title,
        int Step,
        int Steps,
        Guid RequestedBy,
        DateTime RequestedAt,
        DateTime? EscalatesAt,
        bool Escalated
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/inbox", async (HttpContext http, Db db) => new Page<Row>(await Of(db, Caller.Required(http).Actor), null))
            .Needs(WorkPermissions.Decide)
            .Reads()
            .WithSummary("What waits for your decision");

    internal static readonly StartCard Start = new(
        "inbox",
        new Words("Waits for your decision", "Kararınızı bekliyor"),
        StartQuestion.Mine,
        WorkPermissions.Decide,
        async ask =>
            StartFigure.Of(
                (await Of(ask.Db, ask.Me)).ConvertAll(one => new StartRow(
                    one.DocumentType,
                    one.DocumentId.ToString(),
                    one.Title,
                    one.RequestedByName,
                    one.RequestedAt
                ))
            )
    );

    internal static async Task<List<Row>> Of(Db db, Guid me)
    {
        var hands = (await Hands.Of(db, [me]))[me];
        var persons = hands.Select(one => one.Person).ToArray();
        // A role is looked up for each person separately: what waits for a role in which only the author stands waits for nobody.
        var holders = hands.SelectMany(one => one.Roles.Select(role => (one.Person, role))).ToArray();
        var rows = await db.Query<Stored>(
            $"""
            select a.approval_id, a.document_type, a.document_id, a.company_id, d.title, a.step,
                jsonb_array_length(a.steps) as steps, a.requested_by, a.requested_at, a.escalates_at, a.escalated
            from work.approval a
            join work.document d using (tenant_id, document_type, document_id)
            where a.state = 'pending' and not {me} = any (a.authors)
                and exists (select from work.approval_asked q
                    join unnest({persons.Select(_ => "person").Concat(holders.Select(_ => "role")).ToArray()},
                        {persons.Concat(holders.Select(one => one.role)).ToArray()},
                        {persons.Concat(holders.Select(one => one.Person)).ToArray()}) as h (kind, approver_id, person_id)
                        on h.kind = q.kind and h.approver_id = q.approver_id
                    where q.tenant_id = a.tenant_id and q.approval_id = a.approval_id and q.step = a.step
                        and not h.person_id = any (a.authors))
                and not exists (select from work.approval_history given
                    where given.tenant_id = a.tenant_id and given.approval_id = a.approval_id
                        and given.kind = 'approved' and {me} in (given.actor, given.stands_for)
                        and not exists (select from work.approval_history later
                            where later.tenant_id = given.tenant_id and later.approval_id = given.approval_id
                                and later.kind = 'retracted' and later.actor = given.actor
                                and later.entry_id > given.entry_id))
            order by a.approval_id limit {Most}
            """
        );
        var names = await MemberFacts.Names(db, rows.Select(one => one.RequestedBy));
        return rows.ConvertAll(one => new Row(
            one.ApprovalId,
            one.DocumentType,
            one.DocumentId,
            one.CompanyId,
            one.Title,
            one.Step,
            one.Steps,
            names.GetValueOrDefault(one.RequestedBy) ?? "",
            one.RequestedAt,
            one.EscalatesAt,
            one.Escalated
        ));
    }
}
