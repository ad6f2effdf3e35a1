create schema if not exists kernel;
create table if not exists kernel.migration (
    name text primary key,
    checksum text not null,
    ran_at timestamptz not null default now()
);
