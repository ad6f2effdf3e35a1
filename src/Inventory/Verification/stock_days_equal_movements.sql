select format('item %s in warehouse %s, bin %s, lot %s, %s: the days until %s say %s, its movements until then sum to %s',
    item_id, warehouse_id, bin, lot, status, (select day from inventory.stock_day_done), coalesce(s.quantity, 0), coalesce(m.quantity, 0))
from (
    select s.tenant_id, s.warehouse_id, s.item_id, s.bin, s.lot, s.owner_id, s.status, sum(s.quantity) as quantity
    from inventory.stock_day s
    where s.day >= (select max(f.day) from inventory.stock_full_day f where f.tenant_id = s.tenant_id and f.warehouse_id = s.warehouse_id)
    group by s.tenant_id, s.warehouse_id, s.item_id, s.bin, s.lot, s.owner_id, s.status) s
full join (
    select tenant_id, warehouse_id, item_id, bin, lot, owner_id, status, sum(quantity) as quantity
    from inventory.movement where recorded_on <= (select day from inventory.stock_day_done)
    group by tenant_id, warehouse_id, item_id, bin, lot, owner_id, status) m
    using (tenant_id, warehouse_id, item_id, bin, lot, owner_id, status)
where coalesce(s.quantity, 0) <> coalesce(m.quantity, 0)
limit 20
