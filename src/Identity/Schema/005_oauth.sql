-- Clients: a limit of their own, addresses they may be answered at, and whether they can keep a secret at all.
alter table identity.client
    add column version int not null default 1,
    add column requests_per_minute int check (requests_per_minute between 1 and 1000000),
    add column redirect_uris text[] not null default '{}',
    add column is_public boolean not null default false,
    add column secret_made_at timestamptz not null default now();

-- A code of the authorization endpoint: for one client, one address, one proof; taken once.
create table identity.authorization_code (
    tenant_id int not null,
    code_hash bytea not null,
    client_id uuid not null,
    person_id uuid not null,
    redirect_uri text not null,
    scope text not null,
    challenge text not null,
    nonce text not null,
    expires_at timestamptz not null,
    family uuid,
    primary key (tenant_id, code_hash),
    foreign key (tenant_id, client_id) references identity.client,
    foreign key (tenant_id, person_id) references identity.member
);
call kernel.protect('identity.authorization_code');

-- What a person has allowed a client. Its end is the end of all tokens that came from it.
create table identity.token_family (
    tenant_id int not null,
    family uuid not null,
    client_id uuid not null,
    person_id uuid not null,
    scope text not null,
    created_at timestamptz not null default now(),
    ended_at timestamptz,
    ended_because text,
    primary key (tenant_id, family),
    foreign key (tenant_id, client_id) references identity.client,
    foreign key (tenant_id, person_id) references identity.member
);
create index token_family_person on identity.token_family (tenant_id, person_id);
call kernel.protect('identity.token_family');
create trigger family_ended after update on identity.token_family
    for each row when (old.ended_at is distinct from new.ended_at) execute function identity.note_right_change('family');

-- A token is used once. The successor of a used one is computed from the token itself and this salt: whoever presents the token
-- again in time gets the same successor, and the table alone gives nobody any.
create table identity.refresh_token (
    tenant_id int not null,
    token_hash bytea not null,
    family uuid not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    salt bytea,
    primary key (tenant_id, token_hash),
    foreign key (tenant_id, family) references identity.token_family
);
create index refresh_token_family on identity.refresh_token (tenant_id, family);
call kernel.protect('identity.refresh_token');

-- A key is published before it signs, and verifies until what it signed has run out. Keys that are not sealed do not stay: the next
-- process makes a new one, and tokens last ten minutes.
delete from identity.signing_key;
alter table identity.signing_key add column signs_from timestamptz not null default now();

grant select, insert, update on identity.authorization_code, identity.token_family, identity.refresh_token to millrace_app;
grant delete on identity.signing_key to millrace_app;
