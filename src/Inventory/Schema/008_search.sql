call kernel.search_in(
    'inventory.adjustment', 'stock_adjustment', 'adjustment_id', 'company_id', 'number', 'note', '''''', 'state <> ''withdrawn''');
