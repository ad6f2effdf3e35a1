select format('event %s of %s stands at %s positions', event_id, event_day, count(*))
from kernel.event_pos
where tenant_id = (select kernel.tenant())
group by event_day, event_id
having count(*) > 1
limit 20
