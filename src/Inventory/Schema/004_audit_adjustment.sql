call kernel.audit('inventory.adjustment', 'adjustment_id');
call kernel.audit('inventory.adjustment_line', 'adjustment_id,line_no');
