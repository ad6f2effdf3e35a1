call kernel.search_in('catalog.item', 'item', 'item_id', 'null::uuid', 'code', 'name', '''''', 'retired_at is null');
call kernel.search_in('catalog.partner', 'partner', 'partner_id', 'null::uuid', 'code', 'name', 'tax_number', 'retired_at is null');
