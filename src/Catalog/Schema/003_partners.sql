-- Customers and suppliers are partners of the organisation; one may be both. How a company stands with them is a row of its own.
create table catalog.partner (
    tenant_id int not null,
    partner_id uuid not null,
    code text not null check (code <> ''),
    name text not null check (name <> ''),
    customer boolean not null,
    supplier boolean not null,
    tax_number text not null default '',
    tax_office text not null default '',
    country text not null check (country ~ '^[A-Z]{2}$'),
    currency text check (currency ~ '^[A-Z]{3}$'),
    language text not null default 'en' check (language in ('en', 'tr')),
    payment_days int not null default 30 check (payment_days between 0 and 365),
    email text not null default '',
    phone text not null default '',
    website text not null default '',
    note text not null default '',
    search text not null generated always as (kernel.fold(code || ' ' || name || ' ' || tax_number)) stored,
    name_key text not null generated always as (kernel.sort_key(name)) stored,
    version int not null default 1,
    created_at timestamptz not null default now(),
    retired_at timestamptz,
    primary key (tenant_id, partner_id),
    constraint partner_code unique (tenant_id, code),
    constraint partner_has_role check (customer or supplier)
);
create index partner_name on catalog.partner (tenant_id, name_key, partner_id);
create index partner_created on catalog.partner (tenant_id, created_at, partner_id);
call kernel.protect('catalog.partner');

create table catalog.partner_address (
    tenant_id int not null,
    address_id uuid not null,
    partner_id uuid not null,
    position int not null,
    kind text not null check (kind in ('billing', 'shipping', 'other')),
    name text not null default '',
    street text not null,
    city text not null,
    region text not null default '',
    postal_code text not null default '',
    country text not null check (country ~ '^[A-Z]{2}$'),
    primary key (tenant_id, address_id),
    foreign key (tenant_id, partner_id) references catalog.partner
);
create index address_partner on catalog.partner_address (tenant_id, partner_id, position);
call kernel.protect('catalog.partner_address');

-- Personal data; in the audit it is sealed with a key of the contact's own.
create table catalog.partner_contact (
    tenant_id int not null,
    contact_id uuid not null,
    partner_id uuid not null,
    position int not null,
    name text not null,
    role text not null default '',
    email text not null default '',
    phone text not null default '',
    primary key (tenant_id, contact_id),
    foreign key (tenant_id, partner_id) references catalog.partner
);
create index contact_partner on catalog.partner_contact (tenant_id, partner_id, position);
call kernel.protect('catalog.partner_contact');

-- Whether a company sells to and buys from a partner, and up to which amount.
create table catalog.partner_standing (
    tenant_id int not null,
    partner_id uuid not null,
    company_id uuid not null,
    selling text not null default 'open' check (selling in ('open', 'watch', 'stop')),
    buying text not null default 'open' check (buying in ('open', 'watch', 'stop')),
    credit_limit numeric(19,4) check (credit_limit >= 0),
    reason text not null default '',
    version int not null default 1,
    changed_at timestamptz not null default now(),
    primary key (tenant_id, partner_id, company_id),
    foreign key (tenant_id, partner_id) references catalog.partner,
    foreign key (tenant_id, company_id) references company.company
);
call kernel.protect('catalog.partner_standing');

create view catalog.v_partner with (security_invoker = true) as
    select tenant_id, partner_id, code, name, customer, supplier, country, currency, language, payment_days, search, retired_at
    from catalog.partner;

-- Deleted is only what an import has made and takes back; the foreign keys see to it that nothing needs it.
grant select, insert, update, delete on catalog.partner to millrace_app;
grant delete on catalog.item to millrace_app;
grant select, insert, update on catalog.partner_standing to millrace_app;
grant select, insert, update, delete on catalog.partner_address, catalog.partner_contact to millrace_app;
grant select on catalog.v_partner to millrace_app;
grant select on catalog.partner, catalog.partner_address, catalog.partner_standing, catalog.v_partner to millrace_report;
call kernel.audit('catalog.partner', 'partner_id', 'search,name_key');
call kernel.audit('catalog.partner_address', 'partner_id,address_id');
call kernel.audit('catalog.partner_contact', 'partner_id,contact_id', '', 'name,role,email,phone', 'contact_id');
call kernel.audit('catalog.partner_standing', 'partner_id,company_id');

-- Items sorted by name as people read it.
alter table catalog.item add column name_key text not null generated always as (kernel.sort_key(name)) stored;
create index item_name on catalog.item (tenant_id, name_key, item_id);
create index item_kind on catalog.item (tenant_id, kind, item_id);
create index item_created on catalog.item (tenant_id, created_at, item_id);
drop trigger audit on catalog.item;
call kernel.audit('catalog.item', 'item_id', 'search,name_key');
