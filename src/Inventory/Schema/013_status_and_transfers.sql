-- Stock that is there and not free: in quality control, or blocked. It cannot be promised.
alter table inventory.balance add column withheld numeric(19,6) not null default 0;
alter table inventory.balance drop constraint balance_promised_once;
alter table inventory.balance add constraint balance_promised_once
    check (reserved >= 0 and withheld >= 0 and reserved + withheld <= on_hand);
alter table inventory.balance_detail add constraint balance_detail_status check (status in ('available', 'quality', 'blocked'));

-- What moves between places or is taken back has lines of both signs.
alter table inventory.movement drop constraint movement_kind;
alter table inventory.movement drop constraint movement_sign;
alter table inventory.movement add constraint movement_kind
    check (kind in ('receipt', 'issue', 'adjustment', 'transfer', 'reversal'));
alter table inventory.movement add constraint movement_sign
    check (quantity <> 0 and (kind not in ('receipt', 'issue') or (quantity > 0) = (kind = 'receipt')));

-- A document is taken back once. The ledger is partitioned and cannot say so by itself.
create table inventory.reversal (
    tenant_id int not null,
    company_id uuid not null,
    document text not null,
    reversed_by text not null,
    primary key (tenant_id, company_id, document),
    constraint reversal_of_one unique (tenant_id, company_id, reversed_by),
    foreign key (tenant_id, company_id) references company.company
);
call kernel.protect('inventory.reversal');
grant select, insert on inventory.reversal to millrace_app;
grant select on inventory.reversal to millrace_report;
