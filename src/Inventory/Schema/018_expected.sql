-- What is on its way to a warehouse: which order brings it, until when, how much, and what of it is promised already.
create table inventory.expected (
    tenant_id int not null,
    expected_id uuid not null,
    company_id uuid not null,
    item_id uuid not null,
    warehouse_id uuid not null,
    source text not null check (source <> ''),
    due date not null,
    quantity numeric(19,6) not null check (quantity > 0),
    arrived numeric(19,6) not null default 0 check (arrived >= 0),
    promised numeric(19,6) not null default 0,
    closed_at timestamptz,
    version int not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    changed_by uuid not null,
    changed_request text not null,
    primary key (tenant_id, expected_id),
    foreign key (tenant_id, company_id, item_id, warehouse_id) references inventory.balance,
    -- No more of it is promised than is still to come.
    constraint expected_promised_once
        check (promised >= 0 and promised <= case when closed_at is null then greatest(quantity - arrived, 0) else 0 end)
);
create unique index expected_source on inventory.expected
    (tenant_id, company_id, source, item_id, warehouse_id) where closed_at is null;
create index expected_open on inventory.expected
    (tenant_id, company_id, item_id, warehouse_id, due, expected_id) where closed_at is null and arrived < quantity;
create index expected_newest on inventory.expected (tenant_id, company_id, expected_id);
call kernel.protect('inventory.expected');
call kernel.audit_by_row('inventory.expected', 'expected_id');

-- Which promise waits for which supply; nothing is left of one that was served or given back.
create table inventory.promised_supply (
    tenant_id int not null,
    expected_id uuid not null,
    reservation_id uuid not null,
    quantity numeric(19,6) not null check (quantity >= 0),
    primary key (tenant_id, expected_id, reservation_id),
    foreign key (tenant_id, expected_id) references inventory.expected,
    foreign key (tenant_id, reservation_id) references inventory.reservation
);
create index promised_supply_of on inventory.promised_supply (tenant_id, reservation_id);
call kernel.protect('inventory.promised_supply');

-- Which supply a line of a receipt, or of its reversal, belongs to.
alter table inventory.movement add column expected_id uuid;

-- The part of a line that comes with a supply, and the day on which it is needed.
alter table inventory.reservation add column needed_on date;
alter table inventory.reservation_line add column expected numeric(19,6) not null default 0;
alter table inventory.reservation_line drop constraint reservation_line_parts;
alter table inventory.reservation_line add constraint reservation_line_parts
    check (waiting >= 0 and taken >= 0 and released >= 0 and expected >= 0 and waiting + taken + released + expected <= quantity);

grant select, insert, update on inventory.expected, inventory.promised_supply to millrace_app;
grant update (expected) on inventory.reservation_line to millrace_app;
grant select on inventory.expected, inventory.promised_supply to millrace_report;
