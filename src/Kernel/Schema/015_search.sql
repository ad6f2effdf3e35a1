create extension if not exists pg_trgm with schema kernel;
create extension if not exists btree_gin with schema kernel;

-- What people search: a line for each thing that has a code and a name. It follows its thing in the same transaction. The index of
-- trigrams cannot be used through a policy, so the app reads it through two functions that look at the tenant themselves.
create table kernel.search_entry (
    tenant_id int not null,
    entity text not null,
    entity_id uuid not null,
    company_id uuid,
    code text not null,
    title text not null,
    -- Folded and behind a space, so that ' ab' finds the words that begin with ab.
    words text not null,
    in_use boolean not null,
    primary key (tenant_id, entity, entity_id)
);
alter table kernel.search_entry alter column words set statistics 1000;
create index search_entry_words on kernel.search_entry using gin (tenant_id, words kernel.gin_trgm_ops);
create index search_entry_code on kernel.search_entry (tenant_id, left(words, 40) text_pattern_ops);
call kernel.protect('kernel.search_entry');
create policy search on kernel.search_entry to millrace_owner using (true) with check (true);

-- Follows one table. The arguments are the entity and where the new or old row has its id, company, code, title, further words, and
-- whether it is in use.
create function kernel.follow_search() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
    entry constant text := format(
        'select tenant_id, %L, %s, %s, %s, %s, %s, %s from touched',
        tg_argv[0], tg_argv[1], tg_argv[2], tg_argv[3], tg_argv[4],
        format($words$' ' || kernel.fold(%s || ' ' || %s || ' ' || %s)$words$, tg_argv[3], tg_argv[4], tg_argv[5]), tg_argv[6]);
begin
    if tg_op = 'DELETE' then
        execute format(
            'delete from kernel.search_entry e using touched t
             where e.tenant_id = t.tenant_id and e.entity = %L and e.entity_id = t.%s', tg_argv[0], tg_argv[1]);
    elsif tg_op = 'INSERT' then
        execute 'insert into kernel.search_entry ' || entry;
    else
        execute format(
            'update kernel.search_entry e
             set company_id = n.company_id, code = n.code, title = n.title, words = n.words, in_use = n.in_use
             from (%s) n (tenant_id, entity, entity_id, company_id, code, title, words, in_use)
             where e.tenant_id = n.tenant_id and e.entity = n.entity and e.entity_id = n.entity_id
                 and (e.code, e.title, e.words, e.in_use) is distinct from (n.code, n.title, n.words, n.in_use)', entry);
    end if;
    return null;
end $$;

create procedure kernel.search_in(
    target regclass, entity text, id text, company text, code text, title text, further text, in_use text) language plpgsql as $$
declare
    arguments constant text := format('%L, %L, %L, %L, %L, %L, %L', entity, id, company, code, title, further, in_use);
begin
    execute format('create trigger search_new after insert on %s referencing new table as touched
        for each statement execute function kernel.follow_search(%s)', target, arguments);
    execute format('create trigger search_changed after update on %s referencing new table as touched
        for each statement execute function kernel.follow_search(%s)', target, arguments);
    execute format('create trigger search_gone after delete on %s referencing old table as touched
        for each statement execute function kernel.follow_search(%s)', target, arguments);
    -- What is there already, of all tenants.
    execute format('alter table %s no force row level security', target);
    execute format(
        $fill$insert into kernel.search_entry
            select tenant_id, %L, %s, %s, %s, %s, ' ' || kernel.fold(%s || ' ' || %s || ' ' || %s), %s from %s$fill$,
        entity, id, company, code, title, code, title, further, in_use, target);
    execute format('alter table %s force row level security', target);
end $$;

-- Words as they are looked for: what is shorter than a trigram has to begin a word.
create function kernel.needle(word text) returns text language sql immutable strict parallel safe as $$
    select case when length(word) < 3 then ' ' else '' end || kernel.fold(word)
$$;

create function kernel.patterns(sought text[]) returns text[] language sql immutable strict parallel safe as $$
    select array_agg('%' || replace(replace(replace(kernel.needle(word), '\', '\\'), '%', '\%'), '_', '\_') || '%' order by at)
    from unnest(sought) with ordinality as s (word, at)
$$;

-- The things of one kind in which all these words are; null when they are too many to be worth naming.
create function kernel.found(entity text, sought text[], most int) returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    patterns constant text[] := kernel.patterns(sought);
    matches constant text := (select string_agg(format(' and words like $4[%s]', at), '') from generate_subscripts(patterns, 1) at);
    ids uuid[];
begin
    execute 'select coalesce(array_agg(entity_id), ''{}'') from (select entity_id from kernel.search_entry
        where tenant_id = $1 and entity = $2' || matches || ' limit $3 + 1) found'
        into ids using kernel.tenant(), entity, most, patterns;
    return case when cardinality(ids) <= most then ids end;
end $$;

-- The nearest things of several kinds: whose code begins like this, then in which all the words are.
create function kernel.search(entities text[], sought text[], company uuid, most int) returns setof kernel.search_entry
    language plpgsql stable security definer set search_path = pg_catalog rows 20 as $$
declare
    patterns constant text[] := kernel.patterns(sought);
    matches constant text := (select string_agg(format(' and words like $4[%s]', at), '') from generate_subscripts(patterns, 1) at);
    begins constant text := ' ' || ltrim(substr(patterns[1], 2));
begin
    return query execute
        'select (e).* from (
            select e, true as first from (select e from kernel.search_entry e where tenant_id = $1 and entity = any ($2)
                and ($3 is null or company_id is null or company_id = $3) and left(words, 40) like $6' || matches || '
                order by left(words, 40) limit $5) a (e)
            union
            select e, left((e).words, 40) like $6 from (select e from kernel.search_entry e where tenant_id = $1 and entity = any ($2)
                and ($3 is null or company_id is null or company_id = $3)' || matches || ' limit 200) b (e)) f (e, first)
         order by (e).in_use desc, first desc, length((e).words), (e).words, (e).entity_id limit $5'
        using kernel.tenant(), entities, company, patterns, most, begins;
end $$;
revoke all on function kernel.follow_search() from public;
revoke all on function kernel.found(text, text[], int), kernel.search(text[], text[], uuid, int) from public;
grant execute on function kernel.found(text, text[], int), kernel.search(text[], text[], uuid, int) to millrace_app, millrace_report;
grant execute on function kernel.needle(text) to millrace_app, millrace_report;
