using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Writes the lines of accepted movements into the ledger, in one statement for all of them.</summary>
internal static class MovementWriter
{
    internal static void Write(Db db, IReadOnlyList<(Movement Movement, Hand By)> movements)
    {
        if (movements.Count == 0)
            return;
        var lines = movements
            .SelectMany(one => one.Movement.Lines.Select((line, at) => (one.Movement, one.By, line, at)))
            .ToArray();
        db.Later(
            $"""
            insert into inventory.movement (tenant_id, company_id, kind, document, line_no, date, item_id, warehouse_id, bin, lot,
                owner_id, status, quantity, unit_cost, amount, reason, reference, actor, expected_id)
            select {db.Scope.Tenant}, company_id, kind, document, line_no, date, item_id, warehouse_id, bin, lot,
                owner_id, status, quantity, unit_cost, amount, reason, reference, actor, expected_id
            from unnest({Of(one => one.Movement.Company.Id)}, {Of(one => one.Movement.Request.Kind.Name)},
                {Of(one => one.Movement.Document)}, {Of(one => one.At + 1)}, {Of(one => one.Movement.Request.Date)},
                {Of(one => one.Line.Key.ItemId)}, {Of(one => one.Line.Key.WarehouseId)}, {Of(one => one.Line.Key.Bin)},
                {Of(one => one.Line.Key.Lot)}, {Of(one => one.Line.Key.Owner)}, {Of(one => one.Line.Key.Status)},
                {Of(one => one.Movement.Request.Kind.Sign * one.Line.Quantity)}, {Of(one => one.Line.UnitCost)},
                {Of(one => one.Movement.Request.Kind.Sign * one.Line.Amount)},
                {Of(one => one.Line.Reason ?? one.Movement.Request.Reason)}, {Of(one => one.Movement.Request.Reference)},
                {Of(one => one.By.Actor)}, {Of(one => one.Line.SupplyId)})
                with ordinality as p (company_id, kind, document, line_no, date, item_id, warehouse_id, bin, lot, owner_id,
                    status, quantity, unit_cost, amount, reason, reference, actor, expected_id, n)
            order by n
            """
        );

        T[] Of<T>(Func<(Movement Movement, Hand By, MovementLine Line, int At), T> of) => Array.ConvertAll(lines, one => of(one));
    }
}
