-- What of a promise is held in a certain bin, of a certain lot, or one piece of it. The rest of a line is held anywhere in its warehouse.
create table inventory.reservation_pin (
    tenant_id int not null,
    reservation_id uuid not null,
    item_id uuid not null,
    warehouse_id uuid not null,
    bin text not null,
    lot text not null,
    quantity numeric(19,6) not null check (quantity >= 0),
    primary key (tenant_id, reservation_id, item_id, warehouse_id, bin, lot),
    foreign key (tenant_id, reservation_id, item_id, warehouse_id) references inventory.reservation_line
);
call kernel.protect('inventory.reservation_pin');
grant select, insert on inventory.reservation_pin to millrace_app;
grant update (quantity) on inventory.reservation_pin to millrace_app;
grant select on inventory.reservation_pin to millrace_report;

-- Of goods in detail: what is held so. Who takes something from there leaves that.
alter table inventory.balance_detail add column pinned numeric(19,6) not null default 0;
alter table inventory.balance_detail add constraint balance_detail_pinned_once
    check (pinned >= 0 and pinned <= on_hand and (pinned = 0 or status = 'available'));
