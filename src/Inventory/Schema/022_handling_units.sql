-- A pallet or a box with its SSCC: a bin that stands in another one, and goes from place to place with all that is on it.
alter table inventory.bin add column is_unit boolean not null default false;

create table inventory.handling_unit (
    tenant_id int not null,
    sscc text not null check (sscc ~ '^[0-9]{18}$'),
    company_id uuid not null,
    warehouse_id uuid not null,
    bin text not null,
    created_at timestamptz not null default now(),
    moved_at timestamptz not null default now(),
    dissolved_at timestamptz,
    primary key (tenant_id, sscc),
    foreign key (tenant_id, company_id, warehouse_id) references inventory.warehouse (tenant_id, company_id, warehouse_id),
    -- Where it stands, and the bin that it is itself.
    foreign key (tenant_id, warehouse_id, bin) references inventory.bin,
    foreign key (tenant_id, warehouse_id, sscc) references inventory.bin (tenant_id, warehouse_id, bin),
    constraint handling_unit_stands_elsewhere check (bin <> sscc)
);
create index handling_unit_company on inventory.handling_unit (tenant_id, company_id, sscc);
call kernel.protect('inventory.handling_unit');
call kernel.audit('inventory.handling_unit', 'sscc');
grant select, insert, update on inventory.handling_unit to millrace_app;
grant select on inventory.handling_unit to millrace_report;

-- What is on a unit is found by its bin. Other bins are not in this index.
create index balance_detail_unit on inventory.balance_detail (tenant_id, warehouse_id, bin) where length(bin) = 18;

-- Numbers that a company gives out: its GS1 prefix, and how many it gave.
create table inventory.sscc_prefix (
    tenant_id int not null,
    company_id uuid not null,
    prefix text not null check (prefix ~ '^[0-9]{4,12}$'),
    given bigint not null default 0 check (given >= 0),
    primary key (tenant_id, company_id),
    foreign key (tenant_id, company_id) references company.company
);
call kernel.protect('inventory.sscc_prefix');
call kernel.audit('inventory.sscc_prefix', 'company_id');
grant select, insert, update on inventory.sscc_prefix to millrace_app;
grant select on inventory.sscc_prefix to millrace_report;

-- Goods lie on a unit only where it is. Who puts something on it holds its row, as who moves it does.
create function inventory.unit_is_here() returns trigger language plpgsql set search_path = '' as $$
begin
    perform from inventory.handling_unit u
    where u.tenant_id = new.tenant_id and u.sscc = new.bin and u.warehouse_id = new.warehouse_id and u.dissolved_at is null
    for share;
    if not found and exists (
        select from inventory.bin b
        where b.tenant_id = new.tenant_id and b.warehouse_id = new.warehouse_id and b.bin = new.bin and b.is_unit)
    then
        raise check_violation using message = format('The unit %s does not stand in this warehouse.', new.bin),
            constraint = 'handling_unit_is_here';
    end if;
    return null;
end
$$;
create trigger unit_is_here after insert on inventory.balance_detail
    for each row when (length(new.bin) = 18 and new.on_hand > 0) execute function inventory.unit_is_here();
create trigger unit_is_still_here after update of on_hand on inventory.balance_detail
    for each row when (length(new.bin) = 18 and new.on_hand > old.on_hand) execute function inventory.unit_is_here();

-- And it leaves nothing behind. The goods follow within the transaction, so this is asked at its end.
create function inventory.unit_leaves_nothing() returns trigger language plpgsql set search_path = '' as $$
begin
    if exists (
        select from inventory.balance_detail d
        where d.tenant_id = old.tenant_id and d.warehouse_id = old.warehouse_id and d.bin = old.sscc
            and length(d.bin) = 18 and d.on_hand > 0)
    then
        raise check_violation using message = format('There are goods on the unit %s that did not go with it.', old.sscc),
            constraint = 'handling_unit_leaves_nothing';
    end if;
    return null;
end
$$;
create constraint trigger unit_leaves_nothing after update of warehouse_id, dissolved_at on inventory.handling_unit
    deferrable initially deferred for each row
    when (new.warehouse_id <> old.warehouse_id or (new.dissolved_at is not null and old.dissolved_at is null))
    execute function inventory.unit_leaves_nothing();
