select format('item %s in bin %s of warehouse %s, lot %s: %s are held for certain demands, but these hold %s there',
    item_id, bin, warehouse_id, lot, coalesce(d.pinned, 0), coalesce(p.quantity, 0))
from (select tenant_id, company_id, item_id, warehouse_id, bin, lot, pinned from inventory.balance_detail where pinned > 0) d
full join (
    select p.tenant_id, r.company_id, p.item_id, p.warehouse_id, p.bin, p.lot, sum(p.quantity) as quantity
    from inventory.reservation_pin p
    join inventory.reservation r on r.tenant_id = p.tenant_id and r.reservation_id = p.reservation_id and r.released_at is null
    group by p.tenant_id, r.company_id, p.item_id, p.warehouse_id, p.bin, p.lot) p
    using (tenant_id, company_id, item_id, warehouse_id, bin, lot)
where coalesce(d.pinned, 0) <> coalesce(p.quantity, 0)
union all
select format('reservation %s holds %s of item %s, of which %s in certain bins',
    l.reservation_id, l.quantity - l.waiting - l.expected - l.taken - l.released, l.item_id, p.quantity)
from inventory.reservation_line l
join inventory.reservation r on r.tenant_id = l.tenant_id and r.reservation_id = l.reservation_id and r.released_at is null
join (
    select tenant_id, reservation_id, item_id, warehouse_id, sum(quantity) as quantity
    from inventory.reservation_pin group by tenant_id, reservation_id, item_id, warehouse_id) p
    on p.tenant_id = l.tenant_id and p.reservation_id = l.reservation_id and p.item_id = l.item_id
    and p.warehouse_id = l.warehouse_id
where p.quantity > l.quantity - l.waiting - l.expected - l.taken - l.released
limit 20
