select format('%s of item %s lie on the unit %s in warehouse %s, where it does not stand', d.on_hand, d.item_id, d.bin, d.warehouse_id)
from inventory.balance_detail d
join inventory.bin b on b.tenant_id = d.tenant_id and b.warehouse_id = d.warehouse_id and b.bin = d.bin and b.is_unit
left join inventory.handling_unit u
    on u.tenant_id = d.tenant_id and u.sscc = d.bin and u.warehouse_id = d.warehouse_id and u.dissolved_at is null
where length(d.bin) = 18 and d.on_hand > 0 and u.sscc is null
limit 20
