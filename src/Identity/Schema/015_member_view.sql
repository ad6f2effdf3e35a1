-- What other modules may show of people beside what is theirs.
create view identity.v_member with (security_invoker = true) as
    select tenant_id, person_id, name from identity.member;
grant select on identity.v_member to millrace_app, millrace_report;
