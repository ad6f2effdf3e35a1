-- What a demand still waits for, what of it was issued and what was given back. The rest of a line is held.
alter table inventory.reservation_line add column waiting numeric(19,6) not null default 0;
alter table inventory.reservation_line add column taken numeric(19,6) not null default 0;
alter table inventory.reservation_line add column released numeric(19,6) not null default 0;
-- Whose line is served first: 1 before 9, then the older one.
alter table inventory.reservation_line add column priority smallint not null default 5;
alter table inventory.reservation_line add constraint reservation_line_parts
    check (waiting >= 0 and taken >= 0 and released >= 0 and waiting + taken + released <= quantity);
alter table inventory.reservation_line add constraint reservation_line_priority check (priority between 1 and 9);
create index reservation_line_waiting on inventory.reservation_line
    (tenant_id, company_id, item_id, warehouse_id, priority, reservation_id) where waiting > 0;
grant update (waiting, taken, released, priority) on inventory.reservation_line to millrace_app;

-- The last day on which it is held.
alter table inventory.reservation add column held_until date;
create index reservation_held_until on inventory.reservation (tenant_id, company_id, held_until) where released_at is null and held_until is not null;

-- Nothing lies free beside somebody who waits for it.
alter table inventory.balance add column waiting numeric(19,6) not null default 0;
alter table inventory.balance add constraint balance_nobody_waits_beside_it
    check (waiting >= 0 and (waiting = 0 or reserved + withheld = on_hand));
