select format('position %s is followed by %s', pos, next)
from (select pos, lead(pos) over (order by pos) as next from kernel.event_pos) p
where next <> pos + 1
    and not exists (select from kernel.log_break b where b.after_pos = p.pos and b.next_pos = p.next)
limit 20
