-- A place where a company works: a plant, a shop, a yard, with a clock of its own.
create table company.site (
    tenant_id int not null,
    site_id uuid not null,
    company_id uuid not null,
    code text not null check (code <> ''),
    name text not null check (name <> ''),
    time_zone text not null,
    created_at timestamptz not null default now(),
    retired_at timestamptz,
    primary key (tenant_id, site_id),
    constraint site_code unique (tenant_id, code),
    foreign key (tenant_id, company_id) references company.company
);
call kernel.protect('company.site');

create view company.v_site with (security_invoker = true) as
    select tenant_id, site_id, company_id, code, name, time_zone, retired_at from company.site;

grant select, insert, update on company.site to millrace_app;
grant select on company.v_site to millrace_app, millrace_report;
grant select on company.site to millrace_report;
