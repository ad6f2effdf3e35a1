-- Per consumer the lane that is furthest behind; a lane that nobody holds is behind since its lease ran out.
select split_part(name, '/', 1),
    max(greatest(0, coalesce($2 - scanned, 0))),
    max(greatest(0, coalesce(extract(epoch from clock_timestamp()
        - case when until > clock_timestamp() or scanned >= $2 then behind_since else coalesce(behind_since, until) end), 0)))
from kernel.lease
where split_part(name, '/', 1) = any ($1) and until > '-infinity'
group by 1 order by 1 limit 100
