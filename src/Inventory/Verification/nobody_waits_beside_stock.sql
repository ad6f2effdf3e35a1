select format('item %s in warehouse %s: %s wait, and %s lie free', b.item_id, b.warehouse_id, b.waiting,
    b.on_hand - b.reserved - b.withheld)
from inventory.balance b
where b.waiting > 0 and b.on_hand > b.reserved + b.withheld
limit 20
