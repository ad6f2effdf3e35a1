-- The list of adjustments sorted by their date, and those that are not finished, for the start page.
create index adjustment_by_date on inventory.adjustment (tenant_id, company_id, date, adjustment_id);
create index adjustment_open on inventory.adjustment (tenant_id, company_id, adjustment_id) where state in ('draft', 'waiting');
