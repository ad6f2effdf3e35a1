-- How often somebody tried lately, per account and per network address. Only hashes and counts: an unknown account is counted
-- like a known one, so a closed door tells nothing.
create table identity.sign_in_guard (
    subject bytea primary key,
    most int not null check (most > 0),
    failures int not null default 1,
    since timestamptz not null default now(),
    locked_until timestamptz
);
create index sign_in_guard_age on identity.sign_in_guard (since);

-- What the person sees in the list of their sessions. The address and the agent are personal data.
alter table identity.session
    add column session_id uuid not null default gen_random_uuid(),
    add column address text not null default '',
    add column agent text not null default '',
    add column seen_at timestamptz not null default now();
create unique index session_id on identity.session (tenant_id, session_id);

-- What was taken away or given, for the processes that remember who may do what. Ids only; read back for a minute.
create table identity.right_change (
    change_id bigint generated always as identity primary key,
    tenant_id int not null,
    subject uuid,
    at timestamptz not null default clock_timestamp()
);
create index right_change_at on identity.right_change (at);

-- The argument names the column of whose rights changed; without one it is everybody of the tenant.
create function identity.note_right_changes() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    insert into identity.right_change (tenant_id, subject)
    select distinct (to_jsonb(c) ->> 'tenant_id')::int, (to_jsonb(c) ->> nullif(tg_argv[0], ''))::uuid from changed c;
    return null;
end $$;

create function identity.note_right_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    insert into identity.right_change (tenant_id, subject) values (new.tenant_id, (to_jsonb(new) ->> nullif(tg_argv[0], ''))::uuid);
    return null;
end $$;

create trigger session_ended after delete on identity.session
    referencing old table as changed for each statement execute function identity.note_right_changes('person_id');
create trigger session_shortened after update on identity.session
    for each row when (old.expires_at is distinct from new.expires_at) execute function identity.note_right_change('person_id');
create trigger member_retired after update on identity.member
    for each row when (old.retired_at is distinct from new.retired_at) execute function identity.note_right_change('person_id');
create trigger role_taken after delete on identity.member_role
    referencing old table as changed for each statement execute function identity.note_right_changes('person_id');
create trigger role_given after insert on identity.member_role
    referencing new table as changed for each statement execute function identity.note_right_changes('person_id');
create trigger permission_taken after delete on identity.role_permission
    referencing old table as changed for each statement execute function identity.note_right_changes('');
create trigger permission_given after insert on identity.role_permission
    referencing new table as changed for each statement execute function identity.note_right_changes('');
create trigger client_changed after update on identity.client
    for each row execute function identity.note_right_change('client_id');
create trigger client_permission_taken after delete on identity.client_permission
    referencing old table as changed for each statement execute function identity.note_right_changes('client_id');
create trigger client_permission_given after insert on identity.client_permission
    referencing new table as changed for each statement execute function identity.note_right_changes('client_id');

-- One person's own password, read to be proven and changed by its owner.
create function identity.password_of(wanted uuid) returns text
    language sql stable security definer set search_path = pg_catalog as $$
    select password_hash from identity.person where person_id = wanted
$$;

create function identity.change_password(wanted uuid, hash text) returns void
    language sql security definer set search_path = pg_catalog as $$
    update identity.person set password_hash = hash where person_id = wanted
$$;

revoke all on all functions in schema identity from public;
grant execute on function identity.password_of(uuid), identity.change_password(uuid, text) to millrace_app;
grant select, insert, update, delete on identity.sign_in_guard to millrace_app;
grant select, insert, delete on identity.right_change to millrace_app;
