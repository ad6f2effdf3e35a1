-- A voucher comes with its lines in one statement; check_lines looks from the other side.
create function accounting.check_vouchers() returns trigger language plpgsql as $$
declare
    bare uuid;
begin
    -- Asked voucher by voucher: as a join, planned while the lines were few, it would read all of them for every batch.
    select a.voucher_id into bare from added a
    where (select true from accounting.voucher_line l where l.tenant_id = a.tenant_id and l.voucher_id = a.voucher_id limit 1) is null
    limit 1;
    if found then
        raise exception using errcode = '23514', constraint = 'voucher_has_lines', message = format('voucher %s has no lines', bare);
    end if;
    return null;
end $$;
revoke all on function accounting.check_vouchers() from public;

create trigger check_vouchers after insert on accounting.voucher
    referencing new table as added for each statement execute function accounting.check_vouchers();
