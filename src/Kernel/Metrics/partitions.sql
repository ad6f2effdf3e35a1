-- How many partitions each table has ready ahead: of today for those by day and month, of the log's head for those by position.
select parent, max(case step
        when 'day' then to_date(suffix, 'YYYYMMDD') - (now() at time zone 'utc')::date
        when 'month' then (extract(year from age(to_date(suffix, 'YYYYMM'), date_trunc('month', now() at time zone 'utc'))) * 12
            + extract(month from age(to_date(suffix, 'YYYYMM'), date_trunc('month', now() at time zone 'utc'))))::int
        else (suffix::bigint - $1 / 10000000)::int
    end)::int
from (
    select plan.parent, plan.step, substring(c.relname from '_([0-9]+)$') as suffix
    from kernel.partition_plan plan
    join pg_namespace n on n.nspname = split_part(plan.parent, '.', 1)
    join pg_class p on p.relnamespace = n.oid and p.relname = split_part(plan.parent, '.', 2)
    join pg_inherits i on i.inhparent = p.oid
    join pg_class c on c.oid = i.inhrelid) child
where suffix is not null
group by parent order by parent limit 200
