-- What the movements are worth, less what the poster has not reached yet or has parked, is what the inventory accounts carry.
with waiting as (
    select (e.payload ->> 'companyId')::uuid as company_id,
        sum(case when e.type = 'StockIssued' then -(line ->> 'amount')::numeric else (line ->> 'amount')::numeric end) as amount
    from kernel.event e
    left join kernel.event_pos p on p.event_day = e.day and p.event_id = e.id
    cross join jsonb_array_elements(
        case jsonb_typeof(e.payload -> 'lines') when 'array' then e.payload -> 'lines' else '[]' end) as line
    where e.type in ('StockReceived', 'StockIssued', 'StockAdjusted', 'StockReversed')
        and (p.pos is null
            or p.pos > coalesce((select max(c.pos) from kernel.cursor c
                where c.consumer = 'accounting.vouchers' and c.lane = (select kernel.tenant()) % 4), 0)
            or exists (select from kernel.parked k where k.consumer = 'accounting.vouchers' and k.pos = p.pos and k.resolved_at is null))
    group by 1),
stock as (select company_id, sum(amount) as amount from inventory.v_movement_value group by company_id),
books as (
    select l.company_id, sum(l.debit - l.credit) as amount
    from accounting.voucher_line l
    join accounting.account a on a.tenant_id = l.tenant_id and a.company_id = l.company_id and a.account = l.account and a.inventory
    group by l.company_id)
select format('company %s: the stock is worth %s, of which %s is not posted yet, but the inventory accounts carry %s',
    c.company_id, coalesce(s.amount, 0), coalesce(w.amount, 0), coalesce(b.amount, 0))
from company.v_company c
left join stock s using (company_id)
left join waiting w using (company_id)
left join books b using (company_id)
where coalesce(s.amount, 0) - coalesce(w.amount, 0) <> coalesce(b.amount, 0)
limit 20
