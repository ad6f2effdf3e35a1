using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;
using Millrace.Work;

namespace Millrace.Inventory;

/// <summary>
/// Writes down a difference of stock, or changes what was written. A change while it waits asks for approval anew.
/// </summary>
public static class DraftAdjustment
{
    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost(
                "/stock-adjustments",
                async Task<Created<Adjustments.Detail>> (Db db, Adjustments.Request request) =>
                    TypedResults.Created((string?)null, await Adjustments.Show(db, await Create(db, request), db.Scope.Actor))
            )
            .Needs(InventoryPermissions.Adjust)
            .Once()
            .WithSummary("Write a stock adjustment; with submit it is posted, or asks for approval, at once");
        api.MapPut("/stock-adjustments/{id:guid}", Change)
            .Needs(InventoryPermissions.Adjust)
            .Writes()
            .ProducesProblem(412)
            .ProducesProblem(428)
            .WithSummary("Change an adjustment that is not posted; If-Match names the version you have read");
    }

    public static async Task<Guid> Create(Db db, Adjustments.Request request)
    {
        var priced = await Price(db, request);
        var number = Series.Show(
            Adjustments.Series,
            request.Date.Year,
            await Series.Take(db, request.CompanyId, Adjustments.Series, request.Date.Year, 1)
        );
        var id = Guid.CreateVersion7();
        await db.Execute(
            $"""
            insert into inventory.adjustment (tenant_id, adjustment_id, company_id, number, date, note, currency, amount,
                created_by)
            values ({db.Scope.Tenant}, {id}, {request.CompanyId}, {number}, {request.Date}, {request.Note ?? ""},
                {priced.Company.Currency}, {Worth(priced)}, {db.Scope.Actor})
            """
        );
        await WriteLines(db, id, priced, request);
        if (request.Submit)
            await SubmitAdjustment.Run(db, id);
        return id;
    }

    private static async Task<Adjustments.Detail> Change(HttpContext http, Db db, Guid id, Adjustments.Request request)
    {
        var expected = Versions.Expected(http);
        var (head, _) = await Adjustments.Lock(db, id);
        if (head.State == "posted")
            throw Adjustments.NotPossible(head, "changed; write another one that corrects it");
        if (head.Version != expected)
            throw Versions.Changed("stock adjustment");
        if (request.CompanyId != head.CompanyId)
            throw Refused.Missing("company", request.CompanyId);
        var priced = await Price(db, request);
        await db.Execute(
            $"""
            update inventory.adjustment set date = {request.Date}, note = {request.Note ?? ""}, amount = {Worth(priced)},
                state = case when state = 'waiting' then state else 'draft' end, version = version + 1
            where adjustment_id = {id}
            """
        );
        await db.Execute($"delete from inventory.adjustment_line where adjustment_id = {id}");
        await WriteLines(db, id, priced, request);
        if (head.State == "waiting" || request.Submit)
            await SubmitAdjustment.Run(db, id);
        var shown = await Adjustments.Show(db, id, db.Scope.Actor);
        Versions.Show(http, shown.Version);
        return shown;
    }

    internal static decimal Worth(Movement priced) => priced.Lines.Sum(line => Math.Abs(line.Amount));

    internal static async Task<Movement> Price(Db db, Adjustments.Request request) =>
        AdjustmentJudge.Price(request, await StockAtHand.Of(db, [request], onlyRead: true)).Result;

    private static Task WriteLines(Db db, Guid id, Movement priced, Adjustments.Request request)
    {
        var lines = request.Lines;
        var keys = priced.Lines.Select(one => one.Key).ToArray();
        return db.Execute(
            $"""
            insert into inventory.adjustment_line (tenant_id, adjustment_id, line_no, item_id, warehouse_id, bin, lot,
                difference, reason, note)
            select {db.Scope.Tenant}, {id}, n, item_id, warehouse_id, bin, lot, difference, reason, note
            from unnest({Array.ConvertAll(keys, one => one.ItemId)}, {Array.ConvertAll(keys, one => one.WarehouseId)},
                {Array.ConvertAll(keys, one => one.Bin)}, {Array.ConvertAll(keys, one => one.Lot)},
                {lines.Select(one => one.Difference).ToArray()}, {lines.Select(one => one.Reason).ToArray()},
                {lines.Select(one => one.Note ?? "").ToArray()})
                with ordinality as l (item_id, warehouse_id, bin, lot, difference, reason, note, n)
            """
        );
    }
}
