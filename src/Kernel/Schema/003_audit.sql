-- Every change that a person or a machine made to a business row: who, when, in which request, before and after.
create extension if not exists pgcrypto with schema kernel;

create table kernel.audit (
    tenant_id int not null,
    day date not null default (now() at time zone 'utc')::date,
    audit_id bigint generated always as identity,
    xid xid8 not null default pg_current_xact_id(),
    at timestamptz not null default clock_timestamp(),
    actor uuid not null,
    request text not null,
    entity text not null,
    key text not null,
    change text not null check (change in ('insert', 'update', 'delete')),
    before jsonb,
    after jsonb,
    primary key (tenant_id, day, audit_id)
) partition by range (day);
create index audit_of on kernel.audit (tenant_id, entity, key, audit_id);
create index audit_xid on kernel.audit (xid, day);
call kernel.protect('kernel.audit');
-- Written by the trigger below alone, also for a change made by hand without a tenant.
create policy write on kernel.audit for insert to millrace_owner with check (true);
create policy relay on kernel.audit for select to millrace_relay using (true);

-- What is known of a person in the audit is sealed with a key of theirs; erasing the person destroys the key.
create table kernel.person_key (
    tenant_id int not null,
    person_id uuid not null,
    key text,
    destroyed_at timestamptz,
    primary key (tenant_id, person_id),
    check ((key is null) = (destroyed_at is not null))
);
call kernel.protect('kernel.person_key');
create policy keys on kernel.person_key to millrace_owner using (true) with check (true);

create function kernel.seal_personal(tenant int, person uuid, columns text[], value jsonb) returns jsonb
    language plpgsql security definer set search_path = pg_catalog as $$
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

-- The same opened again; what belonged to an erased person stays closed for good.
create function kernel.open_personal(value jsonb) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog as $$
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

create function kernel.erase_person(person uuid) returns void
    language sql security definer set search_path = pg_catalog as $$
    insert into kernel.person_key as k (tenant_id, person_id, destroyed_at) values ((select kernel.tenant()), person, now())
    on conflict (tenant_id, person_id) do update set key = null, destroyed_at = coalesce(k.destroyed_at, now())
$$;

-- Arguments: the columns of the key, those left out, those that are personal, and the column that says whose they are.
create function kernel.audit_row() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
    old_row jsonb;
    new_row jsonb;
    any_row jsonb;
    was jsonb;
    is_now jsonb;
    row_key text;
begin
    if tg_op <> 'INSERT' then old_row := to_jsonb(old) - tg_argv[1]::text[]; end if;
    if tg_op <> 'DELETE' then new_row := to_jsonb(new) - tg_argv[1]::text[]; end if;
    any_row := coalesce(new_row, old_row);
    if tg_op = 'UPDATE' then
        select jsonb_object_agg(e.key, e.value), jsonb_object_agg(e.key, new_row -> e.key) into was, is_now
        from jsonb_each(old_row) e where new_row -> e.key is distinct from e.value;
        if was is null then return null; end if;
    else
        was := old_row - 'tenant_id';
        is_now := new_row - 'tenant_id';
    end if;
    if tg_nargs > 2 then
        was := kernel.seal_personal((any_row ->> 'tenant_id')::int, (any_row ->> tg_argv[3])::uuid, tg_argv[2]::text[], was);
        is_now := kernel.seal_personal((any_row ->> 'tenant_id')::int, (any_row ->> tg_argv[3])::uuid, tg_argv[2]::text[], is_now);
    end if;
    select string_agg(any_row ->> k.name, '/' order by k.n) into row_key from unnest(tg_argv[0]::text[]) with ordinality k (name, n);
    insert into kernel.audit (tenant_id, actor, request, entity, key, change, before, after)
    values ((any_row ->> 'tenant_id')::int,
        coalesce(nullif(current_setting('app.actor', true), '')::uuid, '00000000-0000-0000-0000-000000000000'),
        coalesce(nullif(current_setting('app.request', true), ''), session_user || ' by hand'),
        tg_table_schema || '.' || tg_table_name, row_key, lower(tg_op), was, is_now);
    return null;
end $$;

create procedure kernel.audit(target regclass, key text, left_out text default '', personal text default '', person text default '')
    language plpgsql as $$
begin
    execute format('create trigger audit after insert or update or delete on %s for each row execute function kernel.audit_row(%s)',
        target, concat_ws(', ', quote_literal('{' || key || '}'), quote_literal('{' || left_out || '}'),
            case when personal <> '' then quote_literal('{' || personal || '}') || ', ' || quote_literal(person) end));
end $$;

-- What a row of the audit said when it was chained.
create function kernel.audit_digest(a kernel.audit) returns bytea language sql immutable set search_path = pg_catalog as $$
    select sha256(convert_to(jsonb_build_array(a.tenant_id, a.day, a.audit_id, extract(epoch from a.at), a.actor, a.request,
        a.entity, a.key, a.change, a.before, a.after)::text, 'UTF8'))
$$;

-- The chain: what became visible since the last look, in the order of ids, which is the order of the locks.
create table kernel.audit_block (
    tenant_id int not null,
    block bigint not null check (block > 0),
    days date[] not null,
    ids bigint[] not null,
    digest bytea not null,
    hash bytea not null,
    made_at timestamptz not null default clock_timestamp(),
    primary key (tenant_id, block)
);
call kernel.protect('kernel.audit_block');
create policy relay on kernel.audit_block to millrace_relay using (true) with check (true);

create table kernel.audit_look (
    look bigint primary key,
    snapshot pg_snapshot not null
);
insert into kernel.audit_look values (0, pg_current_snapshot());

create view kernel.v_audit with (security_invoker = true) as
    select tenant_id, day, audit_id, at, actor, request, entity, key, change, kernel.open_personal(before) as before,
        kernel.open_personal(after) as after
    from kernel.audit;

insert into kernel.partition_plan values ('kernel.audit', 'month', 3);
select kernel.make_partitions_ahead();
call kernel.audit('kernel.schedule', 'schedule_id', 'next_at,last_at');

revoke all on function kernel.seal_personal(int, uuid, text[], jsonb), kernel.open_personal(jsonb), kernel.erase_person(uuid),
    kernel.audit_row(), kernel.audit_digest(kernel.audit) from public;
revoke all on procedure kernel.audit(regclass, text, text, text, text) from public;
grant execute on function kernel.open_personal(jsonb), kernel.erase_person(uuid) to millrace_app;
grant execute on function kernel.audit_digest(kernel.audit) to millrace_relay, millrace_report;
grant select on kernel.audit, kernel.v_audit to millrace_app;
grant select on kernel.audit to millrace_relay, millrace_report;
grant select, insert on kernel.audit_block, kernel.audit_look to millrace_relay;
grant select on kernel.audit_block, kernel.audit_look to millrace_report;
