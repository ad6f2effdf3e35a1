-- What became of a lot. Goods that are not told apart pay nothing for it.
create index movement_lot on inventory.movement (tenant_id, company_id, item_id, lot, movement_id) where lot <> '';
