-- For tables that are written for many hands in one transaction: the rows say in changed_by and changed_request whose change it
-- is, and one statement audits all of them.
create function kernel.audit_statement() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
    if tg_op = 'INSERT' then
        insert into kernel.audit (tenant_id, actor, request, entity, key, change, after)
        select a.tenant_id, a.changed_by, a.changed_request, tg_table_schema || '.' || tg_table_name, to_jsonb(a) ->> tg_argv[0],
            'insert', to_jsonb(a) - '{changed_by,changed_request}'::text[]
        from added a;
    else
        insert into kernel.audit (tenant_id, actor, request, entity, key, change, before, after)
        select a.tenant_id, a.changed_by, a.changed_request, tg_table_schema || '.' || tg_table_name, to_jsonb(a) ->> tg_argv[0],
            'update', to_jsonb(r) - '{changed_by,changed_request}'::text[], to_jsonb(a) - '{changed_by,changed_request}'::text[]
        from added a
        join removed r on r.tenant_id = a.tenant_id and to_jsonb(r) ->> tg_argv[0] = to_jsonb(a) ->> tg_argv[0];
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
