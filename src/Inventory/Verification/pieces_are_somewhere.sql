select format('piece %s of item %s is in stock, but in no bin of any warehouse', s.serial, s.item_id)
from inventory.serial s
left join (select tenant_id, item_id, lot, sum(on_hand) as on_hand from inventory.balance_detail where lot <> '' group by 1, 2, 3) d
    on d.tenant_id = s.tenant_id and d.item_id = s.item_id and d.lot = s.serial
where s.on_hand > coalesce(d.on_hand, 0)
limit 20
