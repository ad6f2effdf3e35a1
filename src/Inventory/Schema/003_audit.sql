call kernel.audit('inventory.warehouse', 'warehouse_id');
call kernel.audit('inventory.bin', 'warehouse_id,bin');
call kernel.audit('inventory.reservation', 'reservation_id');
