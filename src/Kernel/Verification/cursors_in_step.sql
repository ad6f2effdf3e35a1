-- Every step of a lane begins where the one before ended.
select format('%s lane %s stepped from %s although the step before ended at %s', consumer, lane, from_pos, before)
from (
    select consumer, lane, from_pos, lag(pos) over (partition by consumer, lane order by from_pos) as before from kernel.cursor) c
where before is not null and before <> from_pos
limit 20
