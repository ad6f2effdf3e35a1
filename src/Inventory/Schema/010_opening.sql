-- What stock a company began with, by the place it was counted at: an import knows its rows again by it, and can be taken back.
create table inventory.opening (
    tenant_id int not null,
    opening_id uuid not null,
    company_id uuid not null,
    item_id uuid not null,
    warehouse_id uuid not null,
    bin text not null,
    lot text not null default '',
    date date not null,
    quantity numeric(19,6) not null check (quantity >= 0),
    version int not null default 1,
    primary key (tenant_id, opening_id),
    constraint opening_once unique (tenant_id, company_id, item_id, warehouse_id, bin, lot),
    foreign key (tenant_id, item_id) references catalog.item,
    foreign key (tenant_id, company_id, warehouse_id) references inventory.warehouse (tenant_id, company_id, warehouse_id),
    foreign key (tenant_id, warehouse_id, bin) references inventory.bin
);
call kernel.protect('inventory.opening');
call kernel.audit('inventory.opening', 'opening_id');
grant select, insert, update, delete on inventory.opening to millrace_app;
grant select on inventory.opening to millrace_report;

alter table inventory.adjustment_line drop constraint adjustment_line_reason_check;
alter table inventory.adjustment_line add constraint adjustment_line_reason
    check (reason in ('count', 'damage', 'loss', 'found', 'correction', 'opening'));
