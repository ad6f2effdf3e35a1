-- What was in a warehouse at the end of some days: of a full day the quantity of every place, of another what each place gained or lost.
-- A job writes both when the day is over; no movement pays for it.
create table inventory.stock_day (
    tenant_id int not null,
    warehouse_id uuid not null,
    day date not null,
    item_id uuid not null,
    bin text not null,
    lot text not null,
    owner_id uuid not null,
    status text not null,
    quantity numeric(19,6) not null check (quantity <> 0),
    primary key (tenant_id, warehouse_id, day, item_id, bin, lot, owner_id, status)
);
call kernel.protect('inventory.stock_day');
create index stock_day_item on inventory.stock_day (tenant_id, item_id, warehouse_id, day);
grant select on inventory.stock_day to millrace_app, millrace_report;

create table inventory.stock_full_day (
    tenant_id int not null,
    warehouse_id uuid not null,
    day date not null,
    places int not null,
    primary key (tenant_id, warehouse_id, day)
);
call kernel.protect('inventory.stock_full_day');
grant select on inventory.stock_full_day to millrace_app, millrace_report;

-- The last day that is written, of all tenants.
create table inventory.stock_day_done (
    only_row boolean primary key default true check (only_row),
    day date not null
);
grant select on inventory.stock_day_done to millrace_app, millrace_report;
do $$
declare
    tenant int;
    first date := (now() at time zone 'utc')::date;
begin
    for tenant in select tenant_id from company.tenant loop
        perform set_config('app.tenant_id', tenant::text, true);
        first := least(first, (select min(recorded_on) from inventory.movement));
    end loop;
    perform set_config('app.tenant_id', '', true);
    insert into inventory.stock_day_done (day) values (first - 1);
end $$;

-- Writes the next day; without an answer there is none that has been over for an hour, so that whoever began before midnight has ended.
-- It is a full one when the changes since the last full one are as many as that has lines: whoever asks reads no more than twice what
-- there was, and what is kept is no more than twice what changed. Planned anew each time, for the tables may have been empty before.
create function inventory.close_stock_day() returns date language plpgsql security definer
    set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
declare
    tenant int;
    place record;
    full_day record;
    wanted date;
    changes bigint;
begin
    select d.day + 1 into wanted from inventory.stock_day_done d for update;
    if wanted >= (clock_timestamp() at time zone 'utc' - interval '1 hour')::date then
        return null;
    end if;
    for tenant in select tenant_id from company.tenant loop
        perform set_config('app.tenant_id', tenant::text, true);
        for place in select warehouse_id, count(*) as moved from inventory.movement where recorded_on = wanted group by warehouse_id loop
            select f.day, f.places into full_day from inventory.stock_full_day f
                where f.warehouse_id = place.warehouse_id order by f.day desc limit 1;
            select count(*) + place.moved into changes from inventory.stock_day s
                where s.warehouse_id = place.warehouse_id and s.day > full_day.day;
            if full_day.day is not null and changes < greatest(full_day.places, 1000) then
                full_day.day := wanted; -- nothing before it is added
            else
                insert into inventory.stock_full_day values (tenant, place.warehouse_id, wanted, 0);
            end if;
            insert into inventory.stock_day
            select tenant, place.warehouse_id, wanted, t.item_id, t.bin, t.lot, t.owner_id, t.status, sum(t.quantity)
            from (select m.item_id, m.bin, m.lot, m.owner_id, m.status, m.quantity from inventory.movement m
                    where m.recorded_on = wanted and m.warehouse_id = place.warehouse_id
                union all
                select s.item_id, s.bin, s.lot, s.owner_id, s.status, s.quantity from inventory.stock_day s
                    where s.warehouse_id = place.warehouse_id and s.day >= full_day.day) t
            group by t.item_id, t.bin, t.lot, t.owner_id, t.status having sum(t.quantity) <> 0;
            get diagnostics changes = row_count;
            update inventory.stock_full_day f set places = changes where f.warehouse_id = place.warehouse_id and f.day = wanted;
        end loop;
    end loop;
    perform set_config('app.tenant_id', '', true);
    update inventory.stock_day_done set day = wanted;
    return wanted;
end $$;
revoke execute on function inventory.close_stock_day() from public;
grant execute on function inventory.close_stock_day() to millrace_app;
