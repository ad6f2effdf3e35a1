select format('item %s in warehouse %s: on hand %s, but its movements sum to %s',
    coalesce(b.item_id, m.item_id), coalesce(b.warehouse_id, m.warehouse_id), coalesce(b.on_hand, 0), coalesce(m.quantity, 0))
from inventory.balance b
full join (
    select tenant_id, company_id, item_id, warehouse_id, sum(quantity) as quantity
    from inventory.movement group by tenant_id, company_id, item_id, warehouse_id) m
    using (tenant_id, company_id, item_id, warehouse_id)
where coalesce(b.on_hand, 0) <> coalesce(m.quantity, 0)
limit 20
