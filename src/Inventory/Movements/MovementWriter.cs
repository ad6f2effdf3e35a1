using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Writes accepted movements: the summed balance, the detail and the lines, each in one statement for all of them.
/// </summary>
internal static class MovementWriter
{
    internal static async Task Write(Db db, MovementKind kind, IReadOnlyList<Movement> movements)
    {
        var lines = movements.SelectMany(movement => movement.Lines.Select((line, at) => (movement, line, No: at + 1))).ToList();
        await Balances(db, kind, lines.ConvertAll(one => (one.movement.Company.Id, one.line)));
        await Lines(db, kind, lines);
    }

    private static async Task Balances(Db db, MovementKind kind, IReadOnlyList<(Guid Company, MovementLine Line)> lines)
    {
        var summed = lines
            .GroupBy(one => (one.Company, one.Line.Key))
            .Select(group => (group.Key.Company, group.Key.Key, Quantity: kind.Sign * group.Sum(one => one.Line.Quantity)))
            .ToArray();
        var companies = Array.ConvertAll(summed, one => one.Company);
        var items = Array.ConvertAll(summed, one => one.Key.ItemId);
        var warehouses = Array.ConvertAll(summed, one => one.Key.WarehouseId);
        var quantities = Array.ConvertAll(summed, one => one.Quantity);
        await db.Execute(
            $"""
            update inventory.balance b set on_hand = b.on_hand + p.quantity
            from (select company_id, item_id, warehouse_id, sum(quantity) as quantity
                from unnest({companies}, {items}, {warehouses}, {quantities}) as p (company_id, item_id, warehouse_id, quantity)
                group by company_id, item_id, warehouse_id) p
            where b.company_id = p.company_id and b.item_id = p.item_id and b.warehouse_id = p.warehouse_id
            """
        );
        // A row that is new cannot begin below nothing, so what is taken away only ever changes a row.
        await Details(db, [.. summed.Where(one => one.Quantity > 0)], add: true);
        await Details(db, [.. summed.Where(one => one.Quantity < 0)], add: false);
    }

    private static async Task Details(Db db, (Guid Company, DetailKey Key, decimal Quantity)[] changes, bool add)
    {
        if (changes.Length == 0)
            return;
        var companies = Array.ConvertAll(changes, one => one.Company);
        var items = Array.ConvertAll(changes, one => one.Key.ItemId);
        var warehouses = Array.ConvertAll(changes, one => one.Key.WarehouseId);
        var bins = Array.ConvertAll(changes, one => one.Key.Bin);
        var lots = Array.ConvertAll(changes, one => one.Key.Lot);
        var quantities = Array.ConvertAll(changes, one => one.Quantity);
        if (add)
            await db.Execute(
                $"""
                insert into inventory.balance_detail as d (tenant_id, company_id, item_id, warehouse_id, bin, lot, on_hand)
                select {db.Scope.Tenant}, p.* from unnest({companies}, {items}, {warehouses}, {bins}, {lots}, {quantities}) as p
                on conflict (tenant_id, company_id, item_id, warehouse_id, bin, lot, owner_id, status)
                do update set on_hand = d.on_hand + excluded.on_hand
                """
            );
        else
            await db.Execute(
                $"""
                update inventory.balance_detail d set on_hand = d.on_hand + p.quantity
                from unnest({companies}, {items}, {warehouses}, {bins}, {lots}, {quantities})
                    as p (company_id, item_id, warehouse_id, bin, lot, quantity)
                where d.company_id = p.company_id and d.item_id = p.item_id and d.warehouse_id = p.warehouse_id
                    and d.bin = p.bin and d.lot = p.lot
                    and d.owner_id = '00000000-0000-0000-0000-000000000000' and d.status = 'available'
                """
            );
    }

    private static Task Lines(Db db, MovementKind kind, List<(Movement Movement, MovementLine Line, int No)> lines) =>
        db.Execute(
            $"""
            insert into inventory.movement (tenant_id, company_id, kind, document, line_no, date, item_id, warehouse_id, bin, lot,
                owner_id, status, quantity, unit_cost, amount, reason, reference, actor)
            select {db.Scope.Tenant}, company_id, {kind.Name}, document, line_no, date, item_id, warehouse_id, bin, lot,
                '00000000-0000-0000-0000-000000000000', 'available', quantity, unit_cost, amount,
                reason, reference, {db.Scope.Actor}
            from unnest({lines.Select(one => one.Movement.Company.Id).ToArray()}, {lines.Select(one =>
                one.Movement.Document
            ).ToArray()},
                {lines.Select(one => one.No).ToArray()}, {lines.Select(one => one.Movement.Request.Date).ToArray()},
                {lines.Select(one => one.Line.Key.ItemId).ToArray()}, {lines.Select(one => one.Line.Key.WarehouseId).ToArray()},
                {lines.Select(one => one.Line.Key.Bin).ToArray()}, {lines.Select(one => one.Line.Key.Lot).ToArray()},
                {lines.Select(one => kind.Sign * one.Line.Quantity).ToArray()}, {lines.Select(one =>
                one.Line.UnitCost
            ).ToArray()},
                {lines.Select(one => kind.Sign * one.Line.Amount).ToArray()}, {lines.Select(one =>
                one.Line.Reason ?? one.Movement.Request.Reason
            ).ToArray()},
                {lines.Select(one => one.Movement.Request.Reference).ToArray()})
                with ordinality as p (company_id, document, line_no, date, item_id, warehouse_id, bin, lot, quantity,
                    unit_cost, amount, reason, reference, n)
            order by n
            """
        );
}
