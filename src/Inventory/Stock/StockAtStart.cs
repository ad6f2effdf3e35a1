using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>What the warehouse is told on the start page: adjustments that are not finished, and what was moved today.</summary>
internal static class StockAtStart
{
    internal static readonly StartCard Drafts = new(
        "draftAdjustments",
        new Words("Stock adjustments you have not submitted", "Onaya göndermediğiniz stok düzeltmeleri"),
        StartQuestion.Mine,
        InventoryPermissions.Adjust,
        ask => Adjustments(ask, $"state = 'draft' and created_by = {ask.Me}")
    );

    internal static readonly StartCard Waiting = new(
        "waitingAdjustments",
        new Words("Stock adjustments that wait for approval since yesterday", "Dünden beri onay bekleyen stok düzeltmeleri"),
        StartQuestion.Late,
        InventoryPermissions.Read,
        ask => Adjustments(ask, $"state = 'waiting' and created_at < now() - interval '1 day'")
    );

    internal static readonly StartCard Short = new(
        "waitingDemands",
        new Words("Demands that wait for goods", "Mal bekleyen talepler"),
        StartQuestion.Late,
        InventoryPermissions.Read,
        ask =>
            $"""
                select null as type, null as id, r.demand as title,
                    i.code || ' ' || trim_scale(l.waiting) || ' ' || i.unit as detail, r.created_at as at
                from inventory.reservation_line l
                join inventory.reservation r on r.tenant_id = l.tenant_id and r.reservation_id = l.reservation_id
                join catalog.v_item i on i.tenant_id = l.tenant_id and i.item_id = l.item_id
                where l.company_id = {ask.CompanyId} and l.waiting > 0 order by l.priority, l.reservation_id
                """
    );

    internal static readonly StartCard Late = new(
        "lateSupply",
        new Words("Promised goods that do not come in time", "Söz verilip zamanında gelmeyen mallar"),
        StartQuestion.Late,
        InventoryPermissions.Read,
        ask =>
            $"""
                select null as type, null as id,
                    r.demand || ' · ' || i.code || ' ' || trim_scale(p.quantity) || ' ' || i.unit || ' · ' || e.source as title,
                    to_char(e.due, 'YYYY-MM-DD') as detail, null::timestamptz as at
                from inventory.expected e
                join inventory.promised_supply p on p.tenant_id = e.tenant_id and p.expected_id = e.expected_id and p.quantity > 0
                join inventory.reservation r on r.tenant_id = p.tenant_id and r.reservation_id = p.reservation_id
                join catalog.v_item i on i.tenant_id = e.tenant_id and i.item_id = e.item_id
                where e.company_id = {ask.CompanyId} and e.promised > 0 and (e.due > r.needed_on or e.due < {ask.Today})
                order by e.due, p.reservation_id
                """
    );

    internal static readonly StartCard Moved = new(
        "movements",
        new Words("Moved today", "Bugün hareket edenler"),
        StartQuestion.Changed,
        InventoryPermissions.Read,
        ask =>
            $"""
                select null as type, null as id, m.document as title,
                    i.code || ' ' || trim_scale(m.quantity) || ' ' || i.unit as detail, m.recorded_at as at
                from (select * from inventory.movement where company_id = {ask.CompanyId}
                    order by movement_id desc limit {StartFigure.Newest}) m
                join catalog.v_item i on i.tenant_id = m.tenant_id and i.item_id = m.item_id
                where m.date = {ask.Today} order by m.movement_id desc
                """
    );

    private static Sql Adjustments(StartAsk ask, Sql which) =>
        $"""
            select {Inventory.Adjustments.DocumentType} as type, adjustment_id::text as id, number as title, note as detail,
                created_at as at
            from inventory.adjustment where company_id = {ask.CompanyId} and {which} order by adjustment_id
            """;
}
