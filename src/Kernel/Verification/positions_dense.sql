select format('position %s is followed by %s', pos, next)
from (select pos, lead(pos) over (order by pos) as next from kernel.event_pos) p
where next <> pos + 1
limit 20
