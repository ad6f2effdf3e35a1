-- A person signs in once and may be a member of several tenants: these two tables stand outside the wall,
-- and the program reaches them only through the functions below.
create table identity.person (
    person_id uuid primary key,
    email text not null check (email = lower(email) and position('@' in email) > 1),
    password_hash text not null,
    created_at timestamptz not null default now(),
    constraint person_email unique (email)
);

create table identity.person_tenant (
    person_id uuid not null references identity.person,
    tenant_id int not null,
    tenant_name text not null,
    primary key (person_id, tenant_id)
);

-- Everything within the tenant.
create table identity.member (
    tenant_id int not null,
    person_id uuid not null,
    name text not null check (name <> ''),
    email text not null,
    created_at timestamptz not null default now(),
    retired_at timestamptz,
    primary key (tenant_id, person_id)
);
call kernel.protect('identity.member');

create table identity.role (
    tenant_id int not null,
    role_id uuid not null,
    name text not null check (name <> ''),
    primary key (tenant_id, role_id),
    constraint role_name unique (tenant_id, name)
);
call kernel.protect('identity.role');

create table identity.role_permission (
    tenant_id int not null,
    role_id uuid not null,
    permission text not null,
    primary key (tenant_id, role_id, permission),
    foreign key (tenant_id, role_id) references identity.role
);
call kernel.protect('identity.role_permission');

create table identity.member_role (
    tenant_id int not null,
    person_id uuid not null,
    role_id uuid not null,
    primary key (tenant_id, person_id, role_id),
    foreign key (tenant_id, person_id) references identity.member,
    foreign key (tenant_id, role_id) references identity.role
);
call kernel.protect('identity.member_role');

-- The cookie holds the secret, the table its hash.
create table identity.session (
    tenant_id int not null,
    secret_hash bytea not null,
    person_id uuid not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    primary key (tenant_id, secret_hash),
    foreign key (tenant_id, person_id) references identity.member
);
create index session_age on identity.session (expires_at);
call kernel.protect('identity.session');
create policy sweep on identity.session to millrace_owner using (expires_at < now() - interval '30 days') with check (false);

create table identity.client (
    tenant_id int not null,
    client_id uuid not null,
    name text not null check (name <> ''),
    secret_hash bytea not null,
    created_at timestamptz not null default now(),
    retired_at timestamptz,
    primary key (tenant_id, client_id)
);
call kernel.protect('identity.client');

create table identity.client_permission (
    tenant_id int not null,
    client_id uuid not null,
    permission text not null,
    primary key (tenant_id, client_id, permission),
    foreign key (tenant_id, client_id) references identity.client
);
call kernel.protect('identity.client_permission');

-- Keys that sign tokens belong to the installation, so that every process signs and verifies alike.
create table identity.signing_key (
    key_id text primary key,
    private_key bytea not null,
    created_at timestamptz not null default now()
);

-- The only look-up before a tenant is known.
create function identity.person_by_email(wanted text)
    returns table (person_id uuid, password_hash text, tenant_id int, tenant_name text)
    language sql stable security definer set search_path = pg_catalog as $$
    select p.person_id, p.password_hash, t.tenant_id, t.tenant_name
    from identity.person p join identity.person_tenant t using (person_id)
    where p.email = lower(wanted)
    order by t.tenant_name, t.tenant_id
    limit 200
$$;

create function identity.tenants_of(wanted uuid) returns table (tenant_id int, tenant_name text)
    language sql stable security definer set search_path = pg_catalog as $$
    select tenant_id, tenant_name from identity.person_tenant where person_id = wanted order by tenant_name, tenant_id limit 200
$$;

-- Adds a person, or finds the one with this address, and makes them known to the caller's own tenant.
create function identity.join_tenant(new_id uuid, address text, hash text, tenant_name text) returns uuid
    language plpgsql security definer set search_path = pg_catalog as $$
declare
    found_id uuid;
begin
    if kernel.tenant() is null then raise exception 'no tenant is set'; end if;
    insert into identity.person (person_id, email, password_hash) values (new_id, lower(address), hash)
        on conflict (email) do nothing;
    select person_id into found_id from identity.person where email = lower(address);
    insert into identity.person_tenant values (found_id, kernel.tenant(), tenant_name) on conflict do nothing;
    return found_id;
end $$;

create function identity.sweep_sessions() returns int language sql security definer set search_path = pg_catalog as $$
    with gone as (delete from identity.session where expires_at < now() - interval '30 days' returning 1)
    select count(*)::int from gone
$$;

revoke all on all functions in schema identity from public;
grant usage on schema identity to millrace_app, millrace_report;
grant execute on function identity.person_by_email(text), identity.tenants_of(uuid), identity.join_tenant(uuid, text, text, text),
    identity.sweep_sessions() to millrace_app;
grant select, insert, update on identity.member, identity.role, identity.client to millrace_app;
grant select, insert, delete on identity.role_permission, identity.member_role, identity.client_permission to millrace_app;
grant select, insert, update, delete on identity.session to millrace_app;
grant select, insert on identity.signing_key to millrace_app;
