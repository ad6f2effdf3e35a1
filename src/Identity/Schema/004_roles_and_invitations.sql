alter table identity.role
    add column version int not null default 1,
    add column retired_at timestamptz;
create trigger role_retired after update on identity.role
    for each row when (old.retired_at is distinct from new.retired_at) execute function identity.note_right_change('');

-- The token goes out by mail; here is its hash. Name and address are personal data.
create table identity.invitation (
    tenant_id int not null,
    invitation_id uuid not null,
    email text not null check (email = lower(email) and position('@' in email) > 1),
    name text not null check (name <> ''),
    role_id uuid not null,
    token_hash bytea not null,
    invited_by uuid not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    accepted_at timestamptz,
    withdrawn_at timestamptz,
    primary key (tenant_id, invitation_id),
    foreign key (tenant_id, role_id) references identity.role
);
call kernel.protect('identity.invitation');

-- Asked for before a tenant is known.
create table identity.password_reset (
    token_hash bytea primary key,
    person_id uuid not null references identity.person,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index password_reset_person on identity.password_reset (person_id);

grant select, insert, update on identity.invitation to millrace_app;
grant select, insert, update, delete on identity.password_reset to millrace_app;
