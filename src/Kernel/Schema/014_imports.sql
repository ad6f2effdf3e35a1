-- A file that somebody wants to have in here, what its columns mean, and what became of it.
create table kernel.import (
    tenant_id int not null,
    import_id uuid not null,
    kind text not null check (kind <> ''),
    name text not null check (name <> ''),
    state text not null default 'new'
        check (state in ('new', 'checking', 'checked', 'running', 'done', 'stopped', 'failed', 'undoing', 'undone')),
    form jsonb not null,
    head jsonb not null,
    mapping jsonb not null,
    only_good boolean not null default false,
    may_update boolean not null default true,
    row_count int not null default 0,
    rows_read int not null default 0,
    rows_done int not null default 0,
    created int not null default 0,
    updated int not null default 0,
    unchanged int not null default 0,
    faulty int not null default 0,
    job_id uuid,
    error text,
    version int not null default 1,
    created_at timestamptz not null default now(),
    created_by uuid not null,
    ended_at timestamptz,
    primary key (tenant_id, import_id)
);
create index import_created on kernel.import (tenant_id, created_at, import_id);
call kernel.protect('kernel.import');

create table kernel.import_part (
    tenant_id int not null,
    import_id uuid not null,
    part_no int not null check (part_no >= 0),
    content bytea not null check (length(content) between 1 and 262144),
    primary key (tenant_id, import_id, part_no),
    foreign key (tenant_id, import_id) references kernel.import
);
call kernel.protect('kernel.import_part');

-- What is wrong with a row, by its number in the file.
create table kernel.import_fault (
    tenant_id int not null,
    import_id uuid not null,
    row_no int not null,
    fault_no int not null,
    field text not null,
    value text not null,
    code text not null,
    message text not null,
    primary key (tenant_id, import_id, row_no, fault_no),
    foreign key (tenant_id, import_id) references kernel.import
);
call kernel.protect('kernel.import_fault');

-- What a row has changed, so that it can be taken back.
create table kernel.import_effect (
    tenant_id int not null,
    import_id uuid not null,
    row_no int not null,
    change text not null check (change in ('created', 'updated')),
    target uuid not null,
    version int not null,
    before jsonb,
    primary key (tenant_id, import_id, row_no),
    foreign key (tenant_id, import_id) references kernel.import,
    check ((change = 'updated') = (before is not null))
);
call kernel.protect('kernel.import_effect');

-- How files with these headings were understood the last time.
create table kernel.import_memory (
    tenant_id int not null,
    kind text not null,
    headings bytea not null,
    form jsonb not null,
    mapping jsonb not null,
    used_at timestamptz not null default now(),
    primary key (tenant_id, kind, headings)
);
call kernel.protect('kernel.import_memory');

grant select, insert, update on kernel.import, kernel.import_memory to millrace_app;
grant select, insert on kernel.import_part to millrace_app;
grant select, insert, delete on kernel.import_fault, kernel.import_effect to millrace_app;
