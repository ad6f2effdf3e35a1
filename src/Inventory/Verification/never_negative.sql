select format('item %s in warehouse %s: on hand %s, reserved %s, withheld %s',
    item_id, warehouse_id, on_hand, reserved, withheld)
from inventory.balance
where on_hand < 0 or reserved < 0 or withheld < 0 or reserved + withheld > on_hand
union all
select format('item %s in warehouse %s, bin %s, lot %s: on hand %s', item_id, warehouse_id, bin, lot, on_hand)
from inventory.balance_detail
where on_hand < 0
limit 20
