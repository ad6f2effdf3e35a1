-- Rows that come from another system, or go to one, by a time table.
create table kernel.exchange (
    tenant_id int not null,
    exchange_id uuid not null,
    schedule_id uuid not null,
    name text not null check (name <> ''),
    direction text not null check (direction in ('in', 'out')),
    way text not null check (way in ('folder', 'database')),
    -- What can be imported, or the list whose rows are sent.
    subject text not null check (subject <> ''),
    how jsonb not null check (jsonb_typeof(how) = 'object'),
    password bytea,
    version int not null default 1,
    created_at timestamptz not null default now(),
    primary key (tenant_id, exchange_id),
    foreign key (tenant_id, schedule_id) references kernel.schedule,
    constraint exchange_name unique (tenant_id, name),
    check (password is null or way = 'database')
);
call kernel.protect('kernel.exchange');
call kernel.audit('kernel.exchange', 'exchange_id', 'password');

-- What it did: a file taken, rows sent, or why not.
create table kernel.exchange_run (
    tenant_id int not null,
    exchange_id uuid not null,
    run_id bigint generated always as identity,
    ended_at timestamptz not null default clock_timestamp(),
    outcome text not null check (outcome in ('taken', 'sent', 'failed')),
    name text not null default '',
    rows bigint,
    import_id uuid,
    error text,
    primary key (tenant_id, exchange_id, run_id),
    foreign key (tenant_id, exchange_id) references kernel.exchange,
    foreign key (tenant_id, import_id) references kernel.import,
    check ((outcome = 'failed') = (error is not null)),
    check ((outcome = 'taken') = (import_id is not null))
);
call kernel.protect('kernel.exchange_run');

-- From where an import came by itself: the same file is taken once.
alter table kernel.import
    add exchange_id uuid,
    add source text,
    add foreign key (tenant_id, exchange_id) references kernel.exchange,
    add check ((exchange_id is null) = (source is null));
create unique index import_source on kernel.import (tenant_id, exchange_id, source) where exchange_id is not null;

grant select, insert, update on kernel.exchange to millrace_app;
grant select, insert, delete on kernel.exchange_run to millrace_app;
