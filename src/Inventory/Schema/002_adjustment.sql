-- An adjustment may go either way; receipts and issues keep their sign.
alter table inventory.movement drop constraint movement_kind_check;
alter table inventory.movement drop constraint movement_check;
alter table inventory.movement add constraint movement_kind check (kind in ('receipt', 'issue', 'adjustment'));
alter table inventory.movement add constraint movement_sign
    check (quantity <> 0 and (kind = 'adjustment' or (quantity > 0) = (kind = 'receipt')));

-- What stock is corrected by. It has its number from the beginning, so that people can talk about it before it is posted.
create table inventory.adjustment (
    tenant_id int not null,
    adjustment_id uuid not null,
    company_id uuid not null,
    number text not null,
    date date not null,
    state text not null default 'draft' check (state in ('draft', 'waiting', 'posted', 'rejected', 'withdrawn')),
    note text not null default '',
    currency text not null,
    -- The values of all lines without their signs, at the costs in force when it was last saved or submitted.
    amount numeric(19,4) not null check (amount >= 0),
    version int not null default 1,
    created_by uuid not null,
    created_at timestamptz not null default clock_timestamp(),
    posted_at timestamptz,
    primary key (tenant_id, adjustment_id),
    constraint adjustment_number unique (tenant_id, company_id, number),
    foreign key (tenant_id, company_id) references company.company,
    check ((state = 'posted') = (posted_at is not null))
);
create index adjustment_newest on inventory.adjustment (tenant_id, company_id, adjustment_id);
call kernel.protect('inventory.adjustment');

create table inventory.adjustment_line (
    tenant_id int not null,
    adjustment_id uuid not null,
    line_no int not null,
    item_id uuid not null,
    warehouse_id uuid not null,
    bin text not null,
    lot text not null default '',
    difference numeric(19,6) not null check (difference <> 0),
    reason text not null check (reason in ('count', 'damage', 'loss', 'found', 'correction')),
    note text not null default '',
    primary key (tenant_id, adjustment_id, line_no),
    foreign key (tenant_id, adjustment_id) references inventory.adjustment,
    foreign key (tenant_id, item_id) references catalog.item,
    foreign key (tenant_id, warehouse_id, bin) references inventory.bin
);
call kernel.protect('inventory.adjustment_line');

grant select, insert, update on inventory.adjustment to millrace_app;
grant select, insert, delete on inventory.adjustment_line to millrace_app;
grant select on inventory.adjustment, inventory.adjustment_line to millrace_report;
