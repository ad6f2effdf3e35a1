-- For tables that are written for many hands in one transaction: the rows say in changed_by and changed_request whose change it
-- is, and one statement audits all of them.
create function kernel.audit_statement() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
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

create procedure kernel.audit_by_row(target regclass, key text) language plpgsql as $$
begin
    execute format('create trigger audit after insert on %s referencing new table as added
        for each statement execute function kernel.audit_statement(%L)', target, key);
    execute format('create trigger audit_update after update on %s referencing old table as removed new table as added
        for each statement execute function kernel.audit_statement(%L)', target, key);
end $$;
revoke all on function kernel.audit_statement() from public;
revoke all on procedure kernel.audit_by_row(regclass, text) from public;
