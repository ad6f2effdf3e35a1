-- Names in the order in which people look for them, the same in both languages and in every version of the system: the letters
-- that only Turkish has come right behind their plain forms, accents do not count.
create function kernel.sort_key(words text) returns text language sql immutable strict parallel safe as $$
    select replace(replace(replace(replace(replace(replace(
        lower(translate(words, 'İÂâÎîÛûÉéÈèÁáÀàÄäß', 'iaaiiuueeeeaaaaaas')),
        'ç', 'c~'), 'ğ', 'g~'), 'ı', 'h~'), 'ö', 'o~'), 'ş', 's~'), 'ü', 'u~')
$$;

-- A list as somebody likes to see it: its filters, order and columns, under a name.
create table kernel.list_view (
    tenant_id int not null,
    view_id uuid not null,
    list text not null check (list <> ''),
    name text not null check (name <> ''),
    query text not null check (length(query) <= 4000),
    owner uuid not null,
    shared boolean not null default false,
    usual boolean not null default false,
    version int not null default 1,
    created_at timestamptz not null default now(),
    primary key (tenant_id, view_id)
);
create unique index list_view_name on kernel.list_view (tenant_id, list, owner, name);
create unique index list_view_usual on kernel.list_view (tenant_id, list, owner) where usual;
call kernel.protect('kernel.list_view');
grant select, insert, update, delete on kernel.list_view to millrace_app;
