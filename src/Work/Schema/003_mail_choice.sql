-- Who wants no mail about what they have not read; everybody else gets one each working morning.
create table work.no_digest (
    tenant_id int not null,
    person_id uuid not null,
    since timestamptz not null default clock_timestamp(),
    primary key (tenant_id, person_id),
    foreign key (tenant_id, person_id) references identity.member
);
call kernel.protect('work.no_digest');
grant select, insert, delete on work.no_digest to millrace_app;
grant select on work.no_digest to millrace_report;
