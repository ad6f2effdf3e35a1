create table catalog.item (
    tenant_id int not null,
    item_id uuid not null,
    code text not null check (code <> ''),
    name text not null check (name <> ''),
    kind text not null check (kind in ('raw', 'semi', 'finished', 'goods', 'other')),
    unit text not null check (unit <> ''),
    search text not null generated always as (kernel.fold(code || ' ' || name)) stored,
    version int not null default 1,
    created_at timestamptz not null default now(),
    retired_at timestamptz,
    primary key (tenant_id, item_id),
    constraint item_code unique (tenant_id, code)
);
call kernel.protect('catalog.item');

create table catalog.item_cost (
    tenant_id int not null,
    item_id uuid not null,
    company_id uuid not null,
    unit_cost numeric(19,6) not null check (unit_cost >= 0),
    changed_at timestamptz not null default now(),
    primary key (tenant_id, item_id, company_id),
    foreign key (tenant_id, item_id) references catalog.item,
    foreign key (tenant_id, company_id) references company.company
);
call kernel.protect('catalog.item_cost');

create view catalog.v_item with (security_invoker = true) as
    select tenant_id, item_id, code, name, kind, unit, search, retired_at from catalog.item;

grant usage on schema catalog to millrace_app, millrace_report;
grant select, insert, update on catalog.item, catalog.item_cost to millrace_app;
grant select on catalog.v_item to millrace_app;
grant select on all tables in schema catalog to millrace_report;
