-- The unique key says "not two"; this says "not none": every event the poster has passed has its voucher, or is parked, or cost nothing.
select format('%s at position %s has no voucher', e.type, p.pos)
from kernel.event_pos p
join kernel.event e on e.day = p.event_day and e.id = p.event_id
where p.tenant_id = (select kernel.tenant())
    and e.type in ('StockReceived', 'StockIssued', 'StockAdjusted', 'StockReversed')
    and p.pos <= coalesce((select max(c.pos) from kernel.cursor c
        where c.consumer = 'accounting.vouchers' and c.lane = (select kernel.tenant()) % 4), 0)
    and (select sum(abs((line ->> 'amount')::numeric)) from jsonb_array_elements(
            case jsonb_typeof(e.payload -> 'lines') when 'array' then e.payload -> 'lines' else '[]' end) as line) > 0
    and not exists (select from accounting.voucher v where v.event_id = e.id and v.event_day = e.day)
    and not exists (select from kernel.parked k where k.consumer = 'accounting.vouchers' and k.pos = p.pos and k.resolved_at is null)
union all
select format('event %s of %s has %s vouchers by the rule %s', event_id, event_day, count(*), rule)
from accounting.voucher group by event_id, event_day, rule having count(*) > 1
limit 20
