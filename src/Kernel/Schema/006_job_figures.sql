-- How the work of all tenants is doing, in figures only: what is due, what runs, what failed within the hour, how late it is.
create function kernel.job_figures()
    returns table (due bigint, running bigint, failed bigint, late_seconds numeric, mails_due bigint)
    language sql stable security definer set search_path = pg_catalog as $$
    select
        (select count(*) from kernel.job where state = 'waiting' and run_at <= clock_timestamp()),
        (select count(*) from kernel.job where state = 'running'),
        (select count(*) from kernel.job where state = 'failed' and ended_at > now() - interval '1 hour'),
        coalesce((select extract(epoch from clock_timestamp() - min(run_at)) from kernel.job
            where state = 'waiting' and run_at <= clock_timestamp()), 0),
        (select count(*) from kernel.job where state = 'waiting' and run_at <= clock_timestamp() and type = 'mail.send')
$$;

revoke all on function kernel.job_figures() from public;
grant execute on function kernel.job_figures() to millrace_app;
