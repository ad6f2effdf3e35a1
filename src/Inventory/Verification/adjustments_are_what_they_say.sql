-- A posted adjustment has the movements of its lines and no other has any; what waits has a pending approval and nothing else does.
with moved as (
    select company_id, document, item_id, warehouse_id, bin, lot, sum(quantity) as quantity
    from inventory.movement where kind = 'adjustment' group by 1, 2, 3, 4, 5, 6),
written as (
    select a.company_id, a.number as document, l.item_id, l.warehouse_id, l.bin, l.lot, sum(l.difference) as quantity
    from inventory.adjustment a join inventory.adjustment_line l using (tenant_id, adjustment_id)
    where a.state = 'posted' group by 1, 2, 3, 4, 5, 6)
select format('adjustment %s, item %s in warehouse %s: the lines say %s, the movements %s',
    document, item_id, warehouse_id, coalesce(w.quantity, 0), coalesce(m.quantity, 0))
from written w full join moved m using (company_id, document, item_id, warehouse_id, bin, lot)
where coalesce(w.quantity, 0) <> coalesce(m.quantity, 0)
union all
select format('adjustment %s is %s, but its approval is %s', a.number, a.state, coalesce(p.state, 'not asked for'))
from inventory.adjustment a
left join work.v_approval_state p on p.tenant_id = a.tenant_id and p.document_type = 'stock_adjustment'
    and p.document_id = a.adjustment_id
where (a.state = 'waiting') <> coalesce(p.state = 'pending', false)
limit 20
