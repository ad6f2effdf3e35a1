select format('supply %s of %s: %s promised, but its promises sum to %s', e.expected_id, e.source, e.promised, coalesce(p.quantity, 0))
from inventory.expected e
left join (
    select tenant_id, expected_id, sum(quantity) as quantity
    from inventory.promised_supply
    group by tenant_id, expected_id) p using (tenant_id, expected_id)
where e.promised <> coalesce(p.quantity, 0)
union all
select format('reservation %s: %s of item %s come with a supply, but its supplies promise %s',
    l.reservation_id, l.expected, l.item_id, coalesce(p.quantity, 0))
from inventory.reservation_line l
left join (
    select s.tenant_id, s.reservation_id, e.item_id, e.warehouse_id, sum(s.quantity) as quantity
    from inventory.promised_supply s
    join inventory.expected e using (tenant_id, expected_id)
    group by s.tenant_id, s.reservation_id, e.item_id, e.warehouse_id) p using (tenant_id, reservation_id, item_id, warehouse_id)
where l.expected <> coalesce(p.quantity, 0)
limit 20
