-- A role that may do everything there is. What a later release brings, its holders get when that release starts: nobody can give
-- what they do not have, so without it nobody could ever give the new.
alter table identity.role add column everything boolean not null default false;

create policy everything on identity.role for select to millrace_owner using (everything);
create policy everything_seen on identity.role_permission for select to millrace_owner using (true);
create policy everything_given on identity.role_permission for insert to millrace_owner with check (true);

create function identity.give_everything(declared text[]) returns int
    language sql security definer set search_path = pg_catalog as $$
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
revoke all on function identity.give_everything(text[]) from public;
grant execute on function identity.give_everything(text[]) to millrace_app;

-- Until now it was a name.
create policy by_name on identity.role to millrace_owner using (name = 'Administrator') with check (true);
update identity.role set everything = true where name = 'Administrator';
drop policy by_name on identity.role;
