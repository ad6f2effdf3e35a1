-- A plain row stands in the audit as it was and as it is: picking out what has changed costs half of the trigger's time, so the
-- view does it for whoever reads. Personal data is sealed value by value, so of those rows only the changes are kept.
create or replace function kernel.audit_row() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
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

-- The values of one row that are others in the other.
create function kernel.only_changed(one jsonb, other jsonb) returns jsonb language sql immutable set search_path = pg_catalog as $$
    select jsonb_object_agg(e.key, e.value) from jsonb_each(one) e where other -> e.key is distinct from e.value
$$;

create or replace view kernel.v_audit with (security_invoker = true) as
    select tenant_id, day, audit_id, at, actor, request, entity, key, change,
        kernel.open_personal(case change when 'update' then kernel.only_changed(before, after) else before - 'tenant_id' end) as before,
        kernel.open_personal(case change when 'update' then kernel.only_changed(after, before) else after - 'tenant_id' end) as after
    from kernel.audit;

revoke all on function kernel.only_changed(jsonb, jsonb) from public;
grant execute on function kernel.only_changed(jsonb, jsonb) to millrace_app;
