-- Promises of many people are written in one transaction: each row says whose change it is, and the audit takes it from there.
alter table inventory.reservation add column changed_by uuid not null default '00000000-0000-7000-8000-000000000001';
alter table inventory.reservation add column changed_request text not null default 'system';
drop trigger audit on inventory.reservation;
call kernel.audit_by_row('inventory.reservation', 'reservation_id');
