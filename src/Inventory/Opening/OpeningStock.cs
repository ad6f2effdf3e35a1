using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Where stock was counted when the company began.</summary>
internal sealed record OpeningPlace(Guid CompanyId, Guid ItemId, Guid WarehouseId, string Bin, string Lot);

/// <summary>By how much the stock of a place changes.</summary>
internal sealed record OpeningChange(OpeningPlace Place, DateOnly Date, decimal Difference);

/// <summary>The opening stock of each place, and the adjustments with which it gets into the stock and the books.</summary>
internal static class OpeningStock
{
    /// <summary>As many lines as an adjustment may have.</summary>
    private const int LinesPerDocument = 500;

    internal sealed record Row(Guid Id, OpeningPlace Place, DateOnly Date, decimal Quantity, int Version);

    private sealed record Stored(
        Guid Id,
        Guid CompanyId,
        Guid ItemId,
        Guid WarehouseId,
        string Bin,
        string Lot,
        DateOnly Date,
        decimal Quantity,
        int Version
    )
    {
        internal Row Row => new(Id, new OpeningPlace(CompanyId, ItemId, WarehouseId, Bin, Lot), Date, Quantity, Version);
    }

    private static readonly Sql Columns =
        $"opening_id as id, company_id, item_id, warehouse_id, bin, lot, date, quantity, version";

    internal static async Task<IReadOnlyDictionary<OpeningPlace, Row>> Lock(Db db, IReadOnlyList<OpeningPlace> places)
    {
        var rows = await db.Query<Stored>(
            $"""
            select {Columns} from inventory.opening
            where (company_id, item_id, warehouse_id, bin, lot) in (select * from unnest({Of(places, one => one.CompanyId)},
                {Of(places, one => one.ItemId)}, {Of(places, one => one.WarehouseId)}, {Of(places, one => one.Bin)},
                {Of(places, one => one.Lot)}))
            order by company_id, item_id, warehouse_id, bin, lot for update
            """
        );
        return rows.ConvertAll(one => one.Row).ToDictionary(one => one.Place);
    }

    internal static async Task<List<Row>> Lock(Db db, Guid[] ids) =>
        (
            await db.Query<Stored>(
                $"""
                select {Columns} from inventory.opening where opening_id = any ({ids})
                order by company_id, item_id, warehouse_id, bin, lot for update
                """
            )
        ).ConvertAll(one => one.Row);

    /// <summary>
    /// Posts what can be posted and says why the rest cannot, by its place among the changes. The stock of all of them is locked
    /// in key order before the first is judged.
    /// </summary>
    internal static async Task<IReadOnlyDictionary<int, Refused>> Post(Db db, IReadOnlyList<OpeningChange> changes, string note)
    {
        var wanted = changes.Select((change, at) => (change, at)).Where(one => one.change.Difference != 0).ToList();
        var requests = wanted.ConvertAll(one => RequestOf([one.change], note));
        var verdicts = AdjustmentJudge.Judge(requests, await StockAtHand.Of(db, requests));
        var refused = new Dictionary<int, Refused>();
        var good = new List<OpeningChange>();
        for (var at = 0; at < wanted.Count; at++)
            if (verdicts[at].Refusal is { } refusal)
                refused[wanted[at].at] = refusal;
            else
                good.Add(wanted[at].change);
        foreach (var day in good.GroupBy(one => (one.Place.CompanyId, one.Date)).OrderBy(one => one.Key))
        foreach (var lines in day.Chunk(LinesPerDocument))
        {
            var id = await DraftAdjustment.Create(db, RequestOf(lines, note));
            var (head, request) = await Adjustments.Lock(db, id);
            await PostAdjustment.Run(db, head, request);
        }
        return refused;
    }

    /// <summary>Writes rows as they are now; a new one or one that is known.</summary>
    internal static async Task Keep(Db db, IReadOnlyList<Row> rows)
    {
        if (rows.Count == 0)
            return;
        await db.Execute(
            $"""
            insert into inventory.opening as o (tenant_id, opening_id, company_id, item_id, warehouse_id, bin, lot, date,
                quantity, version)
            select {db.Scope.Tenant}, n.* from unnest({Of(rows, one => one.Id)}, {Of(rows, one => one.Place.CompanyId)},
                {Of(rows, one => one.Place.ItemId)}, {Of(rows, one => one.Place.WarehouseId)}, {Of(rows, one => one.Place.Bin)},
                {Of(rows, one => one.Place.Lot)}, {Of(rows, one => one.Date)}, {Of(rows, one => one.Quantity)},
                {Of(rows, one => one.Version)}) as n
            on conflict on constraint opening_once do update
                set date = excluded.date, quantity = excluded.quantity, version = excluded.version
            """
        );
    }

    internal static Task Remove(Db db, Guid[] ids) => db.Execute($"delete from inventory.opening where opening_id = any ({ids})");

    private static Adjustments.Request RequestOf(IReadOnlyList<OpeningChange> changes, string note) =>
        new(
            changes[0].Place.CompanyId,
            changes[0].Date,
            [
                .. changes.Select(one => new Adjustments.Line(
                    one.Place.ItemId,
                    one.Place.WarehouseId,
                    one.Difference,
                    "opening",
                    one.Place.Bin,
                    one.Place.Lot
                )),
            ],
            note
        );

    private static TValue[] Of<TRow, TValue>(IReadOnlyList<TRow> rows, Func<TRow, TValue> of) => [.. rows.Select(of)];
}
