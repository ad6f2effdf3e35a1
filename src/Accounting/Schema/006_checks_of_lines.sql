-- What these said line by line, the check of a whole statement says at once: the voucher is there and of the same transaction, and
-- the accounts exist. Neither can be taken away, for nobody may delete them.
alter table accounting.voucher_line drop constraint voucher_line_tenant_id_voucher_id_fkey;
alter table accounting.voucher_line drop constraint voucher_line_tenant_id_company_id_account_fkey;

-- Planned anew for each statement: a plan kept from when there was little would read all vouchers for every line. The lines of a voucher
-- are recorded on the day of their transaction, so that only the newest partition is asked whether there are others.
create or replace function accounting.check_lines() returns trigger language plpgsql set plan_cache_mode = force_custom_plan as $$
declare
    today date := (now() at time zone 'utc')::date;
    wrong record;
begin
    select l.*, v.total, v.xid is distinct from pg_current_xact_id() as late, o.lines into wrong
    from (select a.tenant_id, a.voucher_id, sum(a.debit) as debit, sum(a.credit) as credit, count(*) as added,
            bool_or(a.recorded_on <> today) as misdated
        from added a group by a.tenant_id, a.voucher_id) l
    left join lateral (
        select v.total, v.xid from accounting.voucher v
        where v.tenant_id = l.tenant_id and v.voucher_id = l.voucher_id limit 1) v on true
    cross join lateral (
        select count(*) as lines from accounting.voucher_line o
        where o.recorded_on = today and o.tenant_id = l.tenant_id and o.voucher_id = l.voucher_id) o
    where l.debit <> l.credit or l.debit is distinct from v.total or v.xid is distinct from pg_current_xact_id()
        or l.added <> o.lines or l.misdated
    limit 1;
    if found then
        raise exception using errcode = '23514', constraint = 'voucher_balanced_and_closed',
            message = format('voucher %s: debit %s, credit %s, total %s, added %s of %s lines, late %s',
                wrong.voucher_id, wrong.debit, wrong.credit, wrong.total, wrong.added, wrong.lines, wrong.late);
    end if;
    select a.* into wrong from (select distinct tenant_id, company_id, account from added) a
    where (select true from accounting.account c
        where c.tenant_id = a.tenant_id and c.company_id = a.company_id and c.account = a.account limit 1) is null
    limit 1;
    if found then
        raise exception using errcode = '23503', constraint = 'voucher_line_account',
            message = format('company %s has no account %s', wrong.company_id, wrong.account);
    end if;
    return null;
end $$;
alter function accounting.check_vouchers() set plan_cache_mode = force_custom_plan;
