using System.ComponentModel.DataAnnotations;
using Millrace.Kernel;
using Millrace.Work;

namespace Millrace.Inventory;

/// <summary>A difference in quantity, more or less, but not none.</summary>
public sealed class DifferenceAttribute() : ExactAttribute("-999999999", "999999999", 6)
{
    public override bool IsValid(object? value) => base.IsValid(value) && value is not 0m;

    public override string FormatErrorMessage(string name) =>
        $"{name} must be between -999999999 and 999999999 and not 0, with at most 6 digits behind the point.";
}

/// <summary>Stock adjustments as they are written, stored and shown.</summary>
public static class Adjustments
{
    /// <summary>The name of this type of document among approvals, comments and tasks.</summary>
    public const string DocumentType = "stock_adjustment";

    internal const string Series = "SA";

    public sealed record Line(
        Guid ItemId,
        Guid WarehouseId,
        [Difference] decimal Difference,
        [Required, OneOf("count", "damage", "loss", "found", "correction")] string Reason,
        [Text(40)] string? Bin = null,
        [Text(40, MayBeEmpty = true)] string? Lot = null,
        [Text(200, MayBeEmpty = true)] string? Note = null
    );

    public sealed record Request(
        Guid CompanyId,
        DateOnly Date,
        [Required, Length(1, 500), Filled] IReadOnlyList<Line> Lines,
        [Text(200, MayBeEmpty = true)] string? Note = null,
        bool Submit = false
    );

    public sealed record ShownLine(
        int No,
        Guid ItemId,
        string ItemCode,
        string ItemName,
        string Unit,
        Guid WarehouseId,
        string WarehouseCode,
        string Bin,
        string Lot,
        decimal Difference,
        string Reason,
        string Note
    );

    public sealed record Detail(
        Guid Id,
        string Number,
        Guid CompanyId,
        DateOnly Date,
        string State,
        string Note,
        string Currency,
        decimal Amount,
        int Version,
        DateTime CreatedAt,
        DateTime? PostedAt,
        IReadOnlyList<ShownLine> Lines,
        ShowApproval.Trail? Approval
    );

    internal sealed record Head(
        Guid Id,
        string Number,
        Guid CompanyId,
        DateOnly Date,
        string State,
        string Note,
        string Currency,
        decimal Amount,
        int Version,
        DateTime CreatedAt,
        DateTime? PostedAt
    );

    internal static Task<DocumentCard?> Card(Db db, Guid id) =>
        db.Find<DocumentCard>($"select company_id, number as title from inventory.adjustment where adjustment_id = {id}");

    /// <summary>One adjustment with everything its screen shows.</summary>
    public static async Task<Detail> Show(Db db, Guid id, Guid caller)
    {
        var head =
            await db.Find<Head>(
                $"""
                select adjustment_id as id, number, company_id, date, state, note, currency, amount, version,
                    created_at, posted_at
                from inventory.adjustment where adjustment_id = {id}
                """
            ) ?? throw Refused.Missing("stock adjustment", id);
        var lines = await db.Query<ShownLine>(
            $"""
            select l.line_no as no, l.item_id, i.code as item_code, i.name as item_name, i.unit, l.warehouse_id,
                w.code as warehouse_code, l.bin, l.lot, l.difference, l.reason, l.note
            from inventory.adjustment_line l
            join catalog.v_item i on i.tenant_id = l.tenant_id and i.item_id = l.item_id
            join inventory.warehouse w on w.tenant_id = l.tenant_id and w.warehouse_id = l.warehouse_id
            where l.adjustment_id = {id} order by l.line_no limit 500
            """
        );
        return new Detail(
            head.Id,
            head.Number,
            head.CompanyId,
            head.Date,
            head.State,
            head.Note,
            head.Currency,
            head.Amount,
            head.Version,
            head.CreatedAt,
            head.PostedAt,
            lines,
            await ShowApproval.Of(db, DocumentType, id, caller)
        );
    }

    /// <summary>The adjustment under its lock, which every verb takes before approvals, periods, balances and series.</summary>
    internal static async Task<(Head Head, Request Request)> Lock(Db db, Guid id)
    {
        var head =
            await db.Find<Head>(
                $"""
                select adjustment_id as id, number, company_id, date, state, note, currency, amount, version,
                    created_at, posted_at
                from inventory.adjustment where adjustment_id = {id}
                for update
                """
            ) ?? throw Refused.Missing("stock adjustment", id);
        var lines = await db.Query<Line>(
            $"""
            select item_id, warehouse_id, difference, reason, bin, lot, note
            from inventory.adjustment_line where adjustment_id = {id} order by line_no limit 500
            """
        );
        return (head, new Request(head.CompanyId, head.Date, lines, head.Note));
    }

    internal static Refused NotPossible(Head head, string what) =>
        new(
            "adjustment.state",
            $"{head.Number} is {Words(head.State)}, so it cannot be {what}.",
            new { head.Number, head.State }
        );

    private static string Words(string state) =>
        state switch
        {
            "draft" => "a draft",
            "waiting" => "waiting for approval",
            _ => state,
        };
}
