-- What these said row by row, the check of a whole statement says at once: the promise is there, of the same company, and each place
-- has a balance, which belongs to a company. None of them can be taken away, for nobody may delete them. Row by row, many promises of
-- one hot item looked its balance up once for each of them, past every version of it that was not cleaned up yet.
alter table inventory.reservation_line drop constraint reservation_line_tenant_id_reservation_id_fkey;
alter table inventory.reservation_line drop constraint reservation_line_tenant_id_company_id_item_id_warehouse_id_fkey;
alter table inventory.reservation drop constraint reservation_tenant_id_company_id_fkey;

-- Each place and promise is looked up by its whole key, whatever the tables looked like when the plan was made.
create function inventory.check_promises() returns trigger language plpgsql
    set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    wrong record;
begin
    select a.* into wrong from (select distinct tenant_id, company_id, item_id, warehouse_id from added) a
    where not exists (select from inventory.balance b
        where b.tenant_id = a.tenant_id and b.company_id = a.company_id and b.item_id = a.item_id and b.warehouse_id = a.warehouse_id)
    limit 1;
    if found then
        raise exception using errcode = '23503', constraint = 'reservation_line_place',
            message = format('item %s has no balance in warehouse %s of company %s', wrong.item_id, wrong.warehouse_id, wrong.company_id);
    end if;
    select a.* into wrong from (select distinct tenant_id, reservation_id, company_id from added) a
    where not exists (select from inventory.reservation r
        where r.tenant_id = a.tenant_id and r.reservation_id = a.reservation_id and r.company_id = a.company_id)
    limit 1;
    if found then
        raise exception using errcode = '23503', constraint = 'reservation_line_promise',
            message = format('company %s has no reservation %s', wrong.company_id, wrong.reservation_id);
    end if;
    return null;
end $$;
create trigger check_promises after insert on inventory.reservation_line referencing new table as added
    for each statement execute function inventory.check_promises();
