-- The four roles. None of them logs in: a process logs in as a user that may act as one (see docs/OPERATIONS.md).
do $$
declare
    name text;
begin
    foreach name in array array['millrace_owner', 'millrace_app', 'millrace_relay', 'millrace_report'] loop
        if not exists (select from pg_roles where rolname = name) then
            begin
                execute format('create role %I nologin nosuperuser nocreatedb nocreaterole nobypassrls', name);
            exception when duplicate_object or unique_violation then
                null; -- roles belong to the whole server: a database beside this one was migrated at the same moment
            end;
        end if;
        if not pg_has_role(current_user, name, 'member') then
            execute format('grant %I to current_user', name);
        end if;
    end loop;
    execute format('grant create, connect, temporary on database %I to millrace_owner', current_database());
    execute format('grant connect on database %I to millrace_app, millrace_relay, millrace_report', current_database());
end $$;
