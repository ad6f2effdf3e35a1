-- Which PostgreSQL wrote the log: positions, and the transaction ids from which they are given, are its alone.
create table kernel.cluster (
    only_one boolean primary key default true check (only_one),
    system bigint not null,
    timeline int not null,
    noted_at timestamptz not null default clock_timestamp()
);

-- Where positions go on far behind the last one: those in between may have been seen outside before a restore.
create table kernel.log_break (
    after_pos bigint primary key,
    next_pos bigint not null check (next_pos > after_pos),
    reason text not null,
    at timestamptz not null default clock_timestamp()
);

alter table kernel.audit_look add column day date not null default (now() at time zone 'utc')::date;

create function kernel.timeline() returns int language sql volatile set search_path = pg_catalog as $$
    select ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
$$;

-- 'same', 'restored' (this server went back in time, or a replica took over) or 'copied' (the rows came to another server).
create function kernel.cluster_state() returns text language sql volatile security definer set search_path = pg_catalog as $$
    select case
        when c.system <> s.system_identifier then 'copied'
        when c.timeline <> kernel.timeline() then 'restored'
        else 'same' end
    from kernel.cluster c, pg_control_system() s
$$;

-- Of a copy no transaction id means anything: what has its position is made old, what waits for one is made new.
create procedure kernel.forget_transactions(own xid8, event_day date, look_day date) language plpgsql as $$
begin
    alter table kernel.event no force row level security;
    alter table kernel.audit no force row level security;
    update kernel.event e set xid = case when exists (select from kernel.event_pos p where p.event_day = e.day and p.event_id = e.id)
        then '3'::xid8 else own end
    where e.day >= event_day - 3;
    alter table kernel.audit_block no force row level security;
    update kernel.audit a set xid = case when exists (select from kernel.audit_block b where b.tenant_id = a.tenant_id
        and b.days && array[a.day] and b.ids && array[a.audit_id]) then '3'::xid8 else own end
    where a.day >= look_day - 3;
    alter table kernel.audit_block force row level security;
    alter table kernel.audit force row level security;
    alter table kernel.event force row level security;
    insert into kernel.audit_look (look, snapshot, day)
        select max(look) + 1, (own || ':' || own || ':')::pg_snapshot, look_day from kernel.audit_look;
end $$;

-- After a restore positions go on a thousand million further: nobody takes a new one for one that was lost.
create function kernel.rebase(also_copied boolean) returns text language plpgsql volatile security definer
    set search_path = pg_catalog as $$
declare
    state text;
    last record;
    looked date;
    fresh bigint;
    span constant bigint := 10000000;
begin
    perform set_config('lock_timeout', '5s', true);
    perform from kernel.cluster for update;
    state := kernel.cluster_state();
    if state = 'same' or (state = 'copied' and not also_copied) then return state; end if;
    select pos, coalesce(event_day, current_date) as day, snapshot into last from kernel.event_pos order by pos desc limit 1;
    fresh := (last.pos / span + 100) * span;
    call kernel.make_partition('kernel.event_pos', lpad((fresh / span)::text, 6, '0'), fresh::text, (fresh + span)::text);
    if state = 'copied' then
        select day into looked from kernel.audit_look order by look desc limit 1;
        call kernel.forget_transactions(pg_current_xact_id(), last.day, looked);
        last.snapshot := (pg_current_xact_id() || ':' || pg_current_xact_id() || ':')::pg_snapshot;
    end if;
    insert into kernel.log_break (after_pos, next_pos, reason) values (last.pos, fresh, state);
    insert into kernel.event_pos (pos, event_day, snapshot) values (fresh, last.day, last.snapshot);
    update kernel.cluster set system = (select system_identifier from pg_control_system()), timeline = kernel.timeline(),
        noted_at = clock_timestamp();
    -- Who held them did so before the restore.
    update kernel.lease set until = '-infinity', holder = '' where holder <> '';
    perform kernel.make_partitions_ahead();
    return state;
end $$;

insert into kernel.cluster (system, timeline) select system_identifier, kernel.timeline() from pg_control_system();

-- Backups and the drills that prove them; the installation's own.
create table kernel.backup (
    backup_id bigint generated always as identity primary key,
    kind text not null check (kind in ('backup', 'drill')),
    began_at timestamptz not null,
    ended_at timestamptz not null check (ended_at >= began_at),
    bytes bigint not null check (bytes >= 0),
    -- Of a drill: up to which moment it had everything, and what it found.
    reached timestamptz,
    error text
);
create index backup_latest on kernel.backup (kind, ended_at);

revoke all on function kernel.timeline(), kernel.cluster_state(), kernel.rebase(boolean) from public;
revoke all on procedure kernel.forget_transactions(xid8, date, date) from public;
grant execute on function kernel.cluster_state() to millrace_app, millrace_relay;
grant execute on function kernel.rebase(boolean) to millrace_relay;
grant select, insert on kernel.backup to millrace_app;
grant select on kernel.migration to millrace_app;
grant select on kernel.backup, kernel.log_break, kernel.cluster to millrace_report;
