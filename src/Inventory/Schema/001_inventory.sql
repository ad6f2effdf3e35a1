create table inventory.warehouse (
    tenant_id int not null,
    warehouse_id uuid not null,
    company_id uuid not null,
    code text not null check (code <> ''),
    name text not null check (name <> ''),
    created_at timestamptz not null default now(),
    retired_at timestamptz,
    primary key (tenant_id, warehouse_id),
    -- Keeps the company in the keys below true.
    constraint warehouse_of_company unique (tenant_id, company_id, warehouse_id),
    constraint warehouse_code unique (tenant_id, code),
    foreign key (tenant_id, company_id) references company.company
);
call kernel.protect('inventory.warehouse');

create table inventory.bin (
    tenant_id int not null,
    warehouse_id uuid not null,
    bin text not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, warehouse_id, bin),
    foreign key (tenant_id, warehouse_id) references inventory.warehouse
);
call kernel.protect('inventory.bin');

-- The row that a promise locks: one per company, item and warehouse.
create table inventory.balance (
    tenant_id int not null,
    company_id uuid not null,
    item_id uuid not null,
    warehouse_id uuid not null,
    on_hand numeric(19,6) not null default 0,
    reserved numeric(19,6) not null default 0,
    primary key (tenant_id, company_id, item_id, warehouse_id),
    foreign key (tenant_id, item_id) references catalog.item,
    foreign key (tenant_id, company_id, warehouse_id) references inventory.warehouse (tenant_id, company_id, warehouse_id),
    constraint balance_on_hand_not_negative check (on_hand >= 0),
    constraint balance_promised_once check (reserved >= 0 and reserved <= on_hand)
) with (fillfactor = 80);
create index balance_warehouse on inventory.balance (tenant_id, warehouse_id, item_id);
call kernel.protect('inventory.balance');

-- The same stock in detail. Where bin, lot, owner or status play no part, they have their defaults.
create table inventory.balance_detail (
    tenant_id int not null,
    company_id uuid not null,
    item_id uuid not null,
    warehouse_id uuid not null,
    bin text not null,
    lot text not null default '',
    owner_id uuid not null default '00000000-0000-0000-0000-000000000000',
    status text not null default 'available',
    on_hand numeric(19,6) not null default 0,
    primary key (tenant_id, company_id, item_id, warehouse_id, bin, lot, owner_id, status),
    foreign key (tenant_id, company_id, item_id, warehouse_id) references inventory.balance,
    foreign key (tenant_id, warehouse_id, bin) references inventory.bin,
    constraint balance_detail_not_negative check (on_hand >= 0)
) with (fillfactor = 80);
call kernel.protect('inventory.balance_detail');

-- Append-only, in partitions by the day of recording: what is dated back still lands in the newest one.
create table inventory.movement (
    tenant_id int not null,
    movement_id bigint generated always as identity,
    recorded_on date not null default (now() at time zone 'utc')::date,
    recorded_at timestamptz not null default clock_timestamp(),
    company_id uuid not null,
    kind text not null check (kind in ('receipt', 'issue')),
    document text not null,
    line_no int not null,
    date date not null,
    item_id uuid not null,
    warehouse_id uuid not null,
    bin text not null,
    lot text not null,
    owner_id uuid not null,
    status text not null,
    quantity numeric(19,6) not null check (quantity <> 0 and (quantity > 0) = (kind = 'receipt')),
    unit_cost numeric(19,6) not null check (unit_cost >= 0),
    amount numeric(19,4) not null,
    reason text not null default '',
    reference text not null default '',
    actor uuid not null,
    primary key (tenant_id, recorded_on, movement_id)
) partition by range (recorded_on);
create index movement_newest on inventory.movement (tenant_id, company_id, movement_id);
create index movement_document on inventory.movement (tenant_id, company_id, document);
create index movement_item on inventory.movement (tenant_id, company_id, item_id, movement_id);
call kernel.protect('inventory.movement');
insert into kernel.partition_plan values ('inventory.movement', 'month', 3);
select kernel.make_partitions_ahead();

create table inventory.reservation (
    tenant_id int not null,
    reservation_id uuid not null,
    company_id uuid not null,
    demand text not null check (demand <> ''),
    created_at timestamptz not null default clock_timestamp(),
    created_by uuid not null,
    released_at timestamptz,
    primary key (tenant_id, reservation_id),
    foreign key (tenant_id, company_id) references company.company
);
-- One open promise per demand; a released demand may be promised anew.
create unique index reservation_demand on inventory.reservation (tenant_id, company_id, demand) where released_at is null;
call kernel.protect('inventory.reservation');

create table inventory.reservation_line (
    tenant_id int not null,
    reservation_id uuid not null,
    company_id uuid not null,
    item_id uuid not null,
    warehouse_id uuid not null,
    quantity numeric(19,6) not null check (quantity > 0),
    primary key (tenant_id, reservation_id, item_id, warehouse_id),
    foreign key (tenant_id, reservation_id) references inventory.reservation,
    foreign key (tenant_id, company_id, item_id, warehouse_id) references inventory.balance
);
create index reservation_line_stock on inventory.reservation_line (tenant_id, company_id, item_id, warehouse_id);
call kernel.protect('inventory.reservation_line');

create view inventory.v_movement_value with (security_invoker = true) as
    select tenant_id, company_id, document, amount from inventory.movement;

grant usage on schema inventory to millrace_app, millrace_report;
grant select, insert, update on inventory.warehouse, inventory.balance, inventory.balance_detail, inventory.reservation to millrace_app;
grant select, insert on inventory.bin, inventory.movement, inventory.reservation_line to millrace_app;
grant select on inventory.v_movement_value to millrace_app;
grant select on all tables in schema inventory to millrace_report;
