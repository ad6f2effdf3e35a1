using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Where a lot or a piece came from and where it went: its documents that brought goods or took them away, newest first. What
/// only brought it to another place is left out.
/// </summary>
public static class TraceLot
{
    private const int Most = 50;

    public sealed record Step(
        string Document,
        string Kind,
        DateOnly Date,
        string WarehouseCode,
        decimal Quantity,
        string Reason,
        string Reference,
        string? ReversedBy
    );

    /// <summary>More of either stand in the list of movements.</summary>
    public sealed record Answer(
        Guid ItemId,
        string ItemCode,
        string ItemName,
        string Unit,
        string Lot,
        DateOnly? FirstOn,
        DateOnly? ExpiresOn,
        decimal OnHand,
        IReadOnlyList<Step> Came,
        bool MoreCame,
        IReadOnlyList<Step> Went,
        bool MoreWent
    );

    private sealed record Head(
        string ItemCode,
        string ItemName,
        string Unit,
        DateOnly? FirstOn,
        DateOnly? ExpiresOn,
        decimal OnHand
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/items/{id:guid}/lot", Run)
            .Needs(InventoryPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("Where a lot came from and where it went");

    private static async Task<Answer> Run(Db db, Guid id, Guid companyId, [Text(40)] string lot)
    {
        await ListCompanies.One(db, companyId);
        var head = db.Later<Head>(
            $"""
            select i.code as item_code, i.name as item_name, i.unit, l.first_on, l.expires_on,
                coalesce((select sum(d.on_hand) from inventory.balance_detail d
                    where d.company_id = {companyId} and d.item_id = i.item_id and d.lot = {lot}), 0) as on_hand
            from catalog.v_item i
            left join inventory.lot l on l.tenant_id = i.tenant_id and l.item_id = i.item_id and l.lot = {lot}
            where i.item_id = {id}
            """
        );
        var (came, went) = (Steps(db, companyId, id, lot, $"> 0"), Steps(db, companyId, id, lot, $"< 0"));
        await db.Send();
        if (head.Rows is not [var known])
            throw Refused.Missing("item", id);
        if (came.Rows.Count + went.Rows.Count == 0)
            throw Refused.Missing("lot", lot);
        return new Answer(
            id,
            known.ItemCode,
            known.ItemName,
            known.Unit,
            lot,
            known.FirstOn,
            known.ExpiresOn,
            known.OnHand,
            [.. came.Rows.Take(Most)],
            came.Rows.Count > Most,
            [.. went.Rows.Take(Most)],
            went.Rows.Count > Most
        );
    }

    // What a document does with the lot in all its lines; a transfer and its reversal come to nothing.
    private static Later<Step> Steps(Db db, Guid company, Guid item, string lot, Sql which) =>
        db.Later<Step>(
            $"""
            select m.*, v.reversed_by
            from (select m.document, m.kind, m.date, string_agg(distinct w.code, ', ') as warehouse_code,
                    sum(m.quantity) as quantity, max(m.reason) as reason, max(m.reference) as reference
                from inventory.movement m
                join inventory.warehouse w on w.tenant_id = m.tenant_id and w.warehouse_id = m.warehouse_id
                where m.company_id = {company} and m.item_id = {item} and m.lot = {lot} and m.lot <> ''
                group by m.document, m.kind, m.date having sum(m.quantity) {which}
                order by max(m.movement_id) desc limit {Most + 1}) m
            left join inventory.reversal v on v.company_id = {company} and v.document = m.document
            """
        );
}
