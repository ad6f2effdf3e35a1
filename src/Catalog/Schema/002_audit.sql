call kernel.audit('catalog.item', 'item_id', 'search');
call kernel.audit('catalog.item_cost', 'item_id,company_id');
