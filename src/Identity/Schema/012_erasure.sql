-- Who was erased stays as a number in what they did. The second factor stands outside the wall of the tenant; that somebody took
-- it away shows in the member's history by this column.
alter table identity.member
    add column erased_at timestamptz,
    add column factor_removed_at timestamptz;

-- The person leaves the caller's own tenant; who is at home in no other is gone from the installation.
create function identity.leave_tenant(wanted uuid) returns void
    language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform from identity.person where person_id = wanted for update;
    delete from identity.person_tenant where person_id = wanted and tenant_id = (select kernel.tenant());
    if exists (select from identity.person_tenant where person_id = wanted) then return; end if;
    delete from identity.recovery_code where person_id = wanted;
    delete from identity.second_factor where person_id = wanted;
    delete from identity.password_reset where person_id = wanted;
    delete from identity.person where person_id = wanted;
end $$;
revoke all on function identity.leave_tenant(uuid) from public;
grant execute on function identity.leave_tenant(uuid) to millrace_app;
