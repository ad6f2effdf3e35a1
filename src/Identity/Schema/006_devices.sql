-- A scanner or tablet at a site. It is enrolled with a short code, keeps a secret of its own, and does what its role may.
create table identity.device (
    tenant_id int not null,
    device_id uuid not null,
    site_id uuid not null,
    role_id uuid not null,
    name text not null check (name <> ''),
    created_at timestamptz not null default now(),
    code_hash bytea,
    code_expires_at timestamptz,
    secret_hash bytea,
    enrolled_at timestamptz,
    seen_at timestamptz,
    revoked_at timestamptz,
    primary key (tenant_id, device_id),
    constraint device_name unique (tenant_id, name),
    foreign key (tenant_id, role_id) references identity.role
);
call kernel.protect('identity.device');
create unique index device_code on identity.device (tenant_id, code_hash) where code_hash is not null;
create trigger device_revoked after update on identity.device
    for each row when (old.revoked_at is distinct from new.revoked_at or old.role_id is distinct from new.role_id)
    execute function identity.note_right_change('device_id');

grant select, insert, update on identity.device to millrace_app;
