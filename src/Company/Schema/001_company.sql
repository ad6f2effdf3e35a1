create sequence company.tenant_number;

create table company.tenant (
    tenant_id int primary key,
    name text not null check (name <> ''),
    created_at timestamptz not null default now()
);
call kernel.protect('company.tenant');
-- The list of tenants is needed by what works on all of them: migrations and bin/verify.
create policy owner_lists on company.tenant for select to millrace_owner using (true);

create table company.company (
    tenant_id int not null references company.tenant,
    company_id uuid not null,
    code text not null check (code <> ''),
    name text not null check (name <> ''),
    country text not null check (country ~ '^[A-Z]{2}$'),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    minor_digits smallint not null check (minor_digits between 0 and 4),
    time_zone text not null,
    created_at timestamptz not null default now(),
    retired_at timestamptz,
    primary key (tenant_id, company_id),
    constraint company_code unique (tenant_id, code)
);
call kernel.protect('company.company');

create table company.period (
    tenant_id int not null,
    company_id uuid not null,
    starts date not null check (extract(day from starts) = 1),
    ends date not null,
    closed_at timestamptz,
    closed_by uuid,
    primary key (tenant_id, company_id, starts),
    foreign key (tenant_id, company_id) references company.company,
    check (ends = (starts + interval '1 month' - interval '1 day')::date),
    check ((closed_at is null) = (closed_by is null))
);
call kernel.protect('company.period');

-- The row lock is the series: whoever takes numbers holds it until the commit, so a rollback leaves no gap.
create table company.series (
    tenant_id int not null,
    company_id uuid not null,
    kind text not null,
    year int not null,
    next bigint not null default 1 check (next >= 1),
    primary key (tenant_id, company_id, kind, year),
    foreign key (tenant_id, company_id) references company.company
) with (fillfactor = 50);
call kernel.protect('company.series');

create view company.v_company with (security_invoker = true) as
    select tenant_id, company_id, code, name, country, currency, minor_digits, time_zone from company.company;

create view company.v_series with (security_invoker = true) as
    select tenant_id, company_id, kind, year, next from company.series;

grant usage on schema company to millrace_app, millrace_report;
grant usage on sequence company.tenant_number to millrace_app;
grant select, insert on company.tenant to millrace_app;
grant select, insert, update on company.company, company.period, company.series to millrace_app;
grant select on company.v_company, company.v_series to millrace_app;
grant select on all tables in schema company to millrace_report;
