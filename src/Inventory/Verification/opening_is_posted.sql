-- What an opening says was there is what was posted for it.
with posted as (
    select company_id, item_id, warehouse_id, bin, lot, sum(quantity) as quantity
    from inventory.movement where kind = 'adjustment' and reason = 'opening' group by 1, 2, 3, 4, 5)
select format('item %s in warehouse %s, bin %s, lot %s: its opening says %s, posted were %s',
    item_id, warehouse_id, bin, lot, coalesce(o.quantity, 0), coalesce(p.quantity, 0))
from inventory.opening o full join posted p using (company_id, item_id, warehouse_id, bin, lot)
where coalesce(o.quantity, 0) <> coalesce(p.quantity, 0)
limit 20
