CREATE SCHEMA accounting;

CREATE SCHEMA catalog;

CREATE SCHEMA company;

CREATE SCHEMA identity;

CREATE SCHEMA inventory;

CREATE SCHEMA kernel;

CREATE SCHEMA work;

CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA kernel;

COMMENT ON EXTENSION btree_gin IS 'support for indexing common datatypes in GIN';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA kernel;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA kernel;

COMMENT ON EXTENSION pgcrypto IS 'cryptographic functions';

CREATE FUNCTION accounting.check_lines() RETURNS trigger
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
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

CREATE FUNCTION accounting.check_vouchers() RETURNS trigger
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
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

CREATE FUNCTION identity.change_password(wanted uuid, hash text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    update identity.person set password_hash = hash where person_id = wanted
$$;

CREATE FUNCTION identity.give_everything(declared text[]) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    with given as (
        insert into identity.role_permission (tenant_id, role_id, permission)
        select r.tenant_id, r.role_id, d.permission
        from identity.role r cross join unnest(declared) as d (permission)
        where r.everything and r.retired_at is null and not exists (select from identity.role_permission p
            where p.tenant_id = r.tenant_id and p.role_id = r.role_id and p.permission = d.permission)
        order by r.tenant_id, r.role_id, d.permission
        on conflict do nothing
        returning 1)
    select count(*)::int from given
$$;

CREATE FUNCTION identity.join_tenant(new_id uuid, address text, hash text, tenant_name text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
declare
    found_id uuid;
begin
    if kernel.tenant() is null then raise exception 'no tenant is set'; end if;
    insert into identity.person (person_id, email, password_hash) values (new_id, lower(address), hash)
        on conflict (email) do nothing;
    select person_id into found_id from identity.person where email = lower(address);
    insert into identity.person_tenant values (found_id, kernel.tenant(), tenant_name) on conflict do nothing;
    return found_id;
end $$;

CREATE FUNCTION identity.leave_tenant(wanted uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
begin
    perform from identity.person where person_id = wanted for update;
    delete from identity.person_tenant where person_id = wanted and tenant_id = (select kernel.tenant());
    if exists (select from identity.person_tenant where person_id = wanted) then return; end if;
    delete from identity.recovery_code where person_id = wanted;
    delete from identity.second_factor where person_id = wanted;
    delete from identity.password_reset where person_id = wanted;
    delete from identity.person where person_id = wanted;
end $$;

CREATE FUNCTION identity.note_right_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
begin
    insert into identity.right_change (tenant_id, subject) values (new.tenant_id, (to_jsonb(new) ->> nullif(tg_argv[0], ''))::uuid);
    return null;
end $$;

CREATE FUNCTION identity.note_right_changes() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
begin
    insert into identity.right_change (tenant_id, subject)
    select distinct (to_jsonb(c) ->> 'tenant_id')::int, (to_jsonb(c) ->> nullif(tg_argv[0], ''))::uuid from changed c;
    return null;
end $$;

CREATE FUNCTION identity.password_of(wanted uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    select password_hash from identity.person where person_id = wanted
$$;

CREATE FUNCTION identity.person_by_email(wanted text) RETURNS TABLE(person_id uuid, password_hash text, tenant_id integer, tenant_name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    select p.person_id, p.password_hash, t.tenant_id, t.tenant_name
    from identity.person p join identity.person_tenant t using (person_id)
    where p.email = lower(wanted)
    order by t.tenant_name, t.tenant_id
    limit 200
$$;

CREATE FUNCTION identity.sweep_sessions() RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    with gone as (delete from identity.session where expires_at < now() - interval '30 days' returning 1)
    select count(*)::int from gone
$$;

CREATE FUNCTION identity.sweep_tokens() RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    with codes as (delete from identity.authorization_code where expires_at < now() - interval '30 days' returning 1),
    tokens as (delete from identity.refresh_token where expires_at < now() - interval '30 days' returning 1)
    select (select count(*) from codes)::int + (select count(*) from tokens)::int
$$;

CREATE FUNCTION identity.tenants_of(wanted uuid) RETURNS TABLE(tenant_id integer, tenant_name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    select tenant_id, tenant_name from identity.person_tenant where person_id = wanted order by tenant_name, tenant_id limit 200
$$;

CREATE FUNCTION inventory.check_promises() RETURNS trigger
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
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

CREATE FUNCTION inventory.close_stock_day() RETURNS date
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
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

CREATE FUNCTION inventory.unit_is_here() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

CREATE FUNCTION inventory.unit_leaves_nothing() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

CREATE PROCEDURE kernel.audit(IN target regclass, IN key text, IN left_out text DEFAULT ''::text, IN personal text DEFAULT ''::text, IN person text DEFAULT ''::text)
    LANGUAGE plpgsql
    AS $$
begin
    execute format('create trigger audit after insert or update or delete on %s for each row execute function kernel.audit_row(%s)',
        target, concat_ws(', ', quote_literal('{' || key || '}'), quote_literal('{' || left_out || '}'),
            case when personal <> '' then quote_literal('{' || personal || '}') || ', ' || quote_literal(person) end));
end $$;

CREATE PROCEDURE kernel.audit_by_row(IN target regclass, IN key text)
    LANGUAGE plpgsql
    AS $$
begin
    execute format('create trigger audit after insert on %s referencing new table as added
        for each statement execute function kernel.audit_statement(%L)', target, key);
    execute format('create trigger audit_update after update on %s referencing old table as removed new table as added
        for each statement execute function kernel.audit_statement(%L)', target, key);
end $$;

CREATE TABLE kernel.audit (
    tenant_id integer NOT NULL,
    day date DEFAULT ((now() AT TIME ZONE 'utc'::text))::date NOT NULL,
    audit_id bigint NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    actor uuid NOT NULL,
    request text NOT NULL,
    entity text NOT NULL,
    key text NOT NULL,
    change text NOT NULL,
    before jsonb,
    after jsonb,
    CONSTRAINT audit_change_check CHECK ((change = ANY (ARRAY['insert'::text, 'update'::text, 'delete'::text])))
)
PARTITION BY RANGE (day);

ALTER TABLE ONLY kernel.audit FORCE ROW LEVEL SECURITY;

CREATE FUNCTION kernel.audit_digest(a kernel.audit) RETURNS bytea
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog'
    AS $$
    select sha256(convert_to(jsonb_build_array(a.tenant_id, a.day, a.audit_id, extract(epoch from a.at), a.actor, a.request,
        a.entity, a.key, a.change, a.before, a.after)::text, 'UTF8'))
$$;

CREATE FUNCTION kernel.audit_row() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
declare
    old_row jsonb;
    new_row jsonb;
    any_row jsonb;
    was jsonb;
    is_now jsonb;
    row_key text;
begin
    if tg_op <> 'INSERT' then old_row := to_jsonb(old); end if;
    if tg_op <> 'DELETE' then new_row := to_jsonb(new); end if;
    if tg_argv[1] <> '{}' then
        old_row := old_row - tg_argv[1]::text[];
        new_row := new_row - tg_argv[1]::text[];
    end if;
    if old_row = new_row then return null; end if;
    any_row := coalesce(new_row, old_row);
    if tg_nargs > 2 then
        if tg_op = 'UPDATE' then
            was := kernel.only_changed(old_row, new_row);
            is_now := kernel.only_changed(new_row, old_row);
        else
            was := old_row - 'tenant_id';
            is_now := new_row - 'tenant_id';
        end if;
        was := kernel.seal_personal((any_row ->> 'tenant_id')::int, (any_row ->> tg_argv[3])::uuid, tg_argv[2]::text[], was);
        is_now := kernel.seal_personal((any_row ->> 'tenant_id')::int, (any_row ->> tg_argv[3])::uuid, tg_argv[2]::text[], is_now);
    else
        was := old_row;
        is_now := new_row;
    end if;
    -- A key of one column, which is nearly every key, is the path to itself.
    if strpos(tg_argv[0], ',') = 0 then
        row_key := any_row #>> tg_argv[0]::text[];
    else
        select string_agg(any_row ->> k.name, '/' order by k.n) into row_key from unnest(tg_argv[0]::text[]) with ordinality k (name, n);
    end if;
    insert into kernel.audit (tenant_id, actor, request, entity, key, change, before, after)
    values ((any_row ->> 'tenant_id')::int,
        coalesce(nullif(current_setting('app.actor', true), '')::uuid, '00000000-0000-0000-0000-000000000000'),
        coalesce(nullif(current_setting('app.request', true), ''), session_user || ' by hand'),
        tg_table_schema || '.' || tg_table_name, row_key, lower(tg_op), was, is_now);
    return null;
end $$;

CREATE FUNCTION kernel.audit_statement() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
begin
    if tg_op = 'INSERT' then
        insert into kernel.audit (tenant_id, actor, request, entity, key, change, after)
        select a.tenant_id, a.changed_by, a.changed_request, tg_table_schema || '.' || tg_table_name, j.now ->> tg_argv[0],
            'insert', j.now - '{changed_by,changed_request}'::text[]
        from added a cross join lateral (select to_jsonb(a) as now offset 0) j;
    else
        insert into kernel.audit (tenant_id, actor, request, entity, key, change, before, after)
        select a.tenant_id, a.changed_by, a.changed_request, tg_table_schema || '.' || tg_table_name, j.now ->> tg_argv[0],
            'update', w.was - '{changed_by,changed_request}'::text[], j.now - '{changed_by,changed_request}'::text[]
        from added a
        cross join lateral (select to_jsonb(a) as now offset 0) j
        join (select r.tenant_id, to_jsonb(r) as was from removed r offset 0) w
            on w.tenant_id = a.tenant_id and w.was ->> tg_argv[0] = j.now ->> tg_argv[0];
    end if;
    return null;
end $$;

CREATE FUNCTION kernel.cluster_state() RETURNS text
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    select case
        when c.system <> s.system_identifier then 'copied'
        when c.timeline <> kernel.timeline() then 'restored'
        else 'same' end
    from kernel.cluster c, pg_control_system() s
$$;

CREATE FUNCTION kernel.due_schedules() RETURNS TABLE(tenant_id integer, schedule_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    select s.tenant_id, s.schedule_id from kernel.schedule s
    where s.enabled and s.next_at <= clock_timestamp() order by s.next_at limit 200
$$;

CREATE FUNCTION kernel.erase_person(person uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    insert into kernel.person_key as k (tenant_id, person_id, destroyed_at) values ((select kernel.tenant()), person, now())
    on conflict (tenant_id, person_id) do update set key = null, destroyed_at = coalesce(k.destroyed_at, now())
$$;

CREATE FUNCTION kernel.fold(words text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    select lower(translate(words, 'İIıŞşĞğÜüÖöÇçÂâÎîÛûÉéÈèÁáÀàÄäß', 'iiissgguuooccaaiiuueeeeaaaaaas'))
$$;

CREATE FUNCTION kernel.follow_search() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $_$
declare
    entry constant text := format(
        'select tenant_id, %L, %s, %s, %s, %s, %s, %s from touched',
        tg_argv[0], tg_argv[1], tg_argv[2], tg_argv[3], tg_argv[4],
        format($words$' ' || kernel.fold(%s || ' ' || %s || ' ' || %s)$words$, tg_argv[3], tg_argv[4], tg_argv[5]), tg_argv[6]);
begin
    if tg_op = 'DELETE' then
        execute format(
            'delete from kernel.search_entry e using touched t
             where e.tenant_id = t.tenant_id and e.entity = %L and e.entity_id = t.%s', tg_argv[0], tg_argv[1]);
    elsif tg_op = 'INSERT' then
        execute 'insert into kernel.search_entry ' || entry;
    else
        execute format(
            'update kernel.search_entry e
             set company_id = n.company_id, code = n.code, title = n.title, words = n.words, in_use = n.in_use
             from (%s) n (tenant_id, entity, entity_id, company_id, code, title, words, in_use)
             where e.tenant_id = n.tenant_id and e.entity = n.entity and e.entity_id = n.entity_id
                 and (e.code, e.title, e.words, e.in_use) is distinct from (n.code, n.title, n.words, n.in_use)', entry);
    end if;
    return null;
end $_$;

CREATE PROCEDURE kernel.forget_transactions(IN own xid8, IN event_day date, IN look_day date)
    LANGUAGE plpgsql
    AS $$
begin
    alter table kernel.event no force row level security;
    alter table kernel.audit no force row level security;
    update kernel.event e set xid = case when exists (select from kernel.event_pos p where p.event_day = e.day and p.event_id = e.id)
        then '3'::xid8 else own end
    where e.day >= event_day - 3;
    alter table kernel.audit_block no force row level security;
    update kernel.audit a set xid = case when exists (select from kernel.audit_block b where b.tenant_id = a.tenant_id
        and b.days && array[a.day] and b.ids && array[a.audit_id]) then '3'::xid8 else own end
    where a.day >= look_day - 3;
    alter table kernel.audit_block force row level security;
    alter table kernel.audit force row level security;
    alter table kernel.event force row level security;
    insert into kernel.audit_look (look, snapshot, day)
        select max(look) + 1, (own || ':' || own || ':')::pg_snapshot, look_day from kernel.audit_look;
end $$;

CREATE FUNCTION kernel.found(entity text, sought text[], most integer) RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $_$
declare
    patterns constant text[] := kernel.patterns(sought);
    matches constant text := (select string_agg(format(' and words like $4[%s]', at), '') from generate_subscripts(patterns, 1) at);
    ids uuid[];
begin
    execute 'select coalesce(array_agg(entity_id), ''{}'') from (select entity_id from kernel.search_entry
        where tenant_id = $1 and entity = $2' || matches || ' limit $3 + 1) found'
        into ids using kernel.tenant(), entity, most, patterns;
    return case when cardinality(ids) <= most then ids end;
end $_$;

CREATE FUNCTION kernel.job_figures() RETURNS TABLE(due bigint, running bigint, failed bigint, late_seconds numeric, mails_due bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    select
        (select count(*) from kernel.job where state = 'waiting' and run_at <= clock_timestamp()),
        (select count(*) from kernel.job where state = 'running'),
        (select count(*) from kernel.job where state = 'failed' and ended_at > now() - interval '1 hour'),
        coalesce((select extract(epoch from clock_timestamp() - min(run_at)) from kernel.job
            where state = 'waiting' and run_at <= clock_timestamp()), 0),
        (select count(*) from kernel.job where state = 'waiting' and run_at <= clock_timestamp() and type = 'mail.send')
$$;

CREATE FUNCTION kernel.keep_jobs(tenants integer[], jobs uuid[], takings integer[], lease interval) RETURNS TABLE(job_id uuid, cancelled boolean)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    update kernel.job j set lease_until = clock_timestamp() + lease
    from (select * from unnest(tenants, jobs, takings) as k (tenant_id, job_id, taking) order by 1, 2) k
    where j.tenant_id = k.tenant_id and j.job_id = k.job_id and j.taking = k.taking and j.state = 'running'
    returning j.job_id, j.cancel_requested_at is not null
$$;

CREATE PROCEDURE kernel.make_partition(IN parent text, IN suffix text, IN low text, IN high text)
    LANGUAGE plpgsql
    AS $$
declare
    child text := parent || '_' || suffix;
    forced boolean;
begin
    if to_regclass(child) is not null then return; end if;
    execute format('create table %s (like %s including defaults including constraints including indexes)', child, parent);
    select relforcerowsecurity into forced from pg_class where oid = parent::regclass;
    if forced then call kernel.protect(child::regclass); end if;
    execute format('alter table %s attach partition %s for values from (%L) to (%L)', parent, child, low, high);
end $$;

CREATE FUNCTION kernel.make_partitions_ahead() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
declare
    plan record;
    today date := (now() at time zone 'utc')::date;
    start_on date;
    head bigint;
    span constant bigint := 10000000;
begin
    perform set_config('lock_timeout', '2s', true);
    if not pg_try_advisory_xact_lock(hashtextextended('kernel.partitions', 0)) then return; end if;
    for plan in select parent, step, ahead from kernel.partition_plan order by parent loop
        if plan.step = 'day' then
            for i in -1 .. plan.ahead loop
                call kernel.make_partition(plan.parent, to_char(today + i, 'YYYYMMDD'), (today + i)::text, (today + i + 1)::text);
            end loop;
        elsif plan.step = 'month' then
            for i in -1 .. plan.ahead loop
                start_on := (date_trunc('month', today) + make_interval(months => i))::date;
                call kernel.make_partition(
                    plan.parent, to_char(start_on, 'YYYYMM'), start_on::text, (start_on + interval '1 month')::date::text);
            end loop;
        else
            execute format('select coalesce(max(pos), 0) from %s', plan.parent) into head;
            for i in 0 .. plan.ahead loop
                call kernel.make_partition(
                    plan.parent, lpad((head / span + i)::text, 6, '0'), ((head / span + i) * span)::text, ((head / span + i + 1) * span)::text);
            end loop;
        end if;
    end loop;
end $$;

CREATE FUNCTION kernel.needle(word text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    select case when length(word) < 3 then ' ' else '' end || kernel.fold(word)
$$;

CREATE FUNCTION kernel.only_changed(one jsonb, other jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog'
    AS $$
    select jsonb_object_agg(e.key, e.value) from jsonb_each(one) e where other -> e.key is distinct from e.value
$$;

CREATE FUNCTION kernel.open_personal(value jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
declare
    part record;
    opened jsonb;
begin
    for part in select e.key, e.value -> 'sealed' as sealed, (e.value ->> 'person')::uuid as person
        from jsonb_each(value) e where jsonb_typeof(e.value) = 'object' and e.value ? 'sealed' loop
        select kernel.pgp_sym_decrypt(decode(part.sealed #>> '{}', 'base64'), k.key)::jsonb into opened
        from kernel.person_key k
        where k.tenant_id = (select kernel.tenant()) and k.person_id = part.person and k.key is not null;
        value := jsonb_set(value, array[part.key], coalesce(opened, 'null'::jsonb));
        opened := null;
    end loop;
    return value;
end $$;

CREATE FUNCTION kernel.patterns(sought text[]) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    select array_agg('%' || replace(replace(replace(kernel.needle(word), '\', '\\'), '%', '\%'), '_', '\_') || '%' order by at)
    from unnest(sought) with ordinality as s (word, at)
$$;

CREATE PROCEDURE kernel.protect(IN target regclass)
    LANGUAGE plpgsql
    AS $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format(
        'create policy tenant on %s using (tenant_id = (select kernel.tenant())) with check (tenant_id = (select kernel.tenant()))',
        target);
end $$;

CREATE FUNCTION kernel.rebase(also_copied boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
declare
    state text;
    last record;
    looked date;
    fresh bigint;
    span constant bigint := 10000000;
begin
    perform set_config('lock_timeout', '5s', true);
    perform from kernel.cluster for update;
    state := kernel.cluster_state();
    if state = 'same' or (state = 'copied' and not also_copied) then return state; end if;
    select pos, coalesce(event_day, current_date) as day, snapshot into last from kernel.event_pos order by pos desc limit 1;
    fresh := (last.pos / span + 100) * span;
    call kernel.make_partition('kernel.event_pos', lpad((fresh / span)::text, 6, '0'), fresh::text, (fresh + span)::text);
    if state = 'copied' then
        select day into looked from kernel.audit_look order by look desc limit 1;
        call kernel.forget_transactions(pg_current_xact_id(), last.day, looked);
        last.snapshot := (pg_current_xact_id() || ':' || pg_current_xact_id() || ':')::pg_snapshot;
    end if;
    insert into kernel.log_break (after_pos, next_pos, reason) values (last.pos, fresh, state);
    insert into kernel.event_pos (pos, event_day, snapshot) values (fresh, last.day, last.snapshot);
    update kernel.cluster set system = (select system_identifier from pg_control_system()), timeline = kernel.timeline(),
        noted_at = clock_timestamp();
    -- Who held them did so before the restore.
    update kernel.lease set until = '-infinity', holder = '' where holder <> '';
    perform kernel.make_partitions_ahead();
    return state;
end $$;

CREATE FUNCTION kernel.reclaim_jobs() RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    with lost as (
        select j.tenant_id, j.job_id from kernel.job j where j.state = 'running' and j.lease_until < clock_timestamp()
        order by j.tenant_id, j.job_id limit 1000 for no key update skip locked),
    back as (
        update kernel.job j set lease_until = null, worker = '',
            state = case when j.cancel_requested_at is not null then 'cancelled'
                when j.attempts >= j.most_attempts then 'failed' else 'waiting' end,
            ended_at = case when j.cancel_requested_at is not null or j.attempts >= j.most_attempts then clock_timestamp() end,
            error = format('The program that worked on it ended or lost its connection, at attempt %s.', j.attempts)
        from lost where j.tenant_id = lost.tenant_id and j.job_id = lost.job_id returning 1)
    select count(*)::int from back
$$;

CREATE FUNCTION kernel.seal_personal(tenant integer, person uuid, columns text[], value jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
declare
    person_key text;
    column_name text;
begin
    if value is null or not value ?| columns then return value; end if;
    insert into kernel.person_key (tenant_id, person_id, key) values (tenant, person, encode(kernel.gen_random_bytes(32), 'hex'))
        on conflict do nothing;
    select k.key into person_key from kernel.person_key k where k.tenant_id = tenant and k.person_id = person;
    foreach column_name in array columns loop
        if value -> column_name <> 'null'::jsonb then
            value := jsonb_set(value, array[column_name], case when person_key is null then '{"sealed": ""}'::jsonb
                else jsonb_build_object('person', person, 'sealed',
                    encode(kernel.pgp_sym_encrypt((value -> column_name)::text, person_key, 'cipher-algo=aes256'), 'base64')) end);
        end if;
    end loop;
    return value;
end $$;

CREATE TABLE kernel.search_entry (
    tenant_id integer NOT NULL,
    entity text NOT NULL,
    entity_id uuid NOT NULL,
    company_id uuid,
    code text NOT NULL,
    title text NOT NULL,
    words text NOT NULL,
    in_use boolean NOT NULL
);
ALTER TABLE ONLY kernel.search_entry ALTER COLUMN words SET STATISTICS 1000;

ALTER TABLE ONLY kernel.search_entry FORCE ROW LEVEL SECURITY;

CREATE FUNCTION kernel.search(entities text[], sought text[], company uuid, most integer) RETURNS SETOF kernel.search_entry
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
    SET search_path TO 'pg_catalog'
    AS $_$
declare
    patterns constant text[] := kernel.patterns(sought);
    matches constant text := (select string_agg(format(' and words like $4[%s]', at), '') from generate_subscripts(patterns, 1) at);
    begins constant text := ' ' || ltrim(substr(patterns[1], 2));
begin
    return query execute
        'select (e).* from (
            select e, true as first from (select e from kernel.search_entry e where tenant_id = $1 and entity = any ($2)
                and ($3 is null or company_id is null or company_id = $3) and left(words, 40) like $6' || matches || '
                order by left(words, 40) limit $5) a (e)
            union
            select e, left((e).words, 40) like $6 from (select e from kernel.search_entry e where tenant_id = $1 and entity = any ($2)
                and ($3 is null or company_id is null or company_id = $3)' || matches || ' limit 200) b (e)) f (e, first)
         order by (e).in_use desc, first desc, length((e).words), (e).words, (e).entity_id limit $5'
        using kernel.tenant(), entities, company, patterns, most, begins;
end $_$;

CREATE PROCEDURE kernel.search_in(IN target regclass, IN entity text, IN id text, IN company text, IN code text, IN title text, IN further text, IN in_use text)
    LANGUAGE plpgsql
    AS $_$
declare
    arguments constant text := format('%L, %L, %L, %L, %L, %L, %L', entity, id, company, code, title, further, in_use);
begin
    execute format('create trigger search_new after insert on %s referencing new table as touched
        for each statement execute function kernel.follow_search(%s)', target, arguments);
    execute format('create trigger search_changed after update on %s referencing new table as touched
        for each statement execute function kernel.follow_search(%s)', target, arguments);
    execute format('create trigger search_gone after delete on %s referencing old table as touched
        for each statement execute function kernel.follow_search(%s)', target, arguments);
    -- What is there already, of all tenants.
    execute format('alter table %s no force row level security', target);
    execute format(
        $fill$insert into kernel.search_entry
            select tenant_id, %L, %s, %s, %s, %s, ' ' || kernel.fold(%s || ' ' || %s || ' ' || %s), %s from %s$fill$,
        entity, id, company, code, title, code, title, further, in_use, target);
    execute format('alter table %s force row level security', target);
end $_$;

CREATE FUNCTION kernel.sort_key(words text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    select replace(replace(replace(replace(replace(replace(
        lower(translate(words, 'İÂâÎîÛûÉéÈèÁáÀàÄäß', 'iaaiiuueeeeaaaaaas')),
        'ç', 'c~'), 'ğ', 'g~'), 'ı', 'h~'), 'ö', 'o~'), 'ş', 's~'), 'ü', 'u~')
$$;

CREATE FUNCTION kernel.sweep_answers(at_most integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    with old as (
        select tenant_id, client_id, key from kernel.answer
        where created_at < now() - interval '24 hours'
        order by created_at limit at_most for update skip locked),
    gone as (delete from kernel.answer a using old
        where (a.tenant_id, a.client_id, a.key) = (old.tenant_id, old.client_id, old.key) returning 1)
    select count(*)::int from gone
$$;

CREATE FUNCTION kernel.sweep_jobs(at_most integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    with old as (
        select j.tenant_id, j.job_id from kernel.job j
        where j.ended_at < now() - case j.state when 'done' then interval '7 days' else interval '90 days' end
        order by j.ended_at limit at_most for update skip locked),
    gone as (delete from kernel.job j using old where j.tenant_id = old.tenant_id and j.job_id = old.job_id returning 1)
    select count(*)::int from gone
$$;

CREATE FUNCTION kernel.take_jobs(taker text, types text[], at_most integer, lease interval) RETURNS TABLE(tenant_id integer, job_id uuid, type text, arguments text, taking integer, attempts integer, most_attempts integer, actor uuid, request text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    with recursive waiting (tenant_id) as (
        (select j.tenant_id from kernel.job j where j.state = 'waiting' order by j.tenant_id limit 1)
        union all
        select (select j.tenant_id from kernel.job j where j.state = 'waiting' and j.tenant_id > w.tenant_id
            order by j.tenant_id limit 1)
        from waiting w where w.tenant_id is not null),
    chosen as (select w.tenant_id, count(*) over () as tenants from waiting w where w.tenant_id is not null
        order by random() limit at_most),
    due as (
        select d.tenant_id, d.job_id from chosen c cross join lateral (
            select j.tenant_id, j.job_id from kernel.job j
            where j.state = 'waiting' and j.tenant_id = c.tenant_id and j.run_at <= clock_timestamp() and j.type = any (types)
            order by j.run_at, j.job_id limit greatest(1, at_most / c.tenants) for no key update skip locked) d
        limit at_most)
    update kernel.job j set state = 'running', taking = j.taking + 1, attempts = j.attempts + 1, worker = taker,
        lease_until = clock_timestamp() + lease, started_at = clock_timestamp(), progress = null, total = null
    from due where j.tenant_id = due.tenant_id and j.job_id = due.job_id
    returning j.tenant_id, j.job_id, j.type, j.arguments::text, j.taking, j.attempts, j.most_attempts, j.actor, j.request
$$;

CREATE FUNCTION kernel.tenant() RETURNS integer
    LANGUAGE sql STABLE
    AS $$ select nullif(current_setting('app.tenant_id', true), '')::int $$;

CREATE FUNCTION kernel.timeline() RETURNS integer
    LANGUAGE sql
    SET search_path TO 'pg_catalog'
    AS $$
    select ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
$$;

CREATE TABLE accounting.account (
    tenant_id integer NOT NULL,
    company_id uuid NOT NULL,
    account text NOT NULL,
    parent text,
    name_tr text NOT NULL,
    name_en text NOT NULL,
    type text NOT NULL,
    contra boolean NOT NULL,
    inventory boolean DEFAULT false NOT NULL,
    CONSTRAINT account_account_check CHECK ((account <> ''::text)),
    CONSTRAINT account_type_check CHECK ((type = ANY (ARRAY['asset'::text, 'liability'::text, 'equity'::text, 'income'::text, 'expense'::text, 'cost'::text, 'memo'::text])))
);

ALTER TABLE ONLY accounting.account FORCE ROW LEVEL SECURITY;

CREATE TABLE accounting.posting_rule (
    tenant_id integer NOT NULL,
    company_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    event_type text NOT NULL,
    item_kind text DEFAULT ''::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    debit_account text NOT NULL,
    credit_account text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT posting_rule_check CHECK ((debit_account <> credit_account))
);

ALTER TABLE ONLY accounting.posting_rule FORCE ROW LEVEL SECURITY;

CREATE TABLE accounting.voucher (
    tenant_id integer NOT NULL,
    voucher_id uuid NOT NULL,
    company_id uuid NOT NULL,
    year integer NOT NULL,
    number bigint NOT NULL,
    date date NOT NULL,
    currency text NOT NULL,
    total numeric(19,4) NOT NULL,
    source_type text NOT NULL,
    document text NOT NULL,
    event_day date NOT NULL,
    event_id bigint NOT NULL,
    event_pos bigint NOT NULL,
    rule text NOT NULL,
    posted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT voucher_check CHECK ((EXTRACT(year FROM date) = (year)::numeric)),
    CONSTRAINT voucher_number_check CHECK ((number > 0)),
    CONSTRAINT voucher_total_check CHECK ((total > (0)::numeric))
);

ALTER TABLE ONLY accounting.voucher FORCE ROW LEVEL SECURITY;

CREATE TABLE accounting.voucher_line (
    tenant_id integer NOT NULL,
    line_id bigint NOT NULL,
    recorded_on date DEFAULT ((now() AT TIME ZONE 'utc'::text))::date NOT NULL,
    voucher_id uuid NOT NULL,
    company_id uuid NOT NULL,
    date date NOT NULL,
    line_no integer NOT NULL,
    account text NOT NULL,
    debit numeric(19,4) NOT NULL,
    credit numeric(19,4) NOT NULL,
    CONSTRAINT voucher_line_check CHECK (((debit = (0)::numeric) <> (credit = (0)::numeric))),
    CONSTRAINT voucher_line_credit_check CHECK ((credit >= (0)::numeric)),
    CONSTRAINT voucher_line_debit_check CHECK ((debit >= (0)::numeric))
)
PARTITION BY RANGE (recorded_on);

ALTER TABLE ONLY accounting.voucher_line FORCE ROW LEVEL SECURITY;

ALTER TABLE accounting.voucher_line ALTER COLUMN line_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME accounting.voucher_line_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE catalog.item (
    tenant_id integer NOT NULL,
    item_id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    unit text NOT NULL,
    search text GENERATED ALWAYS AS (kernel.fold(((code || ' '::text) || name))) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone,
    name_key text GENERATED ALWAYS AS (kernel.sort_key(name)) STORED NOT NULL,
    tracking text DEFAULT 'none'::text NOT NULL,
    variant_of uuid,
    variant_names text[] DEFAULT '{}'::text[] NOT NULL,
    variant_values text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT item_code_check CHECK ((code <> ''::text)),
    CONSTRAINT item_kind_check CHECK ((kind = ANY (ARRAY['raw'::text, 'semi'::text, 'finished'::text, 'goods'::text, 'other'::text]))),
    CONSTRAINT item_name_check CHECK ((name <> ''::text)),
    CONSTRAINT item_tracking CHECK ((tracking = ANY (ARRAY['none'::text, 'lot'::text, 'serial'::text]))),
    CONSTRAINT item_unit_check CHECK ((unit <> ''::text)),
    CONSTRAINT item_variant CHECK ((((variant_of IS NULL) = (cardinality(variant_values) = 0)) AND (cardinality(variant_names) = cardinality(variant_values)) AND (variant_of IS DISTINCT FROM item_id)))
);

ALTER TABLE ONLY catalog.item FORCE ROW LEVEL SECURITY;

CREATE TABLE catalog.item_cost (
    tenant_id integer NOT NULL,
    item_id uuid NOT NULL,
    company_id uuid NOT NULL,
    unit_cost numeric(19,6) NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT item_cost_unit_cost_check CHECK ((unit_cost >= (0)::numeric))
);

ALTER TABLE ONLY catalog.item_cost FORCE ROW LEVEL SECURITY;

CREATE TABLE catalog.item_unit (
    tenant_id integer NOT NULL,
    item_id uuid NOT NULL,
    unit text NOT NULL,
    numerator integer NOT NULL,
    denominator integer NOT NULL,
    CONSTRAINT item_unit_denominator_check CHECK (((denominator >= 1) AND (denominator <= 1000000000))),
    CONSTRAINT item_unit_numerator_check CHECK (((numerator >= 1) AND (numerator <= 1000000000))),
    CONSTRAINT item_unit_unit_check CHECK ((unit <> ''::text))
);

ALTER TABLE ONLY catalog.item_unit FORCE ROW LEVEL SECURITY;

CREATE TABLE catalog.partner (
    tenant_id integer NOT NULL,
    partner_id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    customer boolean NOT NULL,
    supplier boolean NOT NULL,
    tax_number text DEFAULT ''::text NOT NULL,
    tax_office text DEFAULT ''::text NOT NULL,
    country text NOT NULL,
    currency text,
    language text DEFAULT 'en'::text NOT NULL,
    payment_days integer DEFAULT 30 NOT NULL,
    email text DEFAULT ''::text NOT NULL,
    phone text DEFAULT ''::text NOT NULL,
    website text DEFAULT ''::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    search text GENERATED ALWAYS AS (kernel.fold(((((code || ' '::text) || name) || ' '::text) || tax_number))) STORED NOT NULL,
    name_key text GENERATED ALWAYS AS (kernel.sort_key(name)) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT partner_code_check CHECK ((code <> ''::text)),
    CONSTRAINT partner_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT partner_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT partner_has_role CHECK ((customer OR supplier)),
    CONSTRAINT partner_language_check CHECK ((language = ANY (ARRAY['en'::text, 'tr'::text]))),
    CONSTRAINT partner_name_check CHECK ((name <> ''::text)),
    CONSTRAINT partner_payment_days_check CHECK (((payment_days >= 0) AND (payment_days <= 365)))
);

ALTER TABLE ONLY catalog.partner FORCE ROW LEVEL SECURITY;

CREATE TABLE catalog.partner_address (
    tenant_id integer NOT NULL,
    address_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    "position" integer NOT NULL,
    kind text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    street text NOT NULL,
    city text NOT NULL,
    region text DEFAULT ''::text NOT NULL,
    postal_code text DEFAULT ''::text NOT NULL,
    country text NOT NULL,
    CONSTRAINT partner_address_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT partner_address_kind_check CHECK ((kind = ANY (ARRAY['billing'::text, 'shipping'::text, 'other'::text])))
);

ALTER TABLE ONLY catalog.partner_address FORCE ROW LEVEL SECURITY;

CREATE TABLE catalog.partner_contact (
    tenant_id integer NOT NULL,
    contact_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    "position" integer NOT NULL,
    name text NOT NULL,
    role text DEFAULT ''::text NOT NULL,
    email text DEFAULT ''::text NOT NULL,
    phone text DEFAULT ''::text NOT NULL
);

ALTER TABLE ONLY catalog.partner_contact FORCE ROW LEVEL SECURITY;

CREATE TABLE catalog.partner_standing (
    tenant_id integer NOT NULL,
    partner_id uuid NOT NULL,
    company_id uuid NOT NULL,
    selling text DEFAULT 'open'::text NOT NULL,
    buying text DEFAULT 'open'::text NOT NULL,
    credit_limit numeric(19,4),
    reason text DEFAULT ''::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT partner_standing_buying_check CHECK ((buying = ANY (ARRAY['open'::text, 'watch'::text, 'stop'::text]))),
    CONSTRAINT partner_standing_credit_limit_check CHECK ((credit_limit >= (0)::numeric)),
    CONSTRAINT partner_standing_selling_check CHECK ((selling = ANY (ARRAY['open'::text, 'watch'::text, 'stop'::text])))
);

ALTER TABLE ONLY catalog.partner_standing FORCE ROW LEVEL SECURITY;

CREATE VIEW catalog.v_item WITH (security_invoker='true') AS
 SELECT item.tenant_id,
    item.item_id,
    item.code,
    item.name,
    item.kind,
    item.unit,
    item.search,
    item.retired_at
   FROM catalog.item;

CREATE VIEW catalog.v_partner WITH (security_invoker='true') AS
 SELECT partner.tenant_id,
    partner.partner_id,
    partner.code,
    partner.name,
    partner.customer,
    partner.supplier,
    partner.country,
    partner.currency,
    partner.language,
    partner.payment_days,
    partner.search,
    partner.retired_at
   FROM catalog.partner;

CREATE TABLE company.company (
    tenant_id integer NOT NULL,
    company_id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    country text NOT NULL,
    currency text NOT NULL,
    minor_digits smallint NOT NULL,
    time_zone text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT company_code_check CHECK ((code <> ''::text)),
    CONSTRAINT company_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT company_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT company_minor_digits_check CHECK (((minor_digits >= 0) AND (minor_digits <= 4))),
    CONSTRAINT company_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY company.company FORCE ROW LEVEL SECURITY;

CREATE TABLE company.letterhead (
    tenant_id integer NOT NULL,
    company_id uuid NOT NULL,
    address text[] NOT NULL,
    tax_office text NOT NULL,
    tax_id text NOT NULL,
    phone text NOT NULL,
    email text NOT NULL,
    website text NOT NULL,
    logo_id uuid,
    version integer NOT NULL
);

ALTER TABLE ONLY company.letterhead FORCE ROW LEVEL SECURITY;

CREATE TABLE company.period (
    tenant_id integer NOT NULL,
    company_id uuid NOT NULL,
    starts date NOT NULL,
    ends date NOT NULL,
    closed_at timestamp with time zone,
    closed_by uuid,
    CONSTRAINT period_check CHECK ((ends = (((starts + '1 mon'::interval) - '1 day'::interval))::date)),
    CONSTRAINT period_check1 CHECK (((closed_at IS NULL) = (closed_by IS NULL))),
    CONSTRAINT period_starts_check CHECK ((EXTRACT(day FROM starts) = (1)::numeric))
);

ALTER TABLE ONLY company.period FORCE ROW LEVEL SECURITY;

CREATE TABLE company.series (
    tenant_id integer NOT NULL,
    company_id uuid NOT NULL,
    kind text NOT NULL,
    year integer NOT NULL,
    next bigint DEFAULT 1 NOT NULL,
    CONSTRAINT series_next_check CHECK ((next >= 1))
)
WITH (fillfactor='50');

ALTER TABLE ONLY company.series FORCE ROW LEVEL SECURITY;

CREATE TABLE company.site (
    tenant_id integer NOT NULL,
    site_id uuid NOT NULL,
    company_id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    time_zone text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT site_code_check CHECK ((code <> ''::text)),
    CONSTRAINT site_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY company.site FORCE ROW LEVEL SECURITY;

CREATE TABLE company.tenant (
    tenant_id integer NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT tenant_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY company.tenant FORCE ROW LEVEL SECURITY;

CREATE SEQUENCE company.tenant_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE VIEW company.v_company WITH (security_invoker='true') AS
 SELECT company.tenant_id,
    company.company_id,
    company.code,
    company.name,
    company.country,
    company.currency,
    company.minor_digits,
    company.time_zone
   FROM company.company;

CREATE VIEW company.v_series WITH (security_invoker='true') AS
 SELECT series.tenant_id,
    series.company_id,
    series.kind,
    series.year,
    series.next
   FROM company.series;

CREATE VIEW company.v_site WITH (security_invoker='true') AS
 SELECT site.tenant_id,
    site.site_id,
    site.company_id,
    site.code,
    site.name,
    site.time_zone,
    site.retired_at
   FROM company.site;

CREATE TABLE identity.authorization_code (
    tenant_id integer NOT NULL,
    code_hash bytea NOT NULL,
    client_id uuid NOT NULL,
    person_id uuid NOT NULL,
    redirect_uri text NOT NULL,
    scope text NOT NULL,
    challenge text NOT NULL,
    nonce text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    family uuid
);

ALTER TABLE ONLY identity.authorization_code FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.client (
    tenant_id integer NOT NULL,
    client_id uuid NOT NULL,
    name text NOT NULL,
    secret_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    requests_per_minute integer,
    redirect_uris text[] DEFAULT '{}'::text[] NOT NULL,
    is_public boolean DEFAULT false NOT NULL,
    secret_made_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT client_name_check CHECK ((name <> ''::text)),
    CONSTRAINT client_requests_per_minute_check CHECK (((requests_per_minute >= 1) AND (requests_per_minute <= 1000000)))
);

ALTER TABLE ONLY identity.client FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.client_permission (
    tenant_id integer NOT NULL,
    client_id uuid NOT NULL,
    permission text NOT NULL
);

ALTER TABLE ONLY identity.client_permission FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.device (
    tenant_id integer NOT NULL,
    device_id uuid NOT NULL,
    site_id uuid NOT NULL,
    role_id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    code_hash bytea,
    code_expires_at timestamp with time zone,
    secret_hash bytea,
    enrolled_at timestamp with time zone,
    seen_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT device_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY identity.device FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.external_sign_in (
    state_hash bytea NOT NULL,
    nonce text NOT NULL,
    verifier text NOT NULL,
    target text NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE identity.invitation (
    tenant_id integer NOT NULL,
    invitation_id uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    role_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    invited_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    CONSTRAINT invitation_email_check CHECK (((email = lower(email)) AND (POSITION(('@'::text) IN (email)) > 1))),
    CONSTRAINT invitation_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY identity.invitation FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.member (
    tenant_id integer NOT NULL,
    person_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone,
    erased_at timestamp with time zone,
    factor_removed_at timestamp with time zone,
    password_changed_at timestamp with time zone,
    factor_set_at timestamp with time zone,
    language text,
    CONSTRAINT member_language_check CHECK ((language = ANY (ARRAY['en'::text, 'tr'::text]))),
    CONSTRAINT member_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY identity.member FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.member_role (
    tenant_id integer NOT NULL,
    person_id uuid NOT NULL,
    role_id uuid NOT NULL
);

ALTER TABLE ONLY identity.member_role FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.password_reset (
    token_hash bytea NOT NULL,
    person_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    made_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE identity.person (
    person_id uuid NOT NULL,
    email text NOT NULL,
    password_hash text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT person_email_check CHECK (((email = lower(email)) AND (POSITION(('@'::text) IN (email)) > 1)))
);

CREATE TABLE identity.person_tenant (
    person_id uuid NOT NULL,
    tenant_id integer NOT NULL,
    tenant_name text NOT NULL
);

CREATE TABLE identity.recovery_code (
    person_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    used_at timestamp with time zone
);

CREATE TABLE identity.refresh_token (
    tenant_id integer NOT NULL,
    token_hash bytea NOT NULL,
    family uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    salt bytea
);

ALTER TABLE ONLY identity.refresh_token FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.right_change (
    change_id bigint NOT NULL,
    tenant_id integer NOT NULL,
    subject uuid,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE identity.right_change ALTER COLUMN change_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME identity.right_change_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE identity.role (
    tenant_id integer NOT NULL,
    role_id uuid NOT NULL,
    name text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    retired_at timestamp with time zone,
    everything boolean DEFAULT false NOT NULL,
    CONSTRAINT role_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY identity.role FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.role_permission (
    tenant_id integer NOT NULL,
    role_id uuid NOT NULL,
    permission text NOT NULL
);

ALTER TABLE ONLY identity.role_permission FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.second_factor (
    person_id uuid NOT NULL,
    sealed_secret bytea NOT NULL,
    begun_at timestamp with time zone DEFAULT now() NOT NULL,
    active_at timestamp with time zone,
    last_step bigint DEFAULT 0 NOT NULL
);

CREATE TABLE identity.session (
    tenant_id integer NOT NULL,
    secret_hash bytea NOT NULL,
    person_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    session_id uuid DEFAULT gen_random_uuid() NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    agent text DEFAULT ''::text NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY identity.session FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.sign_in_guard (
    subject bytea NOT NULL,
    most integer NOT NULL,
    failures integer DEFAULT 1 NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    locked_until timestamp with time zone,
    CONSTRAINT sign_in_guard_most_check CHECK ((most > 0))
);

CREATE TABLE identity.signing_key (
    key_id text NOT NULL,
    private_key bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    signs_from timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE identity.token_family (
    tenant_id integer NOT NULL,
    family uuid NOT NULL,
    client_id uuid NOT NULL,
    person_id uuid NOT NULL,
    scope text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    ended_because text
);

ALTER TABLE ONLY identity.token_family FORCE ROW LEVEL SECURITY;

CREATE VIEW identity.v_member WITH (security_invoker='true') AS
 SELECT member.tenant_id,
    member.person_id,
    member.name
   FROM identity.member;

CREATE TABLE inventory.adjustment (
    tenant_id integer NOT NULL,
    adjustment_id uuid NOT NULL,
    company_id uuid NOT NULL,
    number text NOT NULL,
    date date NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    currency text NOT NULL,
    amount numeric(19,4) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    posted_at timestamp with time zone,
    CONSTRAINT adjustment_amount_check CHECK ((amount >= (0)::numeric)),
    CONSTRAINT adjustment_check CHECK (((state = 'posted'::text) = (posted_at IS NOT NULL))),
    CONSTRAINT adjustment_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'waiting'::text, 'posted'::text, 'rejected'::text, 'withdrawn'::text])))
);

ALTER TABLE ONLY inventory.adjustment FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.adjustment_line (
    tenant_id integer NOT NULL,
    adjustment_id uuid NOT NULL,
    line_no integer NOT NULL,
    item_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    bin text NOT NULL,
    lot text DEFAULT ''::text NOT NULL,
    difference numeric(19,6) NOT NULL,
    reason text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    CONSTRAINT adjustment_line_difference_check CHECK ((difference <> (0)::numeric)),
    CONSTRAINT adjustment_line_reason CHECK ((reason = ANY (ARRAY['count'::text, 'damage'::text, 'loss'::text, 'found'::text, 'correction'::text, 'opening'::text])))
);

ALTER TABLE ONLY inventory.adjustment_line FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.balance (
    tenant_id integer NOT NULL,
    company_id uuid NOT NULL,
    item_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    on_hand numeric(19,6) DEFAULT 0 NOT NULL,
    reserved numeric(19,6) DEFAULT 0 NOT NULL,
    withheld numeric(19,6) DEFAULT 0 NOT NULL,
    waiting numeric(19,6) DEFAULT 0 NOT NULL,
    CONSTRAINT balance_nobody_waits_beside_it CHECK (((waiting >= (0)::numeric) AND ((waiting = (0)::numeric) OR ((reserved + withheld) = on_hand)))),
    CONSTRAINT balance_on_hand_not_negative CHECK ((on_hand >= (0)::numeric)),
    CONSTRAINT balance_promised_once CHECK (((reserved >= (0)::numeric) AND (withheld >= (0)::numeric) AND ((reserved + withheld) <= on_hand)))
)
WITH (fillfactor='80');

ALTER TABLE ONLY inventory.balance FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.balance_detail (
    tenant_id integer NOT NULL,
    company_id uuid NOT NULL,
    item_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    bin text NOT NULL,
    lot text DEFAULT ''::text NOT NULL,
    owner_id uuid DEFAULT '00000000-0000-0000-0000-000000000000'::uuid NOT NULL,
    status text DEFAULT 'available'::text NOT NULL,
    on_hand numeric(19,6) DEFAULT 0 NOT NULL,
    pinned numeric(19,6) DEFAULT 0 NOT NULL,
    CONSTRAINT balance_detail_not_negative CHECK ((on_hand >= (0)::numeric)),
    CONSTRAINT balance_detail_pinned_once CHECK (((pinned >= (0)::numeric) AND (pinned <= on_hand) AND ((pinned = (0)::numeric) OR (status = 'available'::text)))),
    CONSTRAINT balance_detail_status CHECK ((status = ANY (ARRAY['available'::text, 'quality'::text, 'blocked'::text, 'transit'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY inventory.balance_detail FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.bin (
    tenant_id integer NOT NULL,
    warehouse_id uuid NOT NULL,
    bin text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    zone text DEFAULT ''::text NOT NULL,
    put_away_order integer DEFAULT 0 NOT NULL,
    removal_order integer DEFAULT 0 NOT NULL,
    closed_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    is_unit boolean DEFAULT false NOT NULL,
    CONSTRAINT bin_put_away_order_check CHECK ((put_away_order >= 0)),
    CONSTRAINT bin_removal_order_check CHECK ((removal_order >= 0))
);

ALTER TABLE ONLY inventory.bin FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.expected (
    tenant_id integer NOT NULL,
    expected_id uuid NOT NULL,
    company_id uuid NOT NULL,
    item_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    source text NOT NULL,
    due date NOT NULL,
    quantity numeric(19,6) NOT NULL,
    arrived numeric(19,6) DEFAULT 0 NOT NULL,
    promised numeric(19,6) DEFAULT 0 NOT NULL,
    closed_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    changed_by uuid NOT NULL,
    changed_request text NOT NULL,
    CONSTRAINT expected_arrived_check CHECK ((arrived >= (0)::numeric)),
    CONSTRAINT expected_promised_once CHECK (((promised >= (0)::numeric) AND (promised <=
CASE
    WHEN (closed_at IS NULL) THEN GREATEST((quantity - arrived), (0)::numeric)
    ELSE (0)::numeric
END))),
    CONSTRAINT expected_quantity_check CHECK ((quantity > (0)::numeric)),
    CONSTRAINT expected_source_check CHECK ((source <> ''::text))
);

ALTER TABLE ONLY inventory.expected FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.handling_unit (
    tenant_id integer NOT NULL,
    sscc text NOT NULL,
    company_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    bin text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    moved_at timestamp with time zone DEFAULT now() NOT NULL,
    dissolved_at timestamp with time zone,
    CONSTRAINT handling_unit_sscc_check CHECK ((sscc ~ '^[0-9]{18}$'::text)),
    CONSTRAINT handling_unit_stands_elsewhere CHECK ((bin <> sscc))
);

ALTER TABLE ONLY inventory.handling_unit FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.lot (
    tenant_id integer NOT NULL,
    item_id uuid NOT NULL,
    lot text NOT NULL,
    first_on date NOT NULL,
    expires_on date,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT lot_lot_check CHECK ((lot <> ''::text))
);

ALTER TABLE ONLY inventory.lot FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.movement (
    tenant_id integer NOT NULL,
    movement_id bigint NOT NULL,
    recorded_on date DEFAULT ((now() AT TIME ZONE 'utc'::text))::date NOT NULL,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    company_id uuid NOT NULL,
    kind text NOT NULL,
    document text NOT NULL,
    line_no integer NOT NULL,
    date date NOT NULL,
    item_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    bin text NOT NULL,
    lot text NOT NULL,
    owner_id uuid NOT NULL,
    status text NOT NULL,
    quantity numeric(19,6) NOT NULL,
    unit_cost numeric(19,6) NOT NULL,
    amount numeric(19,4) NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    reference text DEFAULT ''::text NOT NULL,
    actor uuid NOT NULL,
    expected_id uuid,
    CONSTRAINT movement_kind CHECK ((kind = ANY (ARRAY['receipt'::text, 'issue'::text, 'adjustment'::text, 'transfer'::text, 'reversal'::text]))),
    CONSTRAINT movement_sign CHECK (((quantity <> (0)::numeric) AND ((kind <> ALL (ARRAY['receipt'::text, 'issue'::text])) OR ((quantity > (0)::numeric) = (kind = 'receipt'::text))))),
    CONSTRAINT movement_unit_cost_check CHECK ((unit_cost >= (0)::numeric))
)
PARTITION BY RANGE (recorded_on);

ALTER TABLE ONLY inventory.movement FORCE ROW LEVEL SECURITY;

ALTER TABLE inventory.movement ALTER COLUMN movement_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME inventory.movement_movement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE inventory.opening (
    tenant_id integer NOT NULL,
    opening_id uuid NOT NULL,
    company_id uuid NOT NULL,
    item_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    bin text NOT NULL,
    lot text DEFAULT ''::text NOT NULL,
    date date NOT NULL,
    quantity numeric(19,6) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT opening_quantity_check CHECK ((quantity >= (0)::numeric))
);

ALTER TABLE ONLY inventory.opening FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.promised_supply (
    tenant_id integer NOT NULL,
    expected_id uuid NOT NULL,
    reservation_id uuid NOT NULL,
    quantity numeric(19,6) NOT NULL,
    CONSTRAINT promised_supply_quantity_check CHECK ((quantity >= (0)::numeric))
);

ALTER TABLE ONLY inventory.promised_supply FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.reservation (
    tenant_id integer NOT NULL,
    reservation_id uuid NOT NULL,
    company_id uuid NOT NULL,
    demand text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    created_by uuid NOT NULL,
    released_at timestamp with time zone,
    changed_by uuid DEFAULT '00000000-0000-7000-8000-000000000001'::uuid NOT NULL,
    changed_request text DEFAULT 'system'::text NOT NULL,
    held_until date,
    needed_on date,
    CONSTRAINT reservation_demand_check CHECK ((demand <> ''::text))
);

ALTER TABLE ONLY inventory.reservation FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.reservation_line (
    tenant_id integer NOT NULL,
    reservation_id uuid NOT NULL,
    company_id uuid NOT NULL,
    item_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    quantity numeric(19,6) NOT NULL,
    waiting numeric(19,6) DEFAULT 0 NOT NULL,
    taken numeric(19,6) DEFAULT 0 NOT NULL,
    released numeric(19,6) DEFAULT 0 NOT NULL,
    priority smallint DEFAULT 5 NOT NULL,
    expected numeric(19,6) DEFAULT 0 NOT NULL,
    CONSTRAINT reservation_line_parts CHECK (((waiting >= (0)::numeric) AND (taken >= (0)::numeric) AND (released >= (0)::numeric) AND (expected >= (0)::numeric) AND ((((waiting + taken) + released) + expected) <= quantity))),
    CONSTRAINT reservation_line_priority CHECK (((priority >= 1) AND (priority <= 9))),
    CONSTRAINT reservation_line_quantity_check CHECK ((quantity > (0)::numeric))
);

ALTER TABLE ONLY inventory.reservation_line FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.reservation_pin (
    tenant_id integer NOT NULL,
    reservation_id uuid NOT NULL,
    item_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    bin text NOT NULL,
    lot text NOT NULL,
    quantity numeric(19,6) NOT NULL,
    CONSTRAINT reservation_pin_quantity_check CHECK ((quantity >= (0)::numeric))
);

ALTER TABLE ONLY inventory.reservation_pin FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.reversal (
    tenant_id integer NOT NULL,
    company_id uuid NOT NULL,
    document text NOT NULL,
    reversed_by text NOT NULL
);

ALTER TABLE ONLY inventory.reversal FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.serial (
    tenant_id integer NOT NULL,
    item_id uuid NOT NULL,
    serial text NOT NULL,
    on_hand integer NOT NULL,
    CONSTRAINT serial_once CHECK ((on_hand = ANY (ARRAY[0, 1]))),
    CONSTRAINT serial_serial_check CHECK ((serial <> ''::text))
)
WITH (fillfactor='80');

ALTER TABLE ONLY inventory.serial FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.sscc_prefix (
    tenant_id integer NOT NULL,
    company_id uuid NOT NULL,
    prefix text NOT NULL,
    given bigint DEFAULT 0 NOT NULL,
    CONSTRAINT sscc_prefix_given_check CHECK ((given >= 0)),
    CONSTRAINT sscc_prefix_prefix_check CHECK ((prefix ~ '^[0-9]{4,12}$'::text))
);

ALTER TABLE ONLY inventory.sscc_prefix FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.stock_day (
    tenant_id integer NOT NULL,
    warehouse_id uuid NOT NULL,
    day date NOT NULL,
    item_id uuid NOT NULL,
    bin text NOT NULL,
    lot text NOT NULL,
    owner_id uuid NOT NULL,
    status text NOT NULL,
    quantity numeric(19,6) NOT NULL,
    CONSTRAINT stock_day_quantity_check CHECK ((quantity <> (0)::numeric))
);

ALTER TABLE ONLY inventory.stock_day FORCE ROW LEVEL SECURITY;

CREATE TABLE inventory.stock_day_done (
    only_row boolean DEFAULT true NOT NULL,
    day date NOT NULL,
    CONSTRAINT stock_day_done_only_row_check CHECK (only_row)
);

CREATE TABLE inventory.stock_full_day (
    tenant_id integer NOT NULL,
    warehouse_id uuid NOT NULL,
    day date NOT NULL,
    places integer NOT NULL
);

ALTER TABLE ONLY inventory.stock_full_day FORCE ROW LEVEL SECURITY;

CREATE VIEW inventory.v_movement_value WITH (security_invoker='true') AS
 SELECT movement.tenant_id,
    movement.company_id,
    movement.document,
    movement.amount
   FROM inventory.movement;

CREATE TABLE inventory.warehouse (
    tenant_id integer NOT NULL,
    warehouse_id uuid NOT NULL,
    company_id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT warehouse_code_check CHECK ((code <> ''::text)),
    CONSTRAINT warehouse_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY inventory.warehouse FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.alert (
    alert_id bigint NOT NULL,
    name text NOT NULL,
    severity text NOT NULL,
    figure numeric(19,6) NOT NULL,
    opened_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT alert_severity_check CHECK ((severity = ANY (ARRAY['warning'::text, 'critical'::text])))
);

ALTER TABLE kernel.alert ALTER COLUMN alert_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME kernel.alert_alert_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE kernel.answer (
    tenant_id integer NOT NULL,
    client_id uuid NOT NULL,
    key uuid NOT NULL,
    fingerprint bytea NOT NULL,
    status smallint NOT NULL,
    body bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY kernel.answer FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.attachment (
    tenant_id integer NOT NULL,
    attachment_id uuid NOT NULL,
    document_type text NOT NULL,
    document_id text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid NOT NULL,
    retired_at timestamp with time zone,
    retired_by uuid,
    CONSTRAINT attachment_check CHECK (((retired_at IS NULL) = (retired_by IS NULL))),
    CONSTRAINT attachment_document_id_check CHECK ((document_id <> ''::text)),
    CONSTRAINT attachment_document_type_check CHECK ((document_type <> ''::text)),
    CONSTRAINT attachment_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT attachment_name_check CHECK (((name <> ''::text) AND (length(name) <= 200))),
    CONSTRAINT attachment_size_check CHECK ((size > 0))
);

ALTER TABLE ONLY kernel.attachment FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.attachment_part (
    tenant_id integer NOT NULL,
    attachment_id uuid NOT NULL,
    part_no integer NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT attachment_part_content_check CHECK (((length(content) >= 1) AND (length(content) <= 262144))),
    CONSTRAINT attachment_part_part_no_check CHECK ((part_no >= 0))
);
ALTER TABLE ONLY kernel.attachment_part ALTER COLUMN content SET STORAGE EXTERNAL;

ALTER TABLE ONLY kernel.attachment_part FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.attempt (
    consumer text NOT NULL,
    lane integer NOT NULL,
    pos bigint NOT NULL,
    attempts integer NOT NULL
);

ALTER TABLE kernel.audit ALTER COLUMN audit_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME kernel.audit_audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE kernel.audit_block (
    tenant_id integer NOT NULL,
    block bigint NOT NULL,
    days date[] NOT NULL,
    ids bigint[] NOT NULL,
    digest bytea NOT NULL,
    hash bytea NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT audit_block_block_check CHECK ((block > 0))
);

ALTER TABLE ONLY kernel.audit_block FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.audit_look (
    look bigint NOT NULL,
    snapshot pg_snapshot NOT NULL,
    day date DEFAULT ((now() AT TIME ZONE 'utc'::text))::date NOT NULL
);

CREATE TABLE kernel.backup (
    backup_id bigint NOT NULL,
    kind text NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    bytes bigint NOT NULL,
    reached timestamp with time zone,
    error text,
    CONSTRAINT backup_bytes_check CHECK ((bytes >= 0)),
    CONSTRAINT backup_check CHECK ((ended_at >= began_at)),
    CONSTRAINT backup_kind_check CHECK ((kind = ANY (ARRAY['backup'::text, 'drill'::text])))
);

ALTER TABLE kernel.backup ALTER COLUMN backup_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME kernel.backup_backup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE kernel.cluster (
    only_one boolean DEFAULT true NOT NULL,
    system bigint NOT NULL,
    timeline integer NOT NULL,
    noted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT cluster_only_one_check CHECK (only_one)
);

CREATE TABLE kernel.cursor (
    consumer text NOT NULL,
    lane integer NOT NULL,
    from_pos bigint NOT NULL,
    pos bigint NOT NULL,
    term bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT cursor_check CHECK ((pos > from_pos))
);

CREATE TABLE kernel.event (
    id bigint NOT NULL,
    day date DEFAULT ((now() AT TIME ZONE 'utc'::text))::date NOT NULL,
    tenant_id integer NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    type text NOT NULL,
    version smallint NOT NULL,
    aggregate text NOT NULL,
    actor uuid NOT NULL,
    request text NOT NULL,
    payload jsonb NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
)
PARTITION BY RANGE (day);

ALTER TABLE ONLY kernel.event FORCE ROW LEVEL SECURITY;

ALTER TABLE kernel.event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME kernel.event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE kernel.event_pos (
    pos bigint NOT NULL,
    event_day date,
    event_id bigint,
    tenant_id integer,
    snapshot pg_snapshot
)
PARTITION BY RANGE (pos);

CREATE TABLE kernel.exchange (
    tenant_id integer NOT NULL,
    exchange_id uuid NOT NULL,
    schedule_id uuid NOT NULL,
    name text NOT NULL,
    direction text NOT NULL,
    way text NOT NULL,
    subject text NOT NULL,
    how jsonb NOT NULL,
    password bytea,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT exchange_check CHECK (((password IS NULL) OR (way = 'database'::text))),
    CONSTRAINT exchange_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
    CONSTRAINT exchange_how_check CHECK ((jsonb_typeof(how) = 'object'::text)),
    CONSTRAINT exchange_name_check CHECK ((name <> ''::text)),
    CONSTRAINT exchange_subject_check CHECK ((subject <> ''::text)),
    CONSTRAINT exchange_way_check CHECK ((way = ANY (ARRAY['folder'::text, 'database'::text])))
);

ALTER TABLE ONLY kernel.exchange FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.exchange_run (
    tenant_id integer NOT NULL,
    exchange_id uuid NOT NULL,
    run_id bigint NOT NULL,
    ended_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    outcome text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    rows bigint,
    import_id uuid,
    error text,
    CONSTRAINT exchange_run_check CHECK (((outcome = 'failed'::text) = (error IS NOT NULL))),
    CONSTRAINT exchange_run_check1 CHECK (((outcome = 'taken'::text) = (import_id IS NOT NULL))),
    CONSTRAINT exchange_run_outcome_check CHECK ((outcome = ANY (ARRAY['taken'::text, 'sent'::text, 'failed'::text])))
);

ALTER TABLE ONLY kernel.exchange_run FORCE ROW LEVEL SECURITY;

ALTER TABLE kernel.exchange_run ALTER COLUMN run_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME kernel.exchange_run_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE kernel.field (
    tenant_id integer NOT NULL,
    field_id uuid NOT NULL,
    document_type text NOT NULL,
    name text NOT NULL,
    title_en text NOT NULL,
    title_tr text NOT NULL,
    kind text NOT NULL,
    choices text[] DEFAULT '{}'::text[] NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT field_check CHECK (((kind = 'choice'::text) = (cardinality(choices) > 0))),
    CONSTRAINT field_document_type_check CHECK ((document_type <> ''::text)),
    CONSTRAINT field_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'flag'::text, 'choice'::text]))),
    CONSTRAINT field_name_check CHECK ((name ~ '^[a-z][a-z0-9_]{0,29}$'::text)),
    CONSTRAINT field_title_en_check CHECK ((title_en <> ''::text)),
    CONSTRAINT field_title_tr_check CHECK ((title_tr <> ''::text))
);

ALTER TABLE ONLY kernel.field FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.field_value (
    tenant_id integer NOT NULL,
    document_type text NOT NULL,
    document_id uuid NOT NULL,
    given jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT field_value_given_check CHECK (((jsonb_typeof(given) = 'object'::text) AND (length((given)::text) <= 20000)))
);

ALTER TABLE ONLY kernel.field_value FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.import (
    tenant_id integer NOT NULL,
    import_id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    state text DEFAULT 'new'::text NOT NULL,
    form jsonb NOT NULL,
    head jsonb NOT NULL,
    mapping jsonb NOT NULL,
    only_good boolean DEFAULT false NOT NULL,
    may_update boolean DEFAULT true NOT NULL,
    row_count integer DEFAULT 0 NOT NULL,
    rows_read integer DEFAULT 0 NOT NULL,
    rows_done integer DEFAULT 0 NOT NULL,
    created integer DEFAULT 0 NOT NULL,
    updated integer DEFAULT 0 NOT NULL,
    unchanged integer DEFAULT 0 NOT NULL,
    faulty integer DEFAULT 0 NOT NULL,
    job_id uuid,
    error text,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid NOT NULL,
    ended_at timestamp with time zone,
    exchange_id uuid,
    source text,
    CONSTRAINT import_check CHECK (((exchange_id IS NULL) = (source IS NULL))),
    CONSTRAINT import_kind_check CHECK ((kind <> ''::text)),
    CONSTRAINT import_name_check CHECK ((name <> ''::text)),
    CONSTRAINT import_state_check CHECK ((state = ANY (ARRAY['new'::text, 'checking'::text, 'checked'::text, 'running'::text, 'done'::text, 'stopped'::text, 'failed'::text, 'undoing'::text, 'undone'::text])))
);

ALTER TABLE ONLY kernel.import FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.import_effect (
    tenant_id integer NOT NULL,
    import_id uuid NOT NULL,
    row_no integer NOT NULL,
    change text NOT NULL,
    target uuid NOT NULL,
    version integer NOT NULL,
    before jsonb,
    fields_before jsonb,
    fields_version integer,
    CONSTRAINT import_effect_change_check CHECK ((change = ANY (ARRAY['created'::text, 'updated'::text, 'filled'::text]))),
    CONSTRAINT import_effect_check CHECK (((change = 'updated'::text) = (before IS NOT NULL))),
    CONSTRAINT import_effect_check1 CHECK (((change <> 'filled'::text) OR (fields_version IS NOT NULL))),
    CONSTRAINT import_effect_check2 CHECK (((fields_before IS NULL) OR (fields_version IS NOT NULL)))
);

ALTER TABLE ONLY kernel.import_effect FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.import_fault (
    tenant_id integer NOT NULL,
    import_id uuid NOT NULL,
    row_no integer NOT NULL,
    fault_no integer NOT NULL,
    field text NOT NULL,
    value text NOT NULL,
    code text NOT NULL,
    message text NOT NULL
);

ALTER TABLE ONLY kernel.import_fault FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.import_memory (
    tenant_id integer NOT NULL,
    kind text NOT NULL,
    headings bytea NOT NULL,
    form jsonb NOT NULL,
    mapping jsonb NOT NULL,
    used_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY kernel.import_memory FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.import_part (
    tenant_id integer NOT NULL,
    import_id uuid NOT NULL,
    part_no integer NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT import_part_content_check CHECK (((length(content) >= 1) AND (length(content) <= 262144))),
    CONSTRAINT import_part_part_no_check CHECK ((part_no >= 0))
);

ALTER TABLE ONLY kernel.import_part FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.job (
    tenant_id integer NOT NULL,
    job_id uuid NOT NULL,
    type text NOT NULL,
    arguments jsonb NOT NULL,
    key text,
    state text DEFAULT 'waiting'::text NOT NULL,
    run_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    taking integer DEFAULT 0 NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    most_attempts integer NOT NULL,
    worker text DEFAULT ''::text NOT NULL,
    lease_until timestamp with time zone,
    progress bigint,
    total bigint,
    error text,
    result jsonb,
    cancel_requested_at timestamp with time zone,
    actor uuid NOT NULL,
    request text NOT NULL,
    enqueued_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT job_check CHECK (((state = 'running'::text) = (lease_until IS NOT NULL))),
    CONSTRAINT job_check1 CHECK (((state = ANY (ARRAY['done'::text, 'failed'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT job_most_attempts_check CHECK (((most_attempts >= 1) AND (most_attempts <= 100))),
    CONSTRAINT job_progress_check CHECK ((progress >= 0)),
    CONSTRAINT job_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text]))),
    CONSTRAINT job_total_check CHECK ((total >= 0))
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_threshold='500');

ALTER TABLE ONLY kernel.job FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.lease (
    name text NOT NULL,
    term bigint DEFAULT 0 NOT NULL,
    holder text DEFAULT ''::text NOT NULL,
    until timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    scanned bigint,
    behind_since timestamp with time zone
)
WITH (fillfactor='20');

CREATE TABLE kernel.list_view (
    tenant_id integer NOT NULL,
    view_id uuid NOT NULL,
    list text NOT NULL,
    name text NOT NULL,
    query text NOT NULL,
    owner uuid NOT NULL,
    shared boolean DEFAULT false NOT NULL,
    usual boolean DEFAULT false NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT list_view_list_check CHECK ((list <> ''::text)),
    CONSTRAINT list_view_name_check CHECK ((name <> ''::text)),
    CONSTRAINT list_view_query_check CHECK ((length(query) <= 4000))
);

ALTER TABLE ONLY kernel.list_view FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.log_break (
    after_pos bigint NOT NULL,
    next_pos bigint NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT log_break_check CHECK ((next_pos > after_pos))
);

CREATE TABLE kernel.mail (
    tenant_id integer NOT NULL,
    mail_id uuid NOT NULL,
    company_id uuid,
    recipient text NOT NULL,
    template text NOT NULL,
    language text NOT NULL,
    "values" jsonb NOT NULL,
    subject text,
    document_type text,
    document_id text,
    state text DEFAULT 'queued'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    message_id text,
    error text,
    queued_at timestamp with time zone DEFAULT now() NOT NULL,
    queued_by uuid NOT NULL,
    sent_at timestamp with time zone,
    ended_at timestamp with time zone,
    secret bytea,
    CONSTRAINT mail_check CHECK (((document_type IS NULL) = (document_id IS NULL))),
    CONSTRAINT mail_check1 CHECK (((state = ANY (ARRAY['sent'::text, 'returned'::text])) = (sent_at IS NOT NULL))),
    CONSTRAINT mail_check2 CHECK (((secret IS NULL) OR (state = 'queued'::text))),
    CONSTRAINT mail_language_check CHECK ((language = ANY (ARRAY['en'::text, 'tr'::text]))),
    CONSTRAINT mail_recipient_check CHECK ((recipient <> ''::text)),
    CONSTRAINT mail_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'refused'::text, 'returned'::text, 'failed'::text])))
);

ALTER TABLE ONLY kernel.mail FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.mail_account (
    tenant_id integer NOT NULL,
    company_id uuid NOT NULL,
    host text NOT NULL,
    port integer NOT NULL,
    security text NOT NULL,
    username text DEFAULT ''::text NOT NULL,
    password bytea,
    from_address text NOT NULL,
    from_name text DEFAULT ''::text NOT NULL,
    imap_host text DEFAULT ''::text NOT NULL,
    imap_port integer DEFAULT 993 NOT NULL,
    imap_security text DEFAULT 'tls'::text NOT NULL,
    imap_username text DEFAULT ''::text NOT NULL,
    imap_password bytea,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT mail_account_check CHECK (((username = ''::text) = (password IS NULL))),
    CONSTRAINT mail_account_check1 CHECK (((imap_host = ''::text) = (imap_password IS NULL))),
    CONSTRAINT mail_account_imap_port_check CHECK (((imap_port >= 1) AND (imap_port <= 65535))),
    CONSTRAINT mail_account_imap_security_check CHECK ((imap_security = ANY (ARRAY['none'::text, 'tls'::text]))),
    CONSTRAINT mail_account_port_check CHECK (((port >= 1) AND (port <= 65535))),
    CONSTRAINT mail_account_security_check CHECK ((security = ANY (ARRAY['none'::text, 'starttls'::text])))
);

ALTER TABLE ONLY kernel.mail_account FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.mail_part (
    tenant_id integer NOT NULL,
    mail_id uuid NOT NULL,
    part_no integer NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT mail_part_content_check CHECK (((length(content) >= 1) AND (length(content) <= 10485760)))
);

ALTER TABLE ONLY kernel.mail_part FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.migration (
    name text NOT NULL,
    checksum text NOT NULL,
    ran_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE kernel.parked (
    tenant_id integer NOT NULL,
    parked_id bigint NOT NULL,
    consumer text NOT NULL,
    pos bigint NOT NULL,
    event_day date NOT NULL,
    event_id bigint NOT NULL,
    type text NOT NULL,
    aggregate text NOT NULL,
    error text NOT NULL,
    attempts integer NOT NULL,
    parked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    retry_requested_at timestamp with time zone,
    resolved_at timestamp with time zone
);

ALTER TABLE ONLY kernel.parked FORCE ROW LEVEL SECURITY;

ALTER TABLE kernel.parked ALTER COLUMN parked_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME kernel.parked_parked_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE kernel.partition_plan (
    parent text NOT NULL,
    step text NOT NULL,
    ahead integer NOT NULL,
    CONSTRAINT partition_plan_ahead_check CHECK (((ahead >= 1) AND (ahead <= 1000))),
    CONSTRAINT partition_plan_step_check CHECK ((step = ANY (ARRAY['day'::text, 'month'::text, 'position'::text])))
);

CREATE TABLE kernel.person_key (
    tenant_id integer NOT NULL,
    person_id uuid NOT NULL,
    key text,
    destroyed_at timestamp with time zone,
    CONSTRAINT person_key_check CHECK (((key IS NULL) = (destroyed_at IS NOT NULL)))
);

ALTER TABLE ONLY kernel.person_key FORCE ROW LEVEL SECURITY;

CREATE TABLE kernel.sample (
    hour timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    figures jsonb NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE kernel.schedule (
    tenant_id integer NOT NULL,
    schedule_id uuid NOT NULL,
    name text NOT NULL,
    type text NOT NULL,
    arguments jsonb NOT NULL,
    cron text NOT NULL,
    time_zone text NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    next_at timestamp with time zone,
    last_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT schedule_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY kernel.schedule FORCE ROW LEVEL SECURITY;

CREATE VIEW kernel.v_audit WITH (security_invoker='true') AS
 SELECT audit.tenant_id,
    audit.day,
    audit.audit_id,
    audit.at,
    audit.actor,
    audit.request,
    audit.entity,
    audit.key,
    audit.change,
    kernel.open_personal(
        CASE audit.change
            WHEN 'update'::text THEN kernel.only_changed(audit.before, audit.after)
            ELSE (audit.before - 'tenant_id'::text)
        END) AS before,
    kernel.open_personal(
        CASE audit.change
            WHEN 'update'::text THEN kernel.only_changed(audit.after, audit.before)
            ELSE (audit.after - 'tenant_id'::text)
        END) AS after
   FROM kernel.audit;

CREATE VIEW kernel.v_partition_reach WITH (security_invoker='true') AS
 SELECT plan.parent,
    (count(child.inhrelid))::integer AS partitions
   FROM (kernel.partition_plan plan
     JOIN pg_inherits child ON ((child.inhparent = ((plan.parent)::regclass)::oid)))
  GROUP BY plan.parent;

CREATE TABLE work.approval (
    tenant_id integer NOT NULL,
    approval_id uuid NOT NULL,
    document_type text NOT NULL,
    document_id uuid NOT NULL,
    company_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    rule_version integer NOT NULL,
    attributes jsonb NOT NULL,
    steps jsonb NOT NULL,
    step integer DEFAULT 1 NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    requested_by uuid NOT NULL,
    authors uuid[] NOT NULL,
    requested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    escalates_at timestamp with time zone,
    escalated boolean DEFAULT false NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT approval_check CHECK (((state = 'pending'::text) = (closed_at IS NULL))),
    CONSTRAINT approval_check1 CHECK (((step >= 1) AND (step <= jsonb_array_length(steps)))),
    CONSTRAINT approval_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text, 'reopened'::text])))
);

ALTER TABLE ONLY work.approval FORCE ROW LEVEL SECURITY;

CREATE TABLE work.approval_asked (
    tenant_id integer NOT NULL,
    approval_id uuid NOT NULL,
    step integer NOT NULL,
    kind text NOT NULL,
    approver_id uuid NOT NULL,
    CONSTRAINT approval_asked_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'role'::text])))
);

ALTER TABLE ONLY work.approval_asked FORCE ROW LEVEL SECURITY;

CREATE TABLE work.approval_history (
    tenant_id integer NOT NULL,
    entry_id bigint NOT NULL,
    approval_id uuid NOT NULL,
    kind text NOT NULL,
    step integer NOT NULL,
    actor uuid NOT NULL,
    stands_for uuid NOT NULL,
    fits integer[] DEFAULT '{}'::integer[] NOT NULL,
    comment text DEFAULT ''::text NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT approval_history_kind_check CHECK ((kind = ANY (ARRAY['asked'::text, 'approved'::text, 'rejected'::text, 'retracted'::text, 'withdrawn'::text, 'reopened'::text, 'escalated'::text])))
);

ALTER TABLE ONLY work.approval_history FORCE ROW LEVEL SECURITY;

ALTER TABLE work.approval_history ALTER COLUMN entry_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME work.approval_history_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE work.approval_rule (
    tenant_id integer NOT NULL,
    rule_id uuid NOT NULL,
    company_id uuid,
    name text NOT NULL,
    document_type text NOT NULL,
    rank integer NOT NULL,
    conditions jsonb NOT NULL,
    steps jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT approval_rule_conditions_check CHECK ((jsonb_typeof(conditions) = 'array'::text)),
    CONSTRAINT approval_rule_name_check CHECK ((name <> ''::text)),
    CONSTRAINT approval_rule_steps_check CHECK (((jsonb_typeof(steps) = 'array'::text) AND ((jsonb_array_length(steps) >= 1) AND (jsonb_array_length(steps) <= 10))))
);

ALTER TABLE ONLY work.approval_rule FORCE ROW LEVEL SECURITY;

CREATE TABLE work.comment (
    tenant_id integer NOT NULL,
    comment_id uuid NOT NULL,
    document_type text NOT NULL,
    document_id uuid NOT NULL,
    author uuid NOT NULL,
    text text NOT NULL,
    mentions uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT comment_text_check CHECK ((text <> ''::text))
);

ALTER TABLE ONLY work.comment FORCE ROW LEVEL SECURITY;

CREATE TABLE work.delegation (
    tenant_id integer NOT NULL,
    delegation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    delegate_id uuid NOT NULL,
    starts date NOT NULL,
    ends date NOT NULL,
    begins_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT delegation_check CHECK (((ends >= starts) AND (expires_at > begins_at))),
    CONSTRAINT delegation_check1 CHECK ((person_id <> delegate_id))
);

ALTER TABLE ONLY work.delegation FORCE ROW LEVEL SECURITY;

CREATE TABLE work.document (
    tenant_id integer NOT NULL,
    document_type text NOT NULL,
    document_id uuid NOT NULL,
    company_id uuid,
    title text NOT NULL,
    CONSTRAINT document_document_type_check CHECK ((document_type <> ''::text)),
    CONSTRAINT document_title_check CHECK ((title <> ''::text))
);

ALTER TABLE ONLY work.document FORCE ROW LEVEL SECURITY;

CREATE TABLE work.follower (
    tenant_id integer NOT NULL,
    document_type text NOT NULL,
    document_id uuid NOT NULL,
    person_id uuid NOT NULL,
    since timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE ONLY work.follower FORCE ROW LEVEL SECURITY;

CREATE TABLE work.label (
    tenant_id integer NOT NULL,
    label_id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT label_kind_check CHECK ((kind = ANY (ARRAY['project'::text, 'tag'::text, 'category'::text]))),
    CONSTRAINT label_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY work.label FORCE ROW LEVEL SECURITY;

CREATE TABLE work.no_digest (
    tenant_id integer NOT NULL,
    person_id uuid NOT NULL,
    since timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE ONLY work.no_digest FORCE ROW LEVEL SECURITY;

CREATE TABLE work.notification (
    tenant_id integer NOT NULL,
    notification_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    subject_type text NOT NULL,
    subject_id uuid NOT NULL,
    title text NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    actor uuid NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    read_at timestamp with time zone,
    mailed_at timestamp with time zone,
    CONSTRAINT notification_kind_check CHECK ((kind = ANY (ARRAY['asked'::text, 'escalated'::text, 'approved'::text, 'rejected'::text, 'mention'::text, 'comment'::text, 'task'::text])))
);

ALTER TABLE ONLY work.notification FORCE ROW LEVEL SECURITY;

CREATE TABLE work.task (
    tenant_id integer NOT NULL,
    task_id uuid NOT NULL,
    title text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    due_on date,
    assignee_id uuid,
    project_id uuid,
    project_kind text DEFAULT 'project'::text NOT NULL,
    category_id uuid,
    category_kind text DEFAULT 'category'::text NOT NULL,
    customer text DEFAULT ''::text NOT NULL,
    document_type text,
    document_id uuid,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    done_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT task_category_kind_check CHECK ((category_kind = 'category'::text)),
    CONSTRAINT task_check CHECK (((document_type IS NULL) = (document_id IS NULL))),
    CONSTRAINT task_project_kind_check CHECK ((project_kind = 'project'::text)),
    CONSTRAINT task_title_check CHECK ((title <> ''::text))
);

ALTER TABLE ONLY work.task FORCE ROW LEVEL SECURITY;

CREATE TABLE work.task_tag (
    tenant_id integer NOT NULL,
    task_id uuid NOT NULL,
    tag_id uuid NOT NULL,
    tag_kind text DEFAULT 'tag'::text NOT NULL,
    CONSTRAINT task_tag_tag_kind_check CHECK ((tag_kind = 'tag'::text))
);

ALTER TABLE ONLY work.task_tag FORCE ROW LEVEL SECURITY;

CREATE VIEW work.v_approval_state WITH (security_invoker='true') AS
 SELECT DISTINCT ON (approval.tenant_id, approval.document_type, approval.document_id) approval.tenant_id,
    approval.document_type,
    approval.document_id,
    approval.approval_id,
    approval.state
   FROM work.approval
  ORDER BY approval.tenant_id, approval.document_type, approval.document_id, approval.approval_id DESC;

ALTER TABLE ONLY accounting.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (tenant_id, company_id, account);

ALTER TABLE ONLY accounting.posting_rule
    ADD CONSTRAINT posting_rule_once UNIQUE (tenant_id, company_id, event_type, item_kind, reason);

ALTER TABLE ONLY accounting.posting_rule
    ADD CONSTRAINT posting_rule_pkey PRIMARY KEY (tenant_id, company_id, rule_id);

ALTER TABLE ONLY accounting.voucher_line
    ADD CONSTRAINT voucher_line_pkey PRIMARY KEY (tenant_id, recorded_on, line_id);

ALTER TABLE ONLY accounting.voucher
    ADD CONSTRAINT voucher_number UNIQUE (tenant_id, company_id, year, number);

ALTER TABLE ONLY accounting.voucher
    ADD CONSTRAINT voucher_once_per_event_and_rule UNIQUE (tenant_id, event_id, event_day, rule);

ALTER TABLE ONLY accounting.voucher
    ADD CONSTRAINT voucher_pkey PRIMARY KEY (tenant_id, voucher_id);

ALTER TABLE ONLY catalog.item
    ADD CONSTRAINT item_code UNIQUE (tenant_id, code);

ALTER TABLE ONLY catalog.item_cost
    ADD CONSTRAINT item_cost_pkey PRIMARY KEY (tenant_id, item_id, company_id);

ALTER TABLE ONLY catalog.item
    ADD CONSTRAINT item_pkey PRIMARY KEY (tenant_id, item_id);

ALTER TABLE ONLY catalog.item_unit
    ADD CONSTRAINT item_unit_pkey PRIMARY KEY (tenant_id, item_id, unit);

ALTER TABLE ONLY catalog.partner_address
    ADD CONSTRAINT partner_address_pkey PRIMARY KEY (tenant_id, address_id);

ALTER TABLE ONLY catalog.partner
    ADD CONSTRAINT partner_code UNIQUE (tenant_id, code);

ALTER TABLE ONLY catalog.partner_contact
    ADD CONSTRAINT partner_contact_pkey PRIMARY KEY (tenant_id, contact_id);

ALTER TABLE ONLY catalog.partner
    ADD CONSTRAINT partner_pkey PRIMARY KEY (tenant_id, partner_id);

ALTER TABLE ONLY catalog.partner_standing
    ADD CONSTRAINT partner_standing_pkey PRIMARY KEY (tenant_id, partner_id, company_id);

ALTER TABLE ONLY company.company
    ADD CONSTRAINT company_code UNIQUE (tenant_id, code);

ALTER TABLE ONLY company.company
    ADD CONSTRAINT company_pkey PRIMARY KEY (tenant_id, company_id);

ALTER TABLE ONLY company.letterhead
    ADD CONSTRAINT letterhead_pkey PRIMARY KEY (tenant_id, company_id);

ALTER TABLE ONLY company.period
    ADD CONSTRAINT period_pkey PRIMARY KEY (tenant_id, company_id, starts);

ALTER TABLE ONLY company.series
    ADD CONSTRAINT series_pkey PRIMARY KEY (tenant_id, company_id, kind, year);

ALTER TABLE ONLY company.site
    ADD CONSTRAINT site_code UNIQUE (tenant_id, code);

ALTER TABLE ONLY company.site
    ADD CONSTRAINT site_pkey PRIMARY KEY (tenant_id, site_id);

ALTER TABLE ONLY company.tenant
    ADD CONSTRAINT tenant_pkey PRIMARY KEY (tenant_id);

ALTER TABLE ONLY identity.authorization_code
    ADD CONSTRAINT authorization_code_pkey PRIMARY KEY (tenant_id, code_hash);

ALTER TABLE ONLY identity.client_permission
    ADD CONSTRAINT client_permission_pkey PRIMARY KEY (tenant_id, client_id, permission);

ALTER TABLE ONLY identity.client
    ADD CONSTRAINT client_pkey PRIMARY KEY (tenant_id, client_id);

ALTER TABLE ONLY identity.device
    ADD CONSTRAINT device_name UNIQUE (tenant_id, name);

ALTER TABLE ONLY identity.device
    ADD CONSTRAINT device_pkey PRIMARY KEY (tenant_id, device_id);

ALTER TABLE ONLY identity.external_sign_in
    ADD CONSTRAINT external_sign_in_pkey PRIMARY KEY (state_hash);

ALTER TABLE ONLY identity.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (tenant_id, invitation_id);

ALTER TABLE ONLY identity.member
    ADD CONSTRAINT member_pkey PRIMARY KEY (tenant_id, person_id);

ALTER TABLE ONLY identity.member_role
    ADD CONSTRAINT member_role_pkey PRIMARY KEY (tenant_id, person_id, role_id);

ALTER TABLE ONLY identity.password_reset
    ADD CONSTRAINT password_reset_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY identity.person
    ADD CONSTRAINT person_email UNIQUE (email);

ALTER TABLE ONLY identity.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (person_id);

ALTER TABLE ONLY identity.person_tenant
    ADD CONSTRAINT person_tenant_pkey PRIMARY KEY (person_id, tenant_id);

ALTER TABLE ONLY identity.recovery_code
    ADD CONSTRAINT recovery_code_pkey PRIMARY KEY (person_id, code_hash);

ALTER TABLE ONLY identity.refresh_token
    ADD CONSTRAINT refresh_token_pkey PRIMARY KEY (tenant_id, token_hash);

ALTER TABLE ONLY identity.right_change
    ADD CONSTRAINT right_change_pkey PRIMARY KEY (change_id);

ALTER TABLE ONLY identity.role
    ADD CONSTRAINT role_name UNIQUE (tenant_id, name);

ALTER TABLE ONLY identity.role_permission
    ADD CONSTRAINT role_permission_pkey PRIMARY KEY (tenant_id, role_id, permission);

ALTER TABLE ONLY identity.role
    ADD CONSTRAINT role_pkey PRIMARY KEY (tenant_id, role_id);

ALTER TABLE ONLY identity.second_factor
    ADD CONSTRAINT second_factor_pkey PRIMARY KEY (person_id);

ALTER TABLE ONLY identity.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (tenant_id, secret_hash);

ALTER TABLE ONLY identity.sign_in_guard
    ADD CONSTRAINT sign_in_guard_pkey PRIMARY KEY (subject);

ALTER TABLE ONLY identity.signing_key
    ADD CONSTRAINT signing_key_pkey PRIMARY KEY (key_id);

ALTER TABLE ONLY identity.token_family
    ADD CONSTRAINT token_family_pkey PRIMARY KEY (tenant_id, family);

ALTER TABLE ONLY inventory.adjustment_line
    ADD CONSTRAINT adjustment_line_pkey PRIMARY KEY (tenant_id, adjustment_id, line_no);

ALTER TABLE ONLY inventory.adjustment
    ADD CONSTRAINT adjustment_number UNIQUE (tenant_id, company_id, number);

ALTER TABLE ONLY inventory.adjustment
    ADD CONSTRAINT adjustment_pkey PRIMARY KEY (tenant_id, adjustment_id);

ALTER TABLE ONLY inventory.balance_detail
    ADD CONSTRAINT balance_detail_pkey PRIMARY KEY (tenant_id, company_id, item_id, warehouse_id, bin, lot, owner_id, status);

ALTER TABLE ONLY inventory.balance
    ADD CONSTRAINT balance_pkey PRIMARY KEY (tenant_id, company_id, item_id, warehouse_id);

ALTER TABLE ONLY inventory.bin
    ADD CONSTRAINT bin_pkey PRIMARY KEY (tenant_id, warehouse_id, bin);

ALTER TABLE ONLY inventory.expected
    ADD CONSTRAINT expected_pkey PRIMARY KEY (tenant_id, expected_id);

ALTER TABLE ONLY inventory.handling_unit
    ADD CONSTRAINT handling_unit_pkey PRIMARY KEY (tenant_id, sscc);

ALTER TABLE ONLY inventory.lot
    ADD CONSTRAINT lot_pkey PRIMARY KEY (tenant_id, item_id, lot);

ALTER TABLE ONLY inventory.movement
    ADD CONSTRAINT movement_pkey PRIMARY KEY (tenant_id, recorded_on, movement_id);

ALTER TABLE ONLY inventory.opening
    ADD CONSTRAINT opening_once UNIQUE (tenant_id, company_id, item_id, warehouse_id, bin, lot);

ALTER TABLE ONLY inventory.opening
    ADD CONSTRAINT opening_pkey PRIMARY KEY (tenant_id, opening_id);

ALTER TABLE ONLY inventory.promised_supply
    ADD CONSTRAINT promised_supply_pkey PRIMARY KEY (tenant_id, expected_id, reservation_id);

ALTER TABLE ONLY inventory.reservation_line
    ADD CONSTRAINT reservation_line_pkey PRIMARY KEY (tenant_id, reservation_id, item_id, warehouse_id);

ALTER TABLE ONLY inventory.reservation_pin
    ADD CONSTRAINT reservation_pin_pkey PRIMARY KEY (tenant_id, reservation_id, item_id, warehouse_id, bin, lot);

ALTER TABLE ONLY inventory.reservation
    ADD CONSTRAINT reservation_pkey PRIMARY KEY (tenant_id, reservation_id);

ALTER TABLE ONLY inventory.reversal
    ADD CONSTRAINT reversal_of_one UNIQUE (tenant_id, company_id, reversed_by);

ALTER TABLE ONLY inventory.reversal
    ADD CONSTRAINT reversal_pkey PRIMARY KEY (tenant_id, company_id, document);

ALTER TABLE ONLY inventory.serial
    ADD CONSTRAINT serial_pkey PRIMARY KEY (tenant_id, item_id, serial);

ALTER TABLE ONLY inventory.sscc_prefix
    ADD CONSTRAINT sscc_prefix_pkey PRIMARY KEY (tenant_id, company_id);

ALTER TABLE ONLY inventory.stock_day_done
    ADD CONSTRAINT stock_day_done_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY inventory.stock_day
    ADD CONSTRAINT stock_day_pkey PRIMARY KEY (tenant_id, warehouse_id, day, item_id, bin, lot, owner_id, status);

ALTER TABLE ONLY inventory.stock_full_day
    ADD CONSTRAINT stock_full_day_pkey PRIMARY KEY (tenant_id, warehouse_id, day);

ALTER TABLE ONLY inventory.warehouse
    ADD CONSTRAINT warehouse_code UNIQUE (tenant_id, code);

ALTER TABLE ONLY inventory.warehouse
    ADD CONSTRAINT warehouse_of_company UNIQUE (tenant_id, company_id, warehouse_id);

ALTER TABLE ONLY inventory.warehouse
    ADD CONSTRAINT warehouse_pkey PRIMARY KEY (tenant_id, warehouse_id);

ALTER TABLE ONLY kernel.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (alert_id);

ALTER TABLE ONLY kernel.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (tenant_id, client_id, key);

ALTER TABLE ONLY kernel.attachment_part
    ADD CONSTRAINT attachment_part_pkey PRIMARY KEY (tenant_id, attachment_id, part_no);

ALTER TABLE ONLY kernel.attachment
    ADD CONSTRAINT attachment_pkey PRIMARY KEY (tenant_id, attachment_id);

ALTER TABLE ONLY kernel.attempt
    ADD CONSTRAINT attempt_pkey PRIMARY KEY (consumer, lane, pos);

ALTER TABLE ONLY kernel.audit_block
    ADD CONSTRAINT audit_block_pkey PRIMARY KEY (tenant_id, block);

ALTER TABLE ONLY kernel.audit_look
    ADD CONSTRAINT audit_look_pkey PRIMARY KEY (look);

ALTER TABLE ONLY kernel.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (tenant_id, day, audit_id);

ALTER TABLE ONLY kernel.backup
    ADD CONSTRAINT backup_pkey PRIMARY KEY (backup_id);

ALTER TABLE ONLY kernel.cluster
    ADD CONSTRAINT cluster_pkey PRIMARY KEY (only_one);

ALTER TABLE ONLY kernel.cursor
    ADD CONSTRAINT cursor_pkey PRIMARY KEY (consumer, lane, from_pos);

ALTER TABLE ONLY kernel.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (day, id);

ALTER TABLE ONLY kernel.event_pos
    ADD CONSTRAINT event_pos_pkey PRIMARY KEY (pos);

ALTER TABLE ONLY kernel.exchange
    ADD CONSTRAINT exchange_name UNIQUE (tenant_id, name);

ALTER TABLE ONLY kernel.exchange
    ADD CONSTRAINT exchange_pkey PRIMARY KEY (tenant_id, exchange_id);

ALTER TABLE ONLY kernel.exchange_run
    ADD CONSTRAINT exchange_run_pkey PRIMARY KEY (tenant_id, exchange_id, run_id);

ALTER TABLE ONLY kernel.field
    ADD CONSTRAINT field_name UNIQUE (tenant_id, document_type, name);

ALTER TABLE ONLY kernel.field
    ADD CONSTRAINT field_pkey PRIMARY KEY (tenant_id, field_id);

ALTER TABLE ONLY kernel.field_value
    ADD CONSTRAINT field_value_pkey PRIMARY KEY (tenant_id, document_type, document_id);

ALTER TABLE ONLY kernel.import_effect
    ADD CONSTRAINT import_effect_pkey PRIMARY KEY (tenant_id, import_id, row_no);

ALTER TABLE ONLY kernel.import_fault
    ADD CONSTRAINT import_fault_pkey PRIMARY KEY (tenant_id, import_id, row_no, fault_no);

ALTER TABLE ONLY kernel.import_memory
    ADD CONSTRAINT import_memory_pkey PRIMARY KEY (tenant_id, kind, headings);

ALTER TABLE ONLY kernel.import_part
    ADD CONSTRAINT import_part_pkey PRIMARY KEY (tenant_id, import_id, part_no);

ALTER TABLE ONLY kernel.import
    ADD CONSTRAINT import_pkey PRIMARY KEY (tenant_id, import_id);

ALTER TABLE ONLY kernel.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (tenant_id, job_id);

ALTER TABLE ONLY kernel.lease
    ADD CONSTRAINT lease_pkey PRIMARY KEY (name);

ALTER TABLE ONLY kernel.list_view
    ADD CONSTRAINT list_view_pkey PRIMARY KEY (tenant_id, view_id);

ALTER TABLE ONLY kernel.log_break
    ADD CONSTRAINT log_break_pkey PRIMARY KEY (after_pos);

ALTER TABLE ONLY kernel.mail_account
    ADD CONSTRAINT mail_account_pkey PRIMARY KEY (tenant_id, company_id);

ALTER TABLE ONLY kernel.mail_part
    ADD CONSTRAINT mail_part_pkey PRIMARY KEY (tenant_id, mail_id, part_no);

ALTER TABLE ONLY kernel.mail
    ADD CONSTRAINT mail_pkey PRIMARY KEY (tenant_id, mail_id);

ALTER TABLE ONLY kernel.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (name);

ALTER TABLE ONLY kernel.parked
    ADD CONSTRAINT parked_pkey PRIMARY KEY (tenant_id, parked_id);

ALTER TABLE ONLY kernel.parked
    ADD CONSTRAINT parked_tenant_id_consumer_pos_key UNIQUE (tenant_id, consumer, pos);

ALTER TABLE ONLY kernel.partition_plan
    ADD CONSTRAINT partition_plan_pkey PRIMARY KEY (parent);

ALTER TABLE ONLY kernel.person_key
    ADD CONSTRAINT person_key_pkey PRIMARY KEY (tenant_id, person_id);

ALTER TABLE ONLY kernel.sample
    ADD CONSTRAINT sample_pkey PRIMARY KEY (hour);

ALTER TABLE ONLY kernel.schedule
    ADD CONSTRAINT schedule_name UNIQUE (tenant_id, name);

ALTER TABLE ONLY kernel.schedule
    ADD CONSTRAINT schedule_pkey PRIMARY KEY (tenant_id, schedule_id);

ALTER TABLE ONLY kernel.search_entry
    ADD CONSTRAINT search_entry_pkey PRIMARY KEY (tenant_id, entity, entity_id);

ALTER TABLE ONLY work.approval_asked
    ADD CONSTRAINT approval_asked_pkey PRIMARY KEY (tenant_id, approval_id, step, kind, approver_id);

ALTER TABLE ONLY work.approval_history
    ADD CONSTRAINT approval_history_pkey PRIMARY KEY (tenant_id, entry_id);

ALTER TABLE ONLY work.approval
    ADD CONSTRAINT approval_pkey PRIMARY KEY (tenant_id, approval_id);

ALTER TABLE ONLY work.approval_rule
    ADD CONSTRAINT approval_rule_pkey PRIMARY KEY (tenant_id, rule_id);

ALTER TABLE ONLY work.comment
    ADD CONSTRAINT comment_pkey PRIMARY KEY (tenant_id, comment_id);

ALTER TABLE ONLY work.delegation
    ADD CONSTRAINT delegation_pkey PRIMARY KEY (tenant_id, delegation_id);

ALTER TABLE ONLY work.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (tenant_id, document_type, document_id);

ALTER TABLE ONLY work.follower
    ADD CONSTRAINT follower_pkey PRIMARY KEY (tenant_id, document_type, document_id, person_id);

ALTER TABLE ONLY work.label
    ADD CONSTRAINT label_of_kind UNIQUE (tenant_id, kind, label_id);

ALTER TABLE ONLY work.label
    ADD CONSTRAINT label_pkey PRIMARY KEY (tenant_id, label_id);

ALTER TABLE ONLY work.no_digest
    ADD CONSTRAINT no_digest_pkey PRIMARY KEY (tenant_id, person_id);

ALTER TABLE ONLY work.notification
    ADD CONSTRAINT notification_pkey PRIMARY KEY (tenant_id, notification_id);

ALTER TABLE ONLY work.task
    ADD CONSTRAINT task_pkey PRIMARY KEY (tenant_id, task_id);

ALTER TABLE ONLY work.task_tag
    ADD CONSTRAINT task_tag_pkey PRIMARY KEY (tenant_id, task_id, tag_id);

CREATE INDEX voucher_document ON accounting.voucher USING btree (tenant_id, company_id, document);

CREATE INDEX voucher_line_account ON ONLY accounting.voucher_line USING btree (tenant_id, company_id, account, date) INCLUDE (debit, credit);

CREATE INDEX voucher_line_voucher ON ONLY accounting.voucher_line USING btree (tenant_id, voucher_id);

CREATE INDEX address_partner ON catalog.partner_address USING btree (tenant_id, partner_id, "position");

CREATE INDEX contact_partner ON catalog.partner_contact USING btree (tenant_id, partner_id, "position");

CREATE INDEX item_created ON catalog.item USING btree (tenant_id, created_at, item_id);

CREATE INDEX item_kind ON catalog.item USING btree (tenant_id, kind, item_id);

CREATE INDEX item_name ON catalog.item USING btree (tenant_id, name_key, item_id);

CREATE UNIQUE INDEX item_variant ON catalog.item USING btree (tenant_id, variant_of, variant_values) WHERE (variant_of IS NOT NULL);

CREATE INDEX partner_created ON catalog.partner USING btree (tenant_id, created_at, partner_id);

CREATE INDEX partner_name ON catalog.partner USING btree (tenant_id, name_key, partner_id);

CREATE UNIQUE INDEX device_code ON identity.device USING btree (tenant_id, code_hash) WHERE (code_hash IS NOT NULL);

CREATE INDEX password_reset_person ON identity.password_reset USING btree (person_id);

CREATE INDEX refresh_token_family ON identity.refresh_token USING btree (tenant_id, family);

CREATE INDEX right_change_at ON identity.right_change USING btree (at);

CREATE INDEX session_age ON identity.session USING btree (expires_at);

CREATE UNIQUE INDEX session_id ON identity.session USING btree (tenant_id, session_id);

CREATE INDEX sign_in_guard_age ON identity.sign_in_guard USING btree (since);

CREATE INDEX token_family_person ON identity.token_family USING btree (tenant_id, person_id);

CREATE INDEX adjustment_by_date ON inventory.adjustment USING btree (tenant_id, company_id, date, adjustment_id);

CREATE INDEX adjustment_newest ON inventory.adjustment USING btree (tenant_id, company_id, adjustment_id);

CREATE INDEX adjustment_open ON inventory.adjustment USING btree (tenant_id, company_id, adjustment_id) WHERE (state = ANY (ARRAY['draft'::text, 'waiting'::text]));

CREATE INDEX balance_detail_unit ON inventory.balance_detail USING btree (tenant_id, warehouse_id, bin) WHERE (length(bin) = 18);

CREATE INDEX balance_warehouse ON inventory.balance USING btree (tenant_id, warehouse_id, item_id);

CREATE INDEX expected_newest ON inventory.expected USING btree (tenant_id, company_id, expected_id);

CREATE INDEX expected_open ON inventory.expected USING btree (tenant_id, company_id, item_id, warehouse_id, due, expected_id) WHERE ((closed_at IS NULL) AND (arrived < quantity));

CREATE UNIQUE INDEX expected_source ON inventory.expected USING btree (tenant_id, company_id, source, item_id, warehouse_id) WHERE (closed_at IS NULL);

CREATE INDEX handling_unit_company ON inventory.handling_unit USING btree (tenant_id, company_id, sscc);

CREATE INDEX movement_document ON ONLY inventory.movement USING btree (tenant_id, company_id, document);

CREATE INDEX movement_item ON ONLY inventory.movement USING btree (tenant_id, company_id, item_id, movement_id);

CREATE INDEX movement_lot ON ONLY inventory.movement USING btree (tenant_id, company_id, item_id, lot, movement_id) WHERE (lot <> ''::text);

CREATE INDEX movement_newest ON ONLY inventory.movement USING btree (tenant_id, company_id, movement_id);

CREATE INDEX promised_supply_of ON inventory.promised_supply USING btree (tenant_id, reservation_id);

CREATE UNIQUE INDEX reservation_demand ON inventory.reservation USING btree (tenant_id, company_id, demand) WHERE (released_at IS NULL);

CREATE INDEX reservation_held_until ON inventory.reservation USING btree (tenant_id, company_id, held_until) WHERE ((released_at IS NULL) AND (held_until IS NOT NULL));

CREATE INDEX reservation_line_stock ON inventory.reservation_line USING btree (tenant_id, company_id, item_id, warehouse_id);

CREATE INDEX reservation_line_waiting ON inventory.reservation_line USING btree (tenant_id, company_id, item_id, warehouse_id, priority, reservation_id) WHERE (waiting > (0)::numeric);

CREATE INDEX reservation_open ON inventory.reservation USING btree (tenant_id, company_id, reservation_id) WHERE (released_at IS NULL);

CREATE INDEX stock_day_item ON inventory.stock_day USING btree (tenant_id, item_id, warehouse_id, day);

CREATE UNIQUE INDEX alert_open ON kernel.alert USING btree (name) WHERE (closed_at IS NULL);

CREATE INDEX answer_age ON kernel.answer USING btree (created_at);

CREATE INDEX attachment_document ON kernel.attachment USING btree (tenant_id, document_type, document_id, attachment_id) WHERE (retired_at IS NULL);

CREATE INDEX attachment_ever ON kernel.attachment USING btree (tenant_id, document_id, document_type, attachment_id);

CREATE INDEX audit_block_made ON kernel.audit_block USING btree (tenant_id, made_at);

CREATE INDEX audit_of ON ONLY kernel.audit USING btree (tenant_id, entity, key, audit_id);

CREATE INDEX audit_xid ON ONLY kernel.audit USING btree (xid, day);

CREATE INDEX backup_latest ON kernel.backup USING btree (kind, ended_at);

CREATE INDEX event_pos_event ON ONLY kernel.event_pos USING btree (event_day, event_id);

CREATE INDEX event_xid ON ONLY kernel.event USING btree (xid, day);

CREATE INDEX import_created ON kernel.import USING btree (tenant_id, created_at, import_id);

CREATE UNIQUE INDEX import_source ON kernel.import USING btree (tenant_id, exchange_id, source) WHERE (exchange_id IS NOT NULL);

CREATE INDEX job_ended ON kernel.job USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE UNIQUE INDEX job_key ON kernel.job USING btree (tenant_id, type, key) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));

CREATE INDEX job_newest ON kernel.job USING btree (tenant_id, state, job_id);

CREATE INDEX job_running ON kernel.job USING btree (lease_until) WHERE (state = 'running'::text);

CREATE INDEX job_waiting ON kernel.job USING btree (tenant_id, run_at, job_id) WHERE (state = 'waiting'::text);

CREATE UNIQUE INDEX list_view_name ON kernel.list_view USING btree (tenant_id, list, owner, name);

CREATE UNIQUE INDEX list_view_usual ON kernel.list_view USING btree (tenant_id, list, owner) WHERE usual;

CREATE INDEX mail_document ON kernel.mail USING btree (tenant_id, document_type, document_id, mail_id);

CREATE UNIQUE INDEX mail_message ON kernel.mail USING btree (tenant_id, message_id);

CREATE INDEX parked_open ON kernel.parked USING btree (tenant_id, consumer, aggregate) WHERE (resolved_at IS NULL);

CREATE INDEX parked_retry ON kernel.parked USING btree (consumer, pos) WHERE ((resolved_at IS NULL) AND (retry_requested_at IS NOT NULL));

CREATE INDEX schedule_due ON kernel.schedule USING btree (next_at) WHERE enabled;

CREATE INDEX search_entry_code ON kernel.search_entry USING btree (tenant_id, "left"(words, 40) text_pattern_ops);

CREATE INDEX search_entry_words ON kernel.search_entry USING gin (tenant_id, words kernel.gin_trgm_ops);

CREATE INDEX approval_asked_whom ON work.approval_asked USING btree (tenant_id, kind, approver_id);

CREATE INDEX approval_document ON work.approval USING btree (tenant_id, document_type, document_id, approval_id);

CREATE INDEX approval_history_of ON work.approval_history USING btree (tenant_id, approval_id, entry_id);

CREATE UNIQUE INDEX approval_pending ON work.approval USING btree (tenant_id, document_type, document_id) WHERE (state = 'pending'::text);

CREATE UNIQUE INDEX approval_rule_name ON work.approval_rule USING btree (tenant_id, name) WHERE (retired_at IS NULL);

CREATE INDEX comment_document ON work.comment USING btree (tenant_id, document_type, document_id, comment_id);

CREATE INDEX delegation_to ON work.delegation USING btree (tenant_id, delegate_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX label_name ON work.label USING btree (tenant_id, kind, name) WHERE (retired_at IS NULL);

CREATE INDEX notification_newest ON work.notification USING btree (tenant_id, person_id, notification_id);

CREATE INDEX notification_unmailed ON work.notification USING btree (tenant_id, at) WHERE ((read_at IS NULL) AND (mailed_at IS NULL));

CREATE INDEX notification_unread ON work.notification USING btree (tenant_id, person_id) WHERE (read_at IS NULL);

CREATE INDEX task_assignee ON work.task USING btree (tenant_id, assignee_id) WHERE (done_at IS NULL);

CREATE INDEX task_due ON work.task USING btree (tenant_id, COALESCE(due_on, '2200-01-01'::date), task_id) WHERE (done_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON accounting.account FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{company_id,account}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON accounting.posting_rule FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{rule_id}', '{}');

CREATE TRIGGER check_lines AFTER INSERT ON accounting.voucher_line REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION accounting.check_lines();

CREATE TRIGGER check_vouchers AFTER INSERT ON accounting.voucher REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION accounting.check_vouchers();

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON catalog.item FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{item_id}', '{search,name_key}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON catalog.item_cost FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{item_id,company_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON catalog.item_unit FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{item_id,unit}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON catalog.partner FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{partner_id}', '{search,name_key}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON catalog.partner_address FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{partner_id,address_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON catalog.partner_contact FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{partner_id,contact_id}', '{}', '{name,role,email,phone}', 'contact_id');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON catalog.partner_standing FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{partner_id,company_id}', '{}');

CREATE TRIGGER search_changed AFTER UPDATE ON catalog.item REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION kernel.follow_search('item', 'item_id', 'null::uuid', 'code', 'name', '''''', 'retired_at is null');

CREATE TRIGGER search_changed AFTER UPDATE ON catalog.partner REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION kernel.follow_search('partner', 'partner_id', 'null::uuid', 'code', 'name', 'tax_number', 'retired_at is null');

CREATE TRIGGER search_gone AFTER DELETE ON catalog.item REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION kernel.follow_search('item', 'item_id', 'null::uuid', 'code', 'name', '''''', 'retired_at is null');

CREATE TRIGGER search_gone AFTER DELETE ON catalog.partner REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION kernel.follow_search('partner', 'partner_id', 'null::uuid', 'code', 'name', 'tax_number', 'retired_at is null');

CREATE TRIGGER search_new AFTER INSERT ON catalog.item REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION kernel.follow_search('item', 'item_id', 'null::uuid', 'code', 'name', '''''', 'retired_at is null');

CREATE TRIGGER search_new AFTER INSERT ON catalog.partner REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION kernel.follow_search('partner', 'partner_id', 'null::uuid', 'code', 'name', 'tax_number', 'retired_at is null');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON company.company FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{company_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON company.letterhead FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{company_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON company.period FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{company_id,starts}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON company.site FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{site_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON company.tenant FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{tenant_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON identity.client FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{client_id}', '{secret_hash}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON identity.client_permission FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{client_id,permission}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON identity.device FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{device_id}', '{code_hash,code_expires_at,secret_hash,seen_at}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON identity.invitation FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{invitation_id}', '{token_hash}', '{email,name}', 'invitation_id');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON identity.member FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{person_id}', '{}', '{name,email}', 'person_id');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON identity.member_role FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{person_id,role_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON identity.role FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{role_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON identity.role_permission FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{role_id,permission}', '{}');

CREATE TRIGGER client_changed AFTER UPDATE ON identity.client FOR EACH ROW EXECUTE FUNCTION identity.note_right_change('client_id');

CREATE TRIGGER client_permission_given AFTER INSERT ON identity.client_permission REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION identity.note_right_changes('client_id');

CREATE TRIGGER client_permission_taken AFTER DELETE ON identity.client_permission REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION identity.note_right_changes('client_id');

CREATE TRIGGER device_revoked AFTER UPDATE ON identity.device FOR EACH ROW WHEN (((old.revoked_at IS DISTINCT FROM new.revoked_at) OR (old.role_id IS DISTINCT FROM new.role_id))) EXECUTE FUNCTION identity.note_right_change('device_id');

CREATE TRIGGER family_ended AFTER UPDATE ON identity.token_family FOR EACH ROW WHEN ((old.ended_at IS DISTINCT FROM new.ended_at)) EXECUTE FUNCTION identity.note_right_change('family');

CREATE TRIGGER member_retired AFTER UPDATE ON identity.member FOR EACH ROW WHEN ((old.retired_at IS DISTINCT FROM new.retired_at)) EXECUTE FUNCTION identity.note_right_change('person_id');

CREATE TRIGGER permission_given AFTER INSERT ON identity.role_permission REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION identity.note_right_changes('');

CREATE TRIGGER permission_taken AFTER DELETE ON identity.role_permission REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION identity.note_right_changes('');

CREATE TRIGGER role_given AFTER INSERT ON identity.member_role REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION identity.note_right_changes('person_id');

CREATE TRIGGER role_retired AFTER UPDATE ON identity.role FOR EACH ROW WHEN ((old.retired_at IS DISTINCT FROM new.retired_at)) EXECUTE FUNCTION identity.note_right_change('');

CREATE TRIGGER role_taken AFTER DELETE ON identity.member_role REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION identity.note_right_changes('person_id');

CREATE TRIGGER session_ended AFTER DELETE ON identity.session REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION identity.note_right_changes('person_id');

CREATE TRIGGER session_shortened AFTER UPDATE ON identity.session FOR EACH ROW WHEN ((old.expires_at IS DISTINCT FROM new.expires_at)) EXECUTE FUNCTION identity.note_right_change('person_id');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON inventory.adjustment FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{adjustment_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON inventory.adjustment_line FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{adjustment_id,line_no}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON inventory.bin FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{warehouse_id,bin}', '{}');

CREATE TRIGGER audit AFTER INSERT ON inventory.expected REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION kernel.audit_statement('expected_id');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON inventory.handling_unit FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{sscc}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON inventory.opening FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{opening_id}', '{}');

CREATE TRIGGER audit AFTER INSERT ON inventory.reservation REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION kernel.audit_statement('reservation_id');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON inventory.sscc_prefix FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{company_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON inventory.warehouse FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{warehouse_id}', '{}');

CREATE TRIGGER audit_update AFTER UPDATE ON inventory.expected REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION kernel.audit_statement('expected_id');

CREATE TRIGGER audit_update AFTER UPDATE ON inventory.reservation REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION kernel.audit_statement('reservation_id');

CREATE TRIGGER check_promises AFTER INSERT ON inventory.reservation_line REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION inventory.check_promises();

CREATE TRIGGER search_changed AFTER UPDATE ON inventory.adjustment REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION kernel.follow_search('stock_adjustment', 'adjustment_id', 'company_id', 'number', 'note', '''''', 'state <> ''withdrawn''');

CREATE TRIGGER search_gone AFTER DELETE ON inventory.adjustment REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION kernel.follow_search('stock_adjustment', 'adjustment_id', 'company_id', 'number', 'note', '''''', 'state <> ''withdrawn''');

CREATE TRIGGER search_new AFTER INSERT ON inventory.adjustment REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION kernel.follow_search('stock_adjustment', 'adjustment_id', 'company_id', 'number', 'note', '''''', 'state <> ''withdrawn''');

CREATE TRIGGER unit_is_here AFTER INSERT ON inventory.balance_detail FOR EACH ROW WHEN (((length(new.bin) = 18) AND (new.on_hand > (0)::numeric))) EXECUTE FUNCTION inventory.unit_is_here();

CREATE TRIGGER unit_is_still_here AFTER UPDATE OF on_hand ON inventory.balance_detail FOR EACH ROW WHEN (((length(new.bin) = 18) AND (new.on_hand > old.on_hand))) EXECUTE FUNCTION inventory.unit_is_here();

CREATE CONSTRAINT TRIGGER unit_leaves_nothing AFTER UPDATE OF warehouse_id, dissolved_at ON inventory.handling_unit DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.warehouse_id <> old.warehouse_id) OR ((new.dissolved_at IS NOT NULL) AND (old.dissolved_at IS NULL)))) EXECUTE FUNCTION inventory.unit_leaves_nothing();

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON kernel.attachment FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{attachment_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON kernel.exchange FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{exchange_id}', '{password}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON kernel.field FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{field_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON kernel.field_value FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{document_type,document_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON kernel.mail_account FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{company_id}', '{password,imap_password}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON kernel.schedule FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{schedule_id}', '{next_at,last_at}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON work.approval FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{approval_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON work.approval_rule FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{rule_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON work.delegation FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{delegation_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON work.label FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{label_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON work.task FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{task_id}', '{}');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON work.task_tag FOR EACH ROW EXECUTE FUNCTION kernel.audit_row('{task_id,tag_id}', '{}');

ALTER TABLE ONLY accounting.account
    ADD CONSTRAINT account_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company.company(tenant_id, company_id);

ALTER TABLE ONLY accounting.account
    ADD CONSTRAINT account_tenant_id_company_id_parent_fkey FOREIGN KEY (tenant_id, company_id, parent) REFERENCES accounting.account(tenant_id, company_id, account);

ALTER TABLE ONLY accounting.posting_rule
    ADD CONSTRAINT posting_rule_tenant_id_company_id_credit_account_fkey FOREIGN KEY (tenant_id, company_id, credit_account) REFERENCES accounting.account(tenant_id, company_id, account);

ALTER TABLE ONLY accounting.posting_rule
    ADD CONSTRAINT posting_rule_tenant_id_company_id_debit_account_fkey FOREIGN KEY (tenant_id, company_id, debit_account) REFERENCES accounting.account(tenant_id, company_id, account);

ALTER TABLE ONLY accounting.voucher
    ADD CONSTRAINT voucher_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company.company(tenant_id, company_id);

ALTER TABLE ONLY catalog.item_cost
    ADD CONSTRAINT item_cost_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company.company(tenant_id, company_id);

ALTER TABLE ONLY catalog.item_cost
    ADD CONSTRAINT item_cost_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES catalog.item(tenant_id, item_id);

ALTER TABLE ONLY catalog.item_unit
    ADD CONSTRAINT item_unit_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES catalog.item(tenant_id, item_id);

ALTER TABLE ONLY catalog.item
    ADD CONSTRAINT item_variant_of FOREIGN KEY (tenant_id, variant_of) REFERENCES catalog.item(tenant_id, item_id);

ALTER TABLE ONLY catalog.partner_address
    ADD CONSTRAINT partner_address_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES catalog.partner(tenant_id, partner_id);

ALTER TABLE ONLY catalog.partner_contact
    ADD CONSTRAINT partner_contact_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES catalog.partner(tenant_id, partner_id);

ALTER TABLE ONLY catalog.partner_standing
    ADD CONSTRAINT partner_standing_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company.company(tenant_id, company_id);

ALTER TABLE ONLY catalog.partner_standing
    ADD CONSTRAINT partner_standing_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES catalog.partner(tenant_id, partner_id);

ALTER TABLE ONLY company.company
    ADD CONSTRAINT company_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES company.tenant(tenant_id);

ALTER TABLE ONLY company.letterhead
    ADD CONSTRAINT letterhead_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company.company(tenant_id, company_id);

ALTER TABLE ONLY company.period
    ADD CONSTRAINT period_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company.company(tenant_id, company_id);

ALTER TABLE ONLY company.series
    ADD CONSTRAINT series_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company.company(tenant_id, company_id);

ALTER TABLE ONLY company.site
    ADD CONSTRAINT site_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company.company(tenant_id, company_id);

ALTER TABLE ONLY identity.authorization_code
    ADD CONSTRAINT authorization_code_tenant_id_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES identity.client(tenant_id, client_id);

ALTER TABLE ONLY identity.authorization_code
    ADD CONSTRAINT authorization_code_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES identity.member(tenant_id, person_id);

ALTER TABLE ONLY identity.client_permission
    ADD CONSTRAINT client_permission_tenant_id_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES identity.client(tenant_id, client_id);

ALTER TABLE ONLY identity.device
    ADD CONSTRAINT device_tenant_id_role_id_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES identity.role(tenant_id, role_id);

ALTER TABLE ONLY identity.invitation
    ADD CONSTRAINT invitation_tenant_id_role_id_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES identity.role(tenant_id, role_id);

ALTER TABLE ONLY identity.member_role
    ADD CONSTRAINT member_role_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES identity.member(tenant_id, person_id);

ALTER TABLE ONLY identity.member_role
    ADD CONSTRAINT member_role_tenant_id_role_id_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES identity.role(tenant_id, role_id);

ALTER TABLE ONLY identity.password_reset
    ADD CONSTRAINT password_reset_person_id_fkey FOREIGN KEY (person_id) REFERENCES identity.person(person_id);

ALTER TABLE ONLY identity.person_tenant
    ADD CONSTRAINT person_tenant_person_id_fkey FOREIGN KEY (person_id) REFERENCES identity.person(person_id);

ALTER TABLE ONLY identity.recovery_code
    ADD CONSTRAINT recovery_code_person_id_fkey FOREIGN KEY (person_id) REFERENCES identity.person(person_id);

ALTER TABLE ONLY identity.refresh_token
    ADD CONSTRAINT refresh_token_tenant_id_family_fkey FOREIGN KEY (tenant_id, family) REFERENCES identity.token_family(tenant_id, family);

ALTER TABLE ONLY identity.role_permission
    ADD CONSTRAINT role_permission_tenant_id_role_id_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES identity.role(tenant_id, role_id);

ALTER TABLE ONLY identity.second_factor
    ADD CONSTRAINT second_factor_person_id_fkey FOREIGN KEY (person_id) REFERENCES identity.person(person_id);

ALTER TABLE ONLY identity.session
    ADD CONSTRAINT session_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES identity.member(tenant_id, person_id);

ALTER TABLE ONLY identity.token_family
    ADD CONSTRAINT token_family_tenant_id_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES identity.client(tenant_id, client_id);

ALTER TABLE ONLY identity.token_family
    ADD CONSTRAINT token_family_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES identity.member(tenant_id, person_id);

ALTER TABLE ONLY inventory.adjustment_line
    ADD CONSTRAINT adjustment_line_tenant_id_adjustment_id_fkey FOREIGN KEY (tenant_id, adjustment_id) REFERENCES inventory.adjustment(tenant_id, adjustment_id);

ALTER TABLE ONLY inventory.adjustment_line
    ADD CONSTRAINT adjustment_line_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES catalog.item(tenant_id, item_id);

ALTER TABLE ONLY inventory.adjustment_line
    ADD CONSTRAINT adjustment_line_tenant_id_warehouse_id_bin_fkey FOREIGN KEY (tenant_id, warehouse_id, bin) REFERENCES inventory.bin(tenant_id, warehouse_id, bin);

ALTER TABLE ONLY inventory.adjustment
    ADD CONSTRAINT adjustment_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company.company(tenant_id, company_id);

ALTER TABLE ONLY inventory.balance_detail
    ADD CONSTRAINT balance_detail_tenant_id_company_id_item_id_warehouse_id_fkey FOREIGN KEY (tenant_id, company_id, item_id, warehouse_id) REFERENCES inventory.balance(tenant_id, company_id, item_id, warehouse_id);

ALTER TABLE ONLY inventory.balance_detail
    ADD CONSTRAINT balance_detail_tenant_id_warehouse_id_bin_fkey FOREIGN KEY (tenant_id, warehouse_id, bin) REFERENCES inventory.bin(tenant_id, warehouse_id, bin);

ALTER TABLE ONLY inventory.balance
    ADD CONSTRAINT balance_tenant_id_company_id_warehouse_id_fkey FOREIGN KEY (tenant_id, company_id, warehouse_id) REFERENCES inventory.warehouse(tenant_id, company_id, warehouse_id);

ALTER TABLE ONLY inventory.balance
    ADD CONSTRAINT balance_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES catalog.item(tenant_id, item_id);

ALTER TABLE ONLY inventory.bin
    ADD CONSTRAINT bin_tenant_id_warehouse_id_fkey FOREIGN KEY (tenant_id, warehouse_id) REFERENCES inventory.warehouse(tenant_id, warehouse_id);

ALTER TABLE ONLY inventory.expected
    ADD CONSTRAINT expected_tenant_id_company_id_item_id_warehouse_id_fkey FOREIGN KEY (tenant_id, company_id, item_id, warehouse_id) REFERENCES inventory.balance(tenant_id, company_id, item_id, warehouse_id);

ALTER TABLE ONLY inventory.handling_unit
    ADD CONSTRAINT handling_unit_tenant_id_company_id_warehouse_id_fkey FOREIGN KEY (tenant_id, company_id, warehouse_id) REFERENCES inventory.warehouse(tenant_id, company_id, warehouse_id);

ALTER TABLE ONLY inventory.handling_unit
    ADD CONSTRAINT handling_unit_tenant_id_warehouse_id_bin_fkey FOREIGN KEY (tenant_id, warehouse_id, bin) REFERENCES inventory.bin(tenant_id, warehouse_id, bin);

ALTER TABLE ONLY inventory.handling_unit
    ADD CONSTRAINT handling_unit_tenant_id_warehouse_id_sscc_fkey FOREIGN KEY (tenant_id, warehouse_id, sscc) REFERENCES inventory.bin(tenant_id, warehouse_id, bin);

ALTER TABLE ONLY inventory.lot
    ADD CONSTRAINT lot_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES catalog.item(tenant_id, item_id);

ALTER TABLE ONLY inventory.opening
    ADD CONSTRAINT opening_tenant_id_company_id_warehouse_id_fkey FOREIGN KEY (tenant_id, company_id, warehouse_id) REFERENCES inventory.warehouse(tenant_id, company_id, warehouse_id);

ALTER TABLE ONLY inventory.opening
    ADD CONSTRAINT opening_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES catalog.item(tenant_id, item_id);

ALTER TABLE ONLY inventory.opening
    ADD CONSTRAINT opening_tenant_id_warehouse_id_bin_fkey FOREIGN KEY (tenant_id, warehouse_id, bin) REFERENCES inventory.bin(tenant_id, warehouse_id, bin);

ALTER TABLE ONLY inventory.promised_supply
    ADD CONSTRAINT promised_supply_tenant_id_expected_id_fkey FOREIGN KEY (tenant_id, expected_id) REFERENCES inventory.expected(tenant_id, expected_id);

ALTER TABLE ONLY inventory.promised_supply
    ADD CONSTRAINT promised_supply_tenant_id_reservation_id_fkey FOREIGN KEY (tenant_id, reservation_id) REFERENCES inventory.reservation(tenant_id, reservation_id);

ALTER TABLE ONLY inventory.reservation_pin
    ADD CONSTRAINT reservation_pin_tenant_id_reservation_id_item_id_warehouse_fkey FOREIGN KEY (tenant_id, reservation_id, item_id, warehouse_id) REFERENCES inventory.reservation_line(tenant_id, reservation_id, item_id, warehouse_id);

ALTER TABLE ONLY inventory.reversal
    ADD CONSTRAINT reversal_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company.company(tenant_id, company_id);

ALTER TABLE ONLY inventory.serial
    ADD CONSTRAINT serial_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES catalog.item(tenant_id, item_id);

ALTER TABLE ONLY inventory.sscc_prefix
    ADD CONSTRAINT sscc_prefix_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company.company(tenant_id, company_id);

ALTER TABLE ONLY inventory.warehouse
    ADD CONSTRAINT warehouse_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company.company(tenant_id, company_id);

ALTER TABLE ONLY kernel.attachment_part
    ADD CONSTRAINT attachment_part_tenant_id_attachment_id_fkey FOREIGN KEY (tenant_id, attachment_id) REFERENCES kernel.attachment(tenant_id, attachment_id);

ALTER TABLE ONLY kernel.exchange_run
    ADD CONSTRAINT exchange_run_tenant_id_exchange_id_fkey FOREIGN KEY (tenant_id, exchange_id) REFERENCES kernel.exchange(tenant_id, exchange_id);

ALTER TABLE ONLY kernel.exchange_run
    ADD CONSTRAINT exchange_run_tenant_id_import_id_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES kernel.import(tenant_id, import_id);

ALTER TABLE ONLY kernel.exchange
    ADD CONSTRAINT exchange_tenant_id_schedule_id_fkey FOREIGN KEY (tenant_id, schedule_id) REFERENCES kernel.schedule(tenant_id, schedule_id);

ALTER TABLE ONLY kernel.import_effect
    ADD CONSTRAINT import_effect_tenant_id_import_id_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES kernel.import(tenant_id, import_id);

ALTER TABLE ONLY kernel.import_fault
    ADD CONSTRAINT import_fault_tenant_id_import_id_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES kernel.import(tenant_id, import_id);

ALTER TABLE ONLY kernel.import_part
    ADD CONSTRAINT import_part_tenant_id_import_id_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES kernel.import(tenant_id, import_id);

ALTER TABLE ONLY kernel.import
    ADD CONSTRAINT import_tenant_id_exchange_id_fkey FOREIGN KEY (tenant_id, exchange_id) REFERENCES kernel.exchange(tenant_id, exchange_id);

ALTER TABLE ONLY kernel.mail_part
    ADD CONSTRAINT mail_part_tenant_id_mail_id_fkey FOREIGN KEY (tenant_id, mail_id) REFERENCES kernel.mail(tenant_id, mail_id);

ALTER TABLE ONLY work.approval_asked
    ADD CONSTRAINT approval_asked_tenant_id_approval_id_fkey FOREIGN KEY (tenant_id, approval_id) REFERENCES work.approval(tenant_id, approval_id);

ALTER TABLE ONLY work.approval_history
    ADD CONSTRAINT approval_history_tenant_id_approval_id_fkey FOREIGN KEY (tenant_id, approval_id) REFERENCES work.approval(tenant_id, approval_id);

ALTER TABLE ONLY work.approval_rule
    ADD CONSTRAINT approval_rule_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company.company(tenant_id, company_id);

ALTER TABLE ONLY work.approval
    ADD CONSTRAINT approval_tenant_id_document_type_document_id_fkey FOREIGN KEY (tenant_id, document_type, document_id) REFERENCES work.document(tenant_id, document_type, document_id);

ALTER TABLE ONLY work.approval
    ADD CONSTRAINT approval_tenant_id_rule_id_fkey FOREIGN KEY (tenant_id, rule_id) REFERENCES work.approval_rule(tenant_id, rule_id);

ALTER TABLE ONLY work.comment
    ADD CONSTRAINT comment_tenant_id_document_type_document_id_fkey FOREIGN KEY (tenant_id, document_type, document_id) REFERENCES work.document(tenant_id, document_type, document_id);

ALTER TABLE ONLY work.delegation
    ADD CONSTRAINT delegation_tenant_id_delegate_id_fkey FOREIGN KEY (tenant_id, delegate_id) REFERENCES identity.member(tenant_id, person_id);

ALTER TABLE ONLY work.delegation
    ADD CONSTRAINT delegation_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES identity.member(tenant_id, person_id);

ALTER TABLE ONLY work.document
    ADD CONSTRAINT document_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company.company(tenant_id, company_id);

ALTER TABLE ONLY work.follower
    ADD CONSTRAINT follower_tenant_id_document_type_document_id_fkey FOREIGN KEY (tenant_id, document_type, document_id) REFERENCES work.document(tenant_id, document_type, document_id);

ALTER TABLE ONLY work.follower
    ADD CONSTRAINT follower_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES identity.member(tenant_id, person_id);

ALTER TABLE ONLY work.no_digest
    ADD CONSTRAINT no_digest_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES identity.member(tenant_id, person_id);

ALTER TABLE ONLY work.notification
    ADD CONSTRAINT notification_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES identity.member(tenant_id, person_id);

ALTER TABLE ONLY work.task_tag
    ADD CONSTRAINT task_tag_tenant_id_tag_kind_tag_id_fkey FOREIGN KEY (tenant_id, tag_kind, tag_id) REFERENCES work.label(tenant_id, kind, label_id);

ALTER TABLE ONLY work.task_tag
    ADD CONSTRAINT task_tag_tenant_id_task_id_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES work.task(tenant_id, task_id);

ALTER TABLE ONLY work.task
    ADD CONSTRAINT task_tenant_id_assignee_id_fkey FOREIGN KEY (tenant_id, assignee_id) REFERENCES identity.member(tenant_id, person_id);

ALTER TABLE ONLY work.task
    ADD CONSTRAINT task_tenant_id_category_kind_category_id_fkey FOREIGN KEY (tenant_id, category_kind, category_id) REFERENCES work.label(tenant_id, kind, label_id);

ALTER TABLE ONLY work.task
    ADD CONSTRAINT task_tenant_id_document_type_document_id_fkey FOREIGN KEY (tenant_id, document_type, document_id) REFERENCES work.document(tenant_id, document_type, document_id);

ALTER TABLE ONLY work.task
    ADD CONSTRAINT task_tenant_id_project_kind_project_id_fkey FOREIGN KEY (tenant_id, project_kind, project_id) REFERENCES work.label(tenant_id, kind, label_id);

ALTER TABLE accounting.account ENABLE ROW LEVEL SECURITY;

ALTER TABLE accounting.posting_rule ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON accounting.account USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON accounting.posting_rule USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON accounting.voucher USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON accounting.voucher_line USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

ALTER TABLE accounting.voucher ENABLE ROW LEVEL SECURITY;

ALTER TABLE accounting.voucher_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE catalog.item ENABLE ROW LEVEL SECURITY;

ALTER TABLE catalog.item_cost ENABLE ROW LEVEL SECURITY;

ALTER TABLE catalog.item_unit ENABLE ROW LEVEL SECURITY;

ALTER TABLE catalog.partner ENABLE ROW LEVEL SECURITY;

ALTER TABLE catalog.partner_address ENABLE ROW LEVEL SECURITY;

ALTER TABLE catalog.partner_contact ENABLE ROW LEVEL SECURITY;

ALTER TABLE catalog.partner_standing ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON catalog.item USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON catalog.item_cost USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON catalog.item_unit USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON catalog.partner USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON catalog.partner_address USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON catalog.partner_contact USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON catalog.partner_standing USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

ALTER TABLE company.company ENABLE ROW LEVEL SECURITY;

ALTER TABLE company.letterhead ENABLE ROW LEVEL SECURITY;

CREATE POLICY owner_lists ON company.tenant FOR SELECT TO millrace_owner USING (true);

ALTER TABLE company.period ENABLE ROW LEVEL SECURITY;

ALTER TABLE company.series ENABLE ROW LEVEL SECURITY;

ALTER TABLE company.site ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON company.company USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON company.letterhead USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON company.period USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON company.series USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON company.site USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

ALTER TABLE company.tenant ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON company.tenant USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

ALTER TABLE identity.authorization_code ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.client ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.client_permission ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.device ENABLE ROW LEVEL SECURITY;

CREATE POLICY everything ON identity.role FOR SELECT TO millrace_owner USING (everything);

CREATE POLICY everything_given ON identity.role_permission FOR INSERT TO millrace_owner WITH CHECK (true);

CREATE POLICY everything_seen ON identity.role_permission FOR SELECT TO millrace_owner USING (true);

ALTER TABLE identity.invitation ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.member ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.member_role ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.refresh_token ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.role ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.role_permission ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.session ENABLE ROW LEVEL SECURITY;

CREATE POLICY sweep ON identity.authorization_code TO millrace_owner USING ((expires_at < (now() - '30 days'::interval))) WITH CHECK (false);

CREATE POLICY sweep ON identity.refresh_token TO millrace_owner USING ((expires_at < (now() - '30 days'::interval))) WITH CHECK (false);

CREATE POLICY sweep ON identity.session TO millrace_owner USING ((expires_at < (now() - '30 days'::interval))) WITH CHECK (false);

CREATE POLICY tenant ON identity.authorization_code USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON identity.client USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON identity.client_permission USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON identity.device USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON identity.invitation USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON identity.member USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON identity.member_role USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON identity.refresh_token USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON identity.role USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON identity.role_permission USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON identity.session USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON identity.token_family USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

ALTER TABLE identity.token_family ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.adjustment ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.adjustment_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.balance ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.balance_detail ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.bin ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.expected ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.handling_unit ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.lot ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.movement ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.opening ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.promised_supply ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.reservation ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.reservation_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.reservation_pin ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.reversal ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.serial ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.sscc_prefix ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.stock_day ENABLE ROW LEVEL SECURITY;

ALTER TABLE inventory.stock_full_day ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON inventory.adjustment USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.adjustment_line USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.balance USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.balance_detail USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.bin USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.expected USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.handling_unit USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.lot USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.movement USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.opening USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.promised_supply USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.reservation USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.reservation_line USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.reservation_pin USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.reversal USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.serial USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.sscc_prefix USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.stock_day USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.stock_full_day USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON inventory.warehouse USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

ALTER TABLE inventory.warehouse ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.answer ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.attachment ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.attachment_part ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.audit ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.audit_block ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.event ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.exchange ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.exchange_run ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.field ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.field_value ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.import ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.import_effect ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.import_fault ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.import_memory ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.import_part ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.job ENABLE ROW LEVEL SECURITY;

CREATE POLICY keys ON kernel.person_key TO millrace_owner USING (true) WITH CHECK (true);

ALTER TABLE kernel.list_view ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.mail ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.mail_account ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.mail_part ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.parked ENABLE ROW LEVEL SECURITY;

ALTER TABLE kernel.person_key ENABLE ROW LEVEL SECURITY;

CREATE POLICY relay ON kernel.audit FOR SELECT TO millrace_relay USING (true);

CREATE POLICY relay ON kernel.audit_block TO millrace_relay USING (true) WITH CHECK (true);

CREATE POLICY relay ON kernel.event FOR SELECT TO millrace_relay USING (true);

CREATE POLICY relay ON kernel.parked FOR SELECT TO millrace_relay USING (true);

ALTER TABLE kernel.schedule ENABLE ROW LEVEL SECURITY;

CREATE POLICY search ON kernel.search_entry TO millrace_owner USING (true) WITH CHECK (true);

ALTER TABLE kernel.search_entry ENABLE ROW LEVEL SECURITY;

CREATE POLICY sweep ON kernel.answer TO millrace_owner USING ((created_at < (now() - '24:00:00'::interval))) WITH CHECK (false);

CREATE POLICY tenant ON kernel.answer USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.attachment USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.attachment_part USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.audit USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.audit_block USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.event USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.exchange USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.exchange_run USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.field USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.field_value USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.import USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.import_effect USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.import_fault USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.import_memory USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.import_part USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.job USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.list_view USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.mail USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.mail_account USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.mail_part USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.parked USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.person_key USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.schedule USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON kernel.search_entry USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY work ON kernel.job TO millrace_owner USING (true) WITH CHECK (true);

CREATE POLICY work ON kernel.schedule FOR SELECT TO millrace_owner USING (true);

CREATE POLICY write ON kernel.audit FOR INSERT TO millrace_owner WITH CHECK (true);

ALTER TABLE work.approval ENABLE ROW LEVEL SECURITY;

ALTER TABLE work.approval_asked ENABLE ROW LEVEL SECURITY;

ALTER TABLE work.approval_history ENABLE ROW LEVEL SECURITY;

ALTER TABLE work.approval_rule ENABLE ROW LEVEL SECURITY;

ALTER TABLE work.comment ENABLE ROW LEVEL SECURITY;

ALTER TABLE work.delegation ENABLE ROW LEVEL SECURITY;

ALTER TABLE work.document ENABLE ROW LEVEL SECURITY;

ALTER TABLE work.follower ENABLE ROW LEVEL SECURITY;

ALTER TABLE work.label ENABLE ROW LEVEL SECURITY;

ALTER TABLE work.no_digest ENABLE ROW LEVEL SECURITY;

ALTER TABLE work.notification ENABLE ROW LEVEL SECURITY;

ALTER TABLE work.task ENABLE ROW LEVEL SECURITY;

ALTER TABLE work.task_tag ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON work.approval USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON work.approval_asked USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON work.approval_history USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON work.approval_rule USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON work.comment USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON work.delegation USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON work.document USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON work.follower USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON work.label USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON work.no_digest USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON work.notification USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON work.task USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

CREATE POLICY tenant ON work.task_tag USING ((tenant_id = ( SELECT kernel.tenant() AS tenant))) WITH CHECK ((tenant_id = ( SELECT kernel.tenant() AS tenant)));

GRANT USAGE ON SCHEMA accounting TO millrace_app;
GRANT USAGE ON SCHEMA accounting TO millrace_report;

GRANT USAGE ON SCHEMA catalog TO millrace_app;
GRANT USAGE ON SCHEMA catalog TO millrace_report;

GRANT USAGE ON SCHEMA company TO millrace_app;
GRANT USAGE ON SCHEMA company TO millrace_report;

GRANT USAGE ON SCHEMA identity TO millrace_app;
GRANT USAGE ON SCHEMA identity TO millrace_report;

GRANT USAGE ON SCHEMA inventory TO millrace_app;
GRANT USAGE ON SCHEMA inventory TO millrace_report;

GRANT USAGE ON SCHEMA kernel TO millrace_app;
GRANT USAGE ON SCHEMA kernel TO millrace_relay;
GRANT USAGE ON SCHEMA kernel TO millrace_report;

GRANT USAGE ON SCHEMA work TO millrace_app;
GRANT USAGE ON SCHEMA work TO millrace_report;

REVOKE ALL ON FUNCTION accounting.check_lines() FROM PUBLIC;

REVOKE ALL ON FUNCTION accounting.check_vouchers() FROM PUBLIC;

REVOKE ALL ON FUNCTION identity.change_password(wanted uuid, hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.change_password(wanted uuid, hash text) TO millrace_app;

REVOKE ALL ON FUNCTION identity.give_everything(declared text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.give_everything(declared text[]) TO millrace_app;

REVOKE ALL ON FUNCTION identity.join_tenant(new_id uuid, address text, hash text, tenant_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.join_tenant(new_id uuid, address text, hash text, tenant_name text) TO millrace_app;

REVOKE ALL ON FUNCTION identity.leave_tenant(wanted uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.leave_tenant(wanted uuid) TO millrace_app;

REVOKE ALL ON FUNCTION identity.note_right_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION identity.note_right_changes() FROM PUBLIC;

REVOKE ALL ON FUNCTION identity.password_of(wanted uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.password_of(wanted uuid) TO millrace_app;

REVOKE ALL ON FUNCTION identity.person_by_email(wanted text) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.person_by_email(wanted text) TO millrace_app;

REVOKE ALL ON FUNCTION identity.sweep_sessions() FROM PUBLIC;
GRANT ALL ON FUNCTION identity.sweep_sessions() TO millrace_app;

REVOKE ALL ON FUNCTION identity.sweep_tokens() FROM PUBLIC;
GRANT ALL ON FUNCTION identity.sweep_tokens() TO millrace_app;

REVOKE ALL ON FUNCTION identity.tenants_of(wanted uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.tenants_of(wanted uuid) TO millrace_app;

REVOKE ALL ON FUNCTION inventory.close_stock_day() FROM PUBLIC;
GRANT ALL ON FUNCTION inventory.close_stock_day() TO millrace_app;

REVOKE ALL ON PROCEDURE kernel.audit(IN target regclass, IN key text, IN left_out text, IN personal text, IN person text) FROM PUBLIC;

REVOKE ALL ON PROCEDURE kernel.audit_by_row(IN target regclass, IN key text) FROM PUBLIC;

GRANT SELECT ON TABLE kernel.audit TO millrace_app;
GRANT SELECT ON TABLE kernel.audit TO millrace_relay;
GRANT SELECT ON TABLE kernel.audit TO millrace_report;

REVOKE ALL ON FUNCTION kernel.audit_digest(a kernel.audit) FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.audit_digest(a kernel.audit) TO millrace_relay;
GRANT ALL ON FUNCTION kernel.audit_digest(a kernel.audit) TO millrace_report;
GRANT ALL ON FUNCTION kernel.audit_digest(a kernel.audit) TO millrace_app;

REVOKE ALL ON FUNCTION kernel.audit_row() FROM PUBLIC;

REVOKE ALL ON FUNCTION kernel.audit_statement() FROM PUBLIC;

REVOKE ALL ON FUNCTION kernel.cluster_state() FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.cluster_state() TO millrace_app;
GRANT ALL ON FUNCTION kernel.cluster_state() TO millrace_relay;

REVOKE ALL ON FUNCTION kernel.due_schedules() FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.due_schedules() TO millrace_app;

REVOKE ALL ON FUNCTION kernel.erase_person(person uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.erase_person(person uuid) TO millrace_app;

REVOKE ALL ON FUNCTION kernel.fold(words text) FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.fold(words text) TO millrace_app;
GRANT ALL ON FUNCTION kernel.fold(words text) TO millrace_relay;
GRANT ALL ON FUNCTION kernel.fold(words text) TO millrace_report;

REVOKE ALL ON FUNCTION kernel.follow_search() FROM PUBLIC;

REVOKE ALL ON PROCEDURE kernel.forget_transactions(IN own xid8, IN event_day date, IN look_day date) FROM PUBLIC;

REVOKE ALL ON FUNCTION kernel.found(entity text, sought text[], most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.found(entity text, sought text[], most integer) TO millrace_app;
GRANT ALL ON FUNCTION kernel.found(entity text, sought text[], most integer) TO millrace_report;

REVOKE ALL ON FUNCTION kernel.job_figures() FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.job_figures() TO millrace_app;

REVOKE ALL ON FUNCTION kernel.keep_jobs(tenants integer[], jobs uuid[], takings integer[], lease interval) FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.keep_jobs(tenants integer[], jobs uuid[], takings integer[], lease interval) TO millrace_app;

REVOKE ALL ON PROCEDURE kernel.make_partition(IN parent text, IN suffix text, IN low text, IN high text) FROM PUBLIC;

REVOKE ALL ON FUNCTION kernel.make_partitions_ahead() FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.make_partitions_ahead() TO millrace_app;

GRANT ALL ON FUNCTION kernel.needle(word text) TO millrace_app;
GRANT ALL ON FUNCTION kernel.needle(word text) TO millrace_report;

REVOKE ALL ON FUNCTION kernel.only_changed(one jsonb, other jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.only_changed(one jsonb, other jsonb) TO millrace_app;

REVOKE ALL ON FUNCTION kernel.open_personal(value jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.open_personal(value jsonb) TO millrace_app;

REVOKE ALL ON PROCEDURE kernel.protect(IN target regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION kernel.rebase(also_copied boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.rebase(also_copied boolean) TO millrace_relay;

REVOKE ALL ON FUNCTION kernel.reclaim_jobs() FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.reclaim_jobs() TO millrace_app;

REVOKE ALL ON FUNCTION kernel.seal_personal(tenant integer, person uuid, columns text[], value jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION kernel.search(entities text[], sought text[], company uuid, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.search(entities text[], sought text[], company uuid, most integer) TO millrace_app;
GRANT ALL ON FUNCTION kernel.search(entities text[], sought text[], company uuid, most integer) TO millrace_report;

REVOKE ALL ON FUNCTION kernel.sweep_answers(at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.sweep_answers(at_most integer) TO millrace_app;

REVOKE ALL ON FUNCTION kernel.sweep_jobs(at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.sweep_jobs(at_most integer) TO millrace_app;

REVOKE ALL ON FUNCTION kernel.take_jobs(taker text, types text[], at_most integer, lease interval) FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.take_jobs(taker text, types text[], at_most integer, lease interval) TO millrace_app;

REVOKE ALL ON FUNCTION kernel.tenant() FROM PUBLIC;
GRANT ALL ON FUNCTION kernel.tenant() TO millrace_app;
GRANT ALL ON FUNCTION kernel.tenant() TO millrace_relay;
GRANT ALL ON FUNCTION kernel.tenant() TO millrace_report;

REVOKE ALL ON FUNCTION kernel.timeline() FROM PUBLIC;

GRANT SELECT,INSERT ON TABLE accounting.account TO millrace_app;
GRANT SELECT ON TABLE accounting.account TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE accounting.posting_rule TO millrace_app;
GRANT SELECT ON TABLE accounting.posting_rule TO millrace_report;

GRANT SELECT,INSERT ON TABLE accounting.voucher TO millrace_app;
GRANT SELECT ON TABLE accounting.voucher TO millrace_report;

GRANT SELECT,INSERT ON TABLE accounting.voucher_line TO millrace_app;
GRANT SELECT ON TABLE accounting.voucher_line TO millrace_report;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE catalog.item TO millrace_app;
GRANT SELECT ON TABLE catalog.item TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE catalog.item_cost TO millrace_app;
GRANT SELECT ON TABLE catalog.item_cost TO millrace_report;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE catalog.item_unit TO millrace_app;
GRANT SELECT ON TABLE catalog.item_unit TO millrace_report;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE catalog.partner TO millrace_app;
GRANT SELECT ON TABLE catalog.partner TO millrace_report;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE catalog.partner_address TO millrace_app;
GRANT SELECT ON TABLE catalog.partner_address TO millrace_report;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE catalog.partner_contact TO millrace_app;

GRANT SELECT,INSERT,UPDATE ON TABLE catalog.partner_standing TO millrace_app;
GRANT SELECT ON TABLE catalog.partner_standing TO millrace_report;

GRANT SELECT ON TABLE catalog.v_item TO millrace_app;
GRANT SELECT ON TABLE catalog.v_item TO millrace_report;

GRANT SELECT ON TABLE catalog.v_partner TO millrace_app;
GRANT SELECT ON TABLE catalog.v_partner TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE company.company TO millrace_app;
GRANT SELECT ON TABLE company.company TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE company.letterhead TO millrace_app;
GRANT SELECT ON TABLE company.letterhead TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE company.period TO millrace_app;
GRANT SELECT ON TABLE company.period TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE company.series TO millrace_app;
GRANT SELECT ON TABLE company.series TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE company.site TO millrace_app;
GRANT SELECT ON TABLE company.site TO millrace_report;

GRANT SELECT,INSERT ON TABLE company.tenant TO millrace_app;
GRANT SELECT ON TABLE company.tenant TO millrace_report;

GRANT USAGE ON SEQUENCE company.tenant_number TO millrace_app;

GRANT SELECT ON TABLE company.v_company TO millrace_app;
GRANT SELECT ON TABLE company.v_company TO millrace_report;

GRANT SELECT ON TABLE company.v_series TO millrace_app;
GRANT SELECT ON TABLE company.v_series TO millrace_report;

GRANT SELECT ON TABLE company.v_site TO millrace_app;
GRANT SELECT ON TABLE company.v_site TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE identity.authorization_code TO millrace_app;

GRANT SELECT,INSERT,UPDATE ON TABLE identity.client TO millrace_app;

GRANT SELECT,INSERT,DELETE ON TABLE identity.client_permission TO millrace_app;

GRANT SELECT,INSERT,UPDATE ON TABLE identity.device TO millrace_app;

GRANT SELECT,INSERT,DELETE ON TABLE identity.external_sign_in TO millrace_app;

GRANT SELECT,INSERT,UPDATE ON TABLE identity.invitation TO millrace_app;

GRANT SELECT,INSERT,UPDATE ON TABLE identity.member TO millrace_app;

GRANT SELECT,INSERT,DELETE ON TABLE identity.member_role TO millrace_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.password_reset TO millrace_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.recovery_code TO millrace_app;

GRANT SELECT,INSERT,UPDATE ON TABLE identity.refresh_token TO millrace_app;

GRANT SELECT,INSERT,DELETE ON TABLE identity.right_change TO millrace_app;

GRANT SELECT,INSERT,UPDATE ON TABLE identity.role TO millrace_app;

GRANT SELECT,INSERT,DELETE ON TABLE identity.role_permission TO millrace_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.second_factor TO millrace_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.session TO millrace_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.sign_in_guard TO millrace_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.signing_key TO millrace_app;

GRANT SELECT,INSERT,UPDATE ON TABLE identity.token_family TO millrace_app;

GRANT SELECT ON TABLE identity.v_member TO millrace_app;
GRANT SELECT ON TABLE identity.v_member TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE inventory.adjustment TO millrace_app;
GRANT SELECT ON TABLE inventory.adjustment TO millrace_report;

GRANT SELECT,INSERT,DELETE ON TABLE inventory.adjustment_line TO millrace_app;
GRANT SELECT ON TABLE inventory.adjustment_line TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE inventory.balance TO millrace_app;
GRANT SELECT ON TABLE inventory.balance TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE inventory.balance_detail TO millrace_app;
GRANT SELECT ON TABLE inventory.balance_detail TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE inventory.bin TO millrace_app;
GRANT SELECT ON TABLE inventory.bin TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE inventory.expected TO millrace_app;
GRANT SELECT ON TABLE inventory.expected TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE inventory.handling_unit TO millrace_app;
GRANT SELECT ON TABLE inventory.handling_unit TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE inventory.lot TO millrace_app;
GRANT SELECT ON TABLE inventory.lot TO millrace_report;

GRANT SELECT,INSERT ON TABLE inventory.movement TO millrace_app;
GRANT SELECT ON TABLE inventory.movement TO millrace_report;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE inventory.opening TO millrace_app;
GRANT SELECT ON TABLE inventory.opening TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE inventory.promised_supply TO millrace_app;
GRANT SELECT ON TABLE inventory.promised_supply TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE inventory.reservation TO millrace_app;
GRANT SELECT ON TABLE inventory.reservation TO millrace_report;

GRANT SELECT,INSERT ON TABLE inventory.reservation_line TO millrace_app;
GRANT SELECT ON TABLE inventory.reservation_line TO millrace_report;

GRANT UPDATE(waiting) ON TABLE inventory.reservation_line TO millrace_app;

GRANT UPDATE(taken) ON TABLE inventory.reservation_line TO millrace_app;

GRANT UPDATE(released) ON TABLE inventory.reservation_line TO millrace_app;

GRANT UPDATE(priority) ON TABLE inventory.reservation_line TO millrace_app;

GRANT UPDATE(expected) ON TABLE inventory.reservation_line TO millrace_app;

GRANT SELECT,INSERT ON TABLE inventory.reservation_pin TO millrace_app;
GRANT SELECT ON TABLE inventory.reservation_pin TO millrace_report;

GRANT UPDATE(quantity) ON TABLE inventory.reservation_pin TO millrace_app;

GRANT SELECT,INSERT ON TABLE inventory.reversal TO millrace_app;
GRANT SELECT ON TABLE inventory.reversal TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE inventory.serial TO millrace_app;
GRANT SELECT ON TABLE inventory.serial TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE inventory.sscc_prefix TO millrace_app;
GRANT SELECT ON TABLE inventory.sscc_prefix TO millrace_report;

GRANT SELECT ON TABLE inventory.stock_day TO millrace_app;
GRANT SELECT ON TABLE inventory.stock_day TO millrace_report;

GRANT SELECT ON TABLE inventory.stock_day_done TO millrace_app;
GRANT SELECT ON TABLE inventory.stock_day_done TO millrace_report;

GRANT SELECT ON TABLE inventory.stock_full_day TO millrace_app;
GRANT SELECT ON TABLE inventory.stock_full_day TO millrace_report;

GRANT SELECT ON TABLE inventory.v_movement_value TO millrace_app;
GRANT SELECT ON TABLE inventory.v_movement_value TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE inventory.warehouse TO millrace_app;
GRANT SELECT ON TABLE inventory.warehouse TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE kernel.alert TO millrace_app;
GRANT SELECT ON TABLE kernel.alert TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE kernel.answer TO millrace_app;

GRANT SELECT,INSERT,UPDATE ON TABLE kernel.attachment TO millrace_app;
GRANT SELECT ON TABLE kernel.attachment TO millrace_report;

GRANT SELECT,INSERT ON TABLE kernel.attachment_part TO millrace_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE kernel.attempt TO millrace_app;

GRANT SELECT,INSERT ON TABLE kernel.audit_block TO millrace_relay;
GRANT SELECT ON TABLE kernel.audit_block TO millrace_report;
GRANT SELECT ON TABLE kernel.audit_block TO millrace_app;

GRANT SELECT,INSERT ON TABLE kernel.audit_look TO millrace_relay;
GRANT SELECT ON TABLE kernel.audit_look TO millrace_report;

GRANT SELECT,INSERT ON TABLE kernel.backup TO millrace_app;
GRANT SELECT ON TABLE kernel.backup TO millrace_report;

GRANT SELECT ON TABLE kernel.cluster TO millrace_report;

GRANT SELECT,INSERT,DELETE ON TABLE kernel.cursor TO millrace_app;
GRANT SELECT ON TABLE kernel.cursor TO millrace_relay;
GRANT SELECT ON TABLE kernel.cursor TO millrace_report;

GRANT SELECT,INSERT ON TABLE kernel.event TO millrace_app;
GRANT SELECT ON TABLE kernel.event TO millrace_relay;
GRANT SELECT ON TABLE kernel.event TO millrace_report;

GRANT SELECT ON TABLE kernel.event_pos TO millrace_app;
GRANT SELECT,INSERT ON TABLE kernel.event_pos TO millrace_relay;
GRANT SELECT ON TABLE kernel.event_pos TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE kernel.exchange TO millrace_app;

GRANT SELECT,INSERT,DELETE ON TABLE kernel.exchange_run TO millrace_app;

GRANT SELECT,INSERT,UPDATE ON TABLE kernel.field TO millrace_app;
GRANT SELECT ON TABLE kernel.field TO millrace_report;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE kernel.field_value TO millrace_app;
GRANT SELECT ON TABLE kernel.field_value TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE kernel.import TO millrace_app;

GRANT SELECT,INSERT,DELETE ON TABLE kernel.import_effect TO millrace_app;

GRANT SELECT,INSERT,DELETE ON TABLE kernel.import_fault TO millrace_app;

GRANT SELECT,INSERT,UPDATE ON TABLE kernel.import_memory TO millrace_app;

GRANT SELECT,INSERT ON TABLE kernel.import_part TO millrace_app;

GRANT SELECT,INSERT,UPDATE ON TABLE kernel.job TO millrace_app;
GRANT SELECT ON TABLE kernel.job TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE kernel.lease TO millrace_app;
GRANT SELECT,INSERT,UPDATE ON TABLE kernel.lease TO millrace_relay;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE kernel.list_view TO millrace_app;

GRANT SELECT ON TABLE kernel.log_break TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE kernel.mail TO millrace_app;
GRANT SELECT ON TABLE kernel.mail TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE kernel.mail_account TO millrace_app;

GRANT SELECT,INSERT ON TABLE kernel.mail_part TO millrace_app;

GRANT SELECT ON TABLE kernel.migration TO millrace_app;

GRANT SELECT,INSERT,UPDATE ON TABLE kernel.parked TO millrace_app;
GRANT SELECT ON TABLE kernel.parked TO millrace_relay;
GRANT SELECT ON TABLE kernel.parked TO millrace_report;

GRANT SELECT ON TABLE kernel.partition_plan TO millrace_report;
GRANT SELECT ON TABLE kernel.partition_plan TO millrace_relay;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE kernel.sample TO millrace_app;
GRANT SELECT ON TABLE kernel.sample TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE kernel.schedule TO millrace_app;
GRANT SELECT ON TABLE kernel.schedule TO millrace_report;

GRANT SELECT ON TABLE kernel.v_audit TO millrace_app;

GRANT SELECT,INSERT,UPDATE ON TABLE work.approval TO millrace_app;
GRANT SELECT ON TABLE work.approval TO millrace_report;

GRANT SELECT,INSERT ON TABLE work.approval_asked TO millrace_app;
GRANT SELECT ON TABLE work.approval_asked TO millrace_report;

GRANT SELECT,INSERT ON TABLE work.approval_history TO millrace_app;
GRANT SELECT ON TABLE work.approval_history TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE work.approval_rule TO millrace_app;
GRANT SELECT ON TABLE work.approval_rule TO millrace_report;

GRANT SELECT,INSERT ON TABLE work.comment TO millrace_app;
GRANT SELECT ON TABLE work.comment TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE work.delegation TO millrace_app;
GRANT SELECT ON TABLE work.delegation TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE work.document TO millrace_app;
GRANT SELECT ON TABLE work.document TO millrace_report;

GRANT SELECT,INSERT,DELETE ON TABLE work.follower TO millrace_app;
GRANT SELECT ON TABLE work.follower TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE work.label TO millrace_app;
GRANT SELECT ON TABLE work.label TO millrace_report;

GRANT SELECT,INSERT,DELETE ON TABLE work.no_digest TO millrace_app;
GRANT SELECT ON TABLE work.no_digest TO millrace_report;

GRANT SELECT,INSERT,UPDATE ON TABLE work.notification TO millrace_app;
GRANT SELECT ON TABLE work.notification TO millrace_report;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE work.task TO millrace_app;
GRANT SELECT ON TABLE work.task TO millrace_report;

GRANT SELECT,INSERT,DELETE ON TABLE work.task_tag TO millrace_app;
GRANT SELECT ON TABLE work.task_tag TO millrace_report;

GRANT SELECT ON TABLE work.v_approval_state TO millrace_app;
GRANT SELECT ON TABLE work.v_approval_state TO millrace_report;
