-- Work that is done after the commit that asked for it. Tenant 0 is the installation itself.
create table kernel.job (
    tenant_id int not null,
    job_id uuid not null,
    type text not null,
    arguments jsonb not null,
    -- While a job with this key waits or runs, asking for it again changes nothing.
    key text,
    state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
    run_at timestamptz not null default clock_timestamp(),
    -- Each taking has a number; a worker that lost the job finds another number and writes nothing.
    taking int not null default 0,
    attempts int not null default 0,
    most_attempts int not null check (most_attempts between 1 and 100),
    worker text not null default '',
    lease_until timestamptz,
    progress bigint check (progress >= 0),
    total bigint check (total >= 0),
    error text,
    result jsonb,
    cancel_requested_at timestamptz,
    actor uuid not null,
    request text not null,
    enqueued_at timestamptz not null default clock_timestamp(),
    started_at timestamptz,
    ended_at timestamptz,
    primary key (tenant_id, job_id),
    check ((state = 'running') = (lease_until is not null)),
    check ((state in ('done', 'failed', 'cancelled')) = (ended_at is not null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
create index job_waiting on kernel.job (tenant_id, run_at, job_id) where state = 'waiting';
create index job_running on kernel.job (lease_until) where state = 'running';
create unique index job_key on kernel.job (tenant_id, type, key) where state in ('waiting', 'running');
create index job_newest on kernel.job (tenant_id, state, job_id);
create index job_ended on kernel.job (ended_at) where ended_at is not null;
call kernel.protect('kernel.job');
-- Workers serve all tenants; only the functions below look over the wall, and they give out no more than what is due.
create policy work on kernel.job to millrace_owner using (true) with check (true);

-- Takes what is due, an equal share of each tenant that waits, so that one with a hundred thousand jobs starves nobody.
create function kernel.take_jobs(taker text, types text[], at_most int, lease interval)
    returns table (tenant_id int, job_id uuid, type text, arguments text, taking int, attempts int, most_attempts int,
        actor uuid, request text)
    language sql security definer set search_path = pg_catalog as $$
    with recursive waiting (tenant_id) as (
        (select j.tenant_id from kernel.job j where j.state = 'waiting' order by j.tenant_id limit 1)
        union all
        select (select j.tenant_id from kernel.job j where j.state = 'waiting' and j.tenant_id > w.tenant_id
            order by j.tenant_id limit 1)
        from waiting w where w.tenant_id is not null),
    chosen as (select w.tenant_id, count(*) over () as tenants from waiting w where w.tenant_id is not null
        order by random() limit at_most),
    due as (
        select d.tenant_id, d.job_id from chosen c cross join lateral (
            select j.tenant_id, j.job_id from kernel.job j
            where j.state = 'waiting' and j.tenant_id = c.tenant_id and j.run_at <= clock_timestamp() and j.type = any (types)
            order by j.run_at, j.job_id limit greatest(1, at_most / c.tenants) for no key update skip locked) d
        limit at_most)
    update kernel.job j set state = 'running', taking = j.taking + 1, attempts = j.attempts + 1, worker = taker,
        lease_until = clock_timestamp() + lease, started_at = clock_timestamp(), progress = null, total = null
    from due where j.tenant_id = due.tenant_id and j.job_id = due.job_id
    returning j.tenant_id, j.job_id, j.type, j.arguments::text, j.taking, j.attempts, j.most_attempts, j.actor, j.request
$$;

-- Keeps the leases of what a worker still runs, and says which of it is to be given up.
create function kernel.keep_jobs(tenants int[], jobs uuid[], takings int[], lease interval)
    returns table (job_id uuid, cancelled boolean)
    language sql security definer set search_path = pg_catalog as $$
    update kernel.job j set lease_until = clock_timestamp() + lease
    from (select * from unnest(tenants, jobs, takings) as k (tenant_id, job_id, taking) order by 1, 2) k
    where j.tenant_id = k.tenant_id and j.job_id = k.job_id and j.taking = k.taking and j.state = 'running'
    returning j.job_id, j.cancel_requested_at is not null
$$;

-- What a vanished worker left waits again, or has failed when that was its last attempt.
create function kernel.reclaim_jobs() returns int language sql security definer set search_path = pg_catalog as $$
    with lost as (
        select j.tenant_id, j.job_id from kernel.job j where j.state = 'running' and j.lease_until < clock_timestamp()
        order by j.tenant_id, j.job_id limit 1000 for no key update skip locked),
    back as (
        update kernel.job j set lease_until = null, worker = '',
            state = case when j.cancel_requested_at is not null then 'cancelled'
                when j.attempts >= j.most_attempts then 'failed' else 'waiting' end,
            ended_at = case when j.cancel_requested_at is not null or j.attempts >= j.most_attempts then clock_timestamp() end,
            error = format('The program that worked on it ended or lost its connection, at attempt %s.', j.attempts)
        from lost where j.tenant_id = lost.tenant_id and j.job_id = lost.job_id returning 1)
    select count(*)::int from back
$$;

create function kernel.sweep_jobs(at_most int) returns int language sql security definer set search_path = pg_catalog as $$
    with old as (
        select j.tenant_id, j.job_id from kernel.job j
        where j.ended_at < now() - case j.state when 'done' then interval '7 days' else interval '90 days' end
        order by j.ended_at limit at_most for update skip locked),
    gone as (delete from kernel.job j using old where j.tenant_id = old.tenant_id and j.job_id = old.job_id returning 1)
    select count(*)::int from gone
$$;

-- Work that comes back. What the program itself needs stands under tenant 0, by name.
create table kernel.schedule (
    tenant_id int not null,
    schedule_id uuid not null,
    name text not null check (name <> ''),
    type text not null,
    arguments jsonb not null,
    cron text not null,
    time_zone text not null,
    enabled boolean not null default true,
    next_at timestamptz,
    last_at timestamptz,
    version int not null default 1,
    primary key (tenant_id, schedule_id),
    constraint schedule_name unique (tenant_id, name)
);
create index schedule_due on kernel.schedule (next_at) where enabled;
call kernel.protect('kernel.schedule');
create policy work on kernel.schedule for select to millrace_owner using (true);

create function kernel.due_schedules() returns table (tenant_id int, schedule_id uuid)
    language sql stable security definer set search_path = pg_catalog as $$
    select s.tenant_id, s.schedule_id from kernel.schedule s
    where s.enabled and s.next_at <= clock_timestamp() order by s.next_at limit 200
$$;

revoke all on function kernel.take_jobs(text, text[], int, interval), kernel.keep_jobs(int[], uuid[], int[], interval),
    kernel.reclaim_jobs(), kernel.sweep_jobs(int), kernel.due_schedules() from public;
grant execute on function kernel.take_jobs(text, text[], int, interval), kernel.keep_jobs(int[], uuid[], int[], interval),
    kernel.reclaim_jobs(), kernel.sweep_jobs(int), kernel.due_schedules() to millrace_app;
grant select, insert, update on kernel.job, kernel.schedule to millrace_app;
grant select on kernel.job, kernel.schedule to millrace_report;
