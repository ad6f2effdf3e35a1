-- Tenancy: one setting, one function, one policy form for every table.
create function kernel.tenant() returns int language sql stable
    as $$ select nullif(current_setting('app.tenant_id', true), '')::int $$;

create procedure kernel.protect(target regclass) language plpgsql as $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format(
        'create policy tenant on %s using (tenant_id = (select kernel.tenant())) with check (tenant_id = (select kernel.tenant()))',
        target);
end $$;

-- Text as it is searched: lower case, the Turkish letters and the common accents on their plain forms.
create function kernel.fold(words text) returns text language sql immutable strict parallel safe as $$
    select lower(translate(words, 'İIıŞşĞğÜüÖöÇçÂâÎîÛûÉéÈèÁáÀàÄäß', 'iiissgguuooccaaiiuueeeeaaaaaas'))
$$;

-- Partitions are made ahead by one function; what is partitioned, by which step and how far ahead stands here.
create table kernel.partition_plan (
    parent text primary key,
    step text not null check (step in ('day', 'month', 'position')),
    ahead int not null check (ahead between 1 and 1000)
);

-- A new partition is built aside and attached: attaching does not lock out writers, creating in place does.
create procedure kernel.make_partition(parent text, suffix text, low text, high text) language plpgsql as $$
declare
    child text := parent || '_' || suffix;
    forced boolean;
begin
    if to_regclass(child) is not null then return; end if;
    execute format('create table %s (like %s including defaults including constraints including indexes)', child, parent);
    select relforcerowsecurity into forced from pg_class where oid = parent::regclass;
    if forced then call kernel.protect(child::regclass); end if;
    execute format('alter table %s attach partition %s for values from (%L) to (%L)', parent, child, low, high);
end $$;

create function kernel.make_partitions_ahead() returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
    plan record;
    today date := (now() at time zone 'utc')::date;
    start_on date;
    head bigint;
    span constant bigint := 10000000;
begin
    perform set_config('lock_timeout', '2s', true);
    -- One process makes partitions at a time; the others find them made.
    perform pg_advisory_xact_lock(hashtextextended('kernel.partitions', 0));
    for plan in select parent, step, ahead from kernel.partition_plan order by parent loop
        if plan.step = 'day' then
            for i in -1 .. plan.ahead loop
                call kernel.make_partition(plan.parent, to_char(today + i, 'YYYYMMDD'), (today + i)::text, (today + i + 1)::text);
            end loop;
        elsif plan.step = 'month' then
            for i in -1 .. plan.ahead loop
                start_on := (date_trunc('month', today) + make_interval(months => i))::date;
                call kernel.make_partition(
                    plan.parent, to_char(start_on, 'YYYYMM'), start_on::text, (start_on + interval '1 month')::date::text);
            end loop;
        else
            execute format('select coalesce(max(pos), 0) from %s', plan.parent) into head;
            for i in 0 .. plan.ahead loop
                call kernel.make_partition(
                    plan.parent, lpad((head / span + i)::text, 6, '0'), ((head / span + i) * span)::text, ((head / span + i + 1) * span)::text);
            end loop;
        end if;
    end loop;
end $$;

-- How far ahead the shortest plan reaches; the health answer warns before it runs out.
create view kernel.v_partition_reach with (security_invoker = true) as
    select plan.parent, count(child.inhrelid)::int as partitions
    from kernel.partition_plan plan
    join pg_inherits child on child.inhparent = plan.parent::regclass
    group by plan.parent;

-- The log. Append-only; dense positions are given afterwards by one sequencer (see docs/ARCHITECTURE.md).
create table kernel.event (
    id bigint generated always as identity,
    day date not null default (now() at time zone 'utc')::date,
    tenant_id int not null,
    xid xid8 not null default pg_current_xact_id(),
    type text not null,
    version smallint not null,
    aggregate text not null,
    actor uuid not null,
    request text not null,
    payload jsonb not null,
    at timestamptz not null default clock_timestamp(),
    primary key (day, id)
) partition by range (day);
-- With the day in it this is the cheaper index for the tick at any size; without, a young partition that has no statistics yet
-- was read whole through its primary key (day, id) at every tick.
create index event_xid on kernel.event (xid, day);
call kernel.protect('kernel.event');
create policy relay on kernel.event for select to millrace_relay using (true);

