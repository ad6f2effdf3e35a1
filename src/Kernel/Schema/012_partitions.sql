-- One process makes partitions at a time; the others leave it to that one. They waited for it before, and no longer than for any lock:
-- on a slow disk a month of partitions takes longer.
create or replace function kernel.make_partitions_ahead() returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
    plan record;
    today date := (now() at time zone 'utc')::date;
    start_on date;
    head bigint;
    span constant bigint := 10000000;
begin
    perform set_config('lock_timeout', '2s', true);
    if not pg_try_advisory_xact_lock(hashtextextended('kernel.partitions', 0)) then return; end if;
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
