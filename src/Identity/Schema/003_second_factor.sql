-- A person's second factor belongs to the person, as the password does, and not to one of their tenants.
create table identity.second_factor (
    person_id uuid primary key references identity.person,
    sealed_secret bytea not null,
    begun_at timestamptz not null default now(),
    active_at timestamptz,
    last_step bigint not null default 0
);

create table identity.recovery_code (
    person_id uuid not null references identity.person,
    code_hash bytea not null,
    used_at timestamptz,
    primary key (person_id, code_hash)
);

grant select, insert, update, delete on identity.second_factor, identity.recovery_code to millrace_app;
