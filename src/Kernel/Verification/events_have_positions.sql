-- An event that a finished tick has passed over. Those younger than ten seconds may still be on their way.
select format('event %s of %s (%s) has no position', e.id, e.day, e.type)
from kernel.event e
where e.at < now() - interval '10 seconds'
    and not exists (select from kernel.event_pos p where p.event_day = e.day and p.event_id = e.id)
limit 20
