-- A lot as it was first received. Stock from before lots were kept has no row here.
create table inventory.lot (
    tenant_id int not null,
    item_id uuid not null,
    lot text not null check (lot <> ''),
    first_on date not null,
    expires_on date,
    created_at timestamptz not null default clock_timestamp(),
    primary key (tenant_id, item_id, lot),
    foreign key (tenant_id, item_id) references catalog.item
);
call kernel.protect('inventory.lot');

-- A piece is in stock once, in whatever place: the detail of a balance says where.
create table inventory.serial (
    tenant_id int not null,
    item_id uuid not null,
    serial text not null check (serial <> ''),
    on_hand int not null,
    primary key (tenant_id, item_id, serial),
    foreign key (tenant_id, item_id) references catalog.item,
    constraint serial_once check (on_hand in (0, 1))
) with (fillfactor = 80);
call kernel.protect('inventory.serial');

grant select, insert, update on inventory.lot, inventory.serial to millrace_app;
grant select on inventory.lot, inventory.serial to millrace_report;

-- A warehouse is walked in some order when it is filled and in some order when it is emptied; a closed bin takes nothing in.
alter table inventory.bin add column zone text not null default '';
alter table inventory.bin add column put_away_order int not null default 0 check (put_away_order >= 0);
alter table inventory.bin add column removal_order int not null default 0 check (removal_order >= 0);
alter table inventory.bin add column closed_at timestamptz;
alter table inventory.bin add column version int not null default 1;
grant update on inventory.bin to millrace_app;
