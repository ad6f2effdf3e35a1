-- What is promised now, newest first; what was released leaves it.
create index reservation_open on inventory.reservation (tenant_id, company_id, reservation_id) where released_at is null;
