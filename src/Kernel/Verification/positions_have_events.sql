select format('position %s stands for event %s of %s, which does not exist', p.pos, p.event_id, p.event_day)
from kernel.event_pos p
where p.tenant_id = (select kernel.tenant())
    and not exists (select from kernel.event e where e.day = p.event_day and e.id = p.event_id)
limit 20
