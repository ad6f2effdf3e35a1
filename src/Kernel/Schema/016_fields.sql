-- What an organisation wants to know of its items, partners and documents beside what everybody has.
create table kernel.field (
    tenant_id int not null,
    field_id uuid not null,
    document_type text not null check (document_type <> ''),
    -- Stands in addresses, files and values, so it stays; what people read are the titles.
    name text not null check (name ~ '^[a-z][a-z0-9_]{0,29}$'),
    title_en text not null check (title_en <> ''),
    title_tr text not null check (title_tr <> ''),
    kind text not null check (kind in ('text', 'number', 'date', 'flag', 'choice')),
    choices text[] not null default '{}',
    position int not null default 0,
    version int not null default 1,
    created_at timestamptz not null default now(),
    retired_at timestamptz,
    primary key (tenant_id, field_id),
    constraint field_name unique (tenant_id, document_type, name),
    check ((kind = 'choice') = (cardinality(choices) > 0))
);
call kernel.protect('kernel.field');
call kernel.audit('kernel.field', 'field_id');

-- What those fields say of one thing, each as text in the one form its kind has.
create table kernel.field_value (
    tenant_id int not null,
    document_type text not null,
    document_id uuid not null,
    given jsonb not null check (jsonb_typeof(given) = 'object' and length(given::text) <= 20000),
    version int not null default 1,
    primary key (tenant_id, document_type, document_id)
);
call kernel.protect('kernel.field_value');
call kernel.audit('kernel.field_value', 'document_type,document_id');

grant select, insert, update on kernel.field, kernel.field_value to millrace_app;
grant select on kernel.field, kernel.field_value to millrace_report;
