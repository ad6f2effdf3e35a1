select format('item %s in warehouse %s: on hand %s, but its bins and lots sum to %s', b.item_id, b.warehouse_id, b.on_hand, coalesce(d.on_hand, 0))
from inventory.balance b
left join (
    select tenant_id, company_id, item_id, warehouse_id, sum(on_hand) as on_hand
    from inventory.balance_detail group by tenant_id, company_id, item_id, warehouse_id) d
    using (tenant_id, company_id, item_id, warehouse_id)
where b.on_hand <> coalesce(d.on_hand, 0)
limit 20
