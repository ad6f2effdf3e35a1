select format('item %s in warehouse %s: reserved %s and waiting %s, but its open reservations sum to %s and %s',
    b.item_id, b.warehouse_id, b.reserved, b.waiting, coalesce(r.held, 0), coalesce(r.waiting, 0))
from inventory.balance b
left join (
    select l.tenant_id, l.company_id, l.item_id, l.warehouse_id,
        sum(l.quantity - l.waiting - l.expected - l.taken - l.released) as held, sum(l.waiting) as waiting
    from inventory.reservation_line l
    join inventory.reservation r on r.tenant_id = l.tenant_id and r.reservation_id = l.reservation_id and r.released_at is null
    group by l.tenant_id, l.company_id, l.item_id, l.warehouse_id) r
    using (tenant_id, company_id, item_id, warehouse_id)
where b.reserved <> coalesce(r.held, 0) or b.waiting <> coalesce(r.waiting, 0)
limit 20