-- One row per event in the order of delivery; the snapshot on the last row of a tick is where the next tick begins.
create table kernel.event_pos (
    pos bigint primary key,
    event_day date,
    event_id bigint,
    tenant_id int,
    snapshot pg_snapshot
) partition by range (pos);

create index event_pos_event on kernel.event_pos (event_day, event_id);

create table kernel.lease (
    name text primary key,
    term bigint not null default 0,
    holder text not null default '',
    until timestamptz not null default '-infinity'
) with (fillfactor = 20);

-- Appended, never updated: the row after `from_pos` can be written once, so two holders of one lane cannot both go on.
create table kernel.cursor (
    consumer text not null,
    lane int not null,
    from_pos bigint not null,
    pos bigint not null check (pos > from_pos),
    term bigint not null,
    at timestamptz not null default clock_timestamp(),
    primary key (consumer, lane, from_pos)
);

-- Written before an event is tried after a crash, so that an event that kills the process is found.
create table kernel.attempt (
    consumer text not null,
    lane int not null,
    pos bigint not null,
    attempts int not null,
    primary key (consumer, lane, pos)
);

create table kernel.parked (
    tenant_id int not null,
    parked_id bigint generated always as identity,
    consumer text not null,
    pos bigint not null,
    event_day date not null,
    event_id bigint not null,
    type text not null,
    aggregate text not null,
    error text not null,
    attempts int not null,
    parked_at timestamptz not null default clock_timestamp(),
    retry_requested_at timestamptz,
    resolved_at timestamptz,
    primary key (tenant_id, parked_id),
    unique (tenant_id, consumer, pos)
);
create index parked_open on kernel.parked (tenant_id, consumer, aggregate) where resolved_at is null;
create index parked_retry on kernel.parked (consumer, pos) where resolved_at is null and retry_requested_at is not null;
call kernel.protect('kernel.parked');
create policy relay on kernel.parked for select to millrace_relay using (true);

-- Stored answers of keyed requests. The sweep may only ever see what is older than a day.
create table kernel.answer (
    tenant_id int not null,
    client_id uuid not null,
    key uuid not null,
    fingerprint bytea not null,
    status smallint not null,
    body bytea not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, client_id, key)
);
create index answer_age on kernel.answer (created_at);
call kernel.protect('kernel.answer');
create policy sweep on kernel.answer to millrace_owner using (created_at < now() - interval '24 hours') with check (false);

create function kernel.sweep_answers(at_most int) returns int language sql security definer set search_path = pg_catalog as $$
    with old as (
        select tenant_id, client_id, key from kernel.answer
        where created_at < now() - interval '24 hours'
        order by created_at limit at_most for update skip locked),
    gone as (delete from kernel.answer a using old
        where (a.tenant_id, a.client_id, a.key) = (old.tenant_id, old.client_id, old.key) returning 1)
    select count(*)::int from gone
$$;

insert into kernel.partition_plan values ('kernel.event', 'day', 7), ('kernel.event_pos', 'position', 2);
select kernel.make_partitions_ahead();
insert into kernel.event_pos (pos, snapshot) values (0, pg_current_snapshot());
insert into kernel.lease (name) values ('sequencer');

revoke all on all functions in schema kernel from public;
revoke all on all procedures in schema kernel from public;
grant usage on schema kernel to millrace_app, millrace_relay, millrace_report;
grant execute on function kernel.tenant(), kernel.fold(text) to millrace_app, millrace_relay, millrace_report;
grant execute on function kernel.make_partitions_ahead(), kernel.sweep_answers(int) to millrace_app;
grant select, insert on kernel.event to millrace_app;
grant select on kernel.event_pos to millrace_app;
grant select, insert, update on kernel.lease to millrace_app, millrace_relay;
grant select, insert, delete on kernel.cursor to millrace_app;
grant select, insert, update, delete on kernel.attempt to millrace_app;
grant select, insert, update on kernel.parked to millrace_app;
grant select, insert, update on kernel.answer to millrace_app;
grant select on kernel.event, kernel.event_pos, kernel.parked, kernel.cursor to millrace_relay;
grant insert on kernel.event_pos to millrace_relay;
grant select on kernel.event, kernel.event_pos, kernel.cursor, kernel.parked, kernel.partition_plan to millrace_report;
