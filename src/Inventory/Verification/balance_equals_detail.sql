select format('item %s in warehouse %s: on hand %s with %s withheld, but its bins and lots sum to %s with %s',
    b.item_id, b.warehouse_id, b.on_hand, b.withheld, coalesce(d.on_hand, 0), coalesce(d.withheld, 0))
from inventory.balance b
left join (
    select tenant_id, company_id, item_id, warehouse_id, sum(on_hand) as on_hand,
        coalesce(sum(on_hand) filter (where status <> 'available' or owner_id <> '00000000-0000-0000-0000-000000000000'), 0) as withheld
    from inventory.balance_detail group by tenant_id, company_id, item_id, warehouse_id) d
    using (tenant_id, company_id, item_id, warehouse_id)
where b.on_hand <> coalesce(d.on_hand, 0) or b.withheld <> coalesce(d.withheld, 0)
limit 20
