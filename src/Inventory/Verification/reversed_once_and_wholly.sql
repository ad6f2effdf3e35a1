-- What was taken back has sums of nothing with what took it back, place by place and in value; every reversal says whose it is.
with pairs as (
    select r.company_id, r.document, r.reversed_by, m.item_id, m.warehouse_id, m.bin, m.lot, m.owner_id, m.status,
        sum(m.quantity) as quantity, sum(m.amount) as amount
    from inventory.reversal r
    join inventory.movement m on m.tenant_id = r.tenant_id and m.company_id = r.company_id
        and m.document in (r.document, r.reversed_by)
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9)
select format('%s took %s back, but of item %s in warehouse %s there remain %s worth %s',
    reversed_by, document, item_id, warehouse_id, quantity, amount)
from pairs where quantity <> 0 or amount <> 0
union all
select format('%s is a reversal, but of nothing', m.document)
from (select distinct tenant_id, company_id, document from inventory.movement where kind = 'reversal') m
left join inventory.reversal r on r.tenant_id = m.tenant_id and r.company_id = m.company_id and r.reversed_by = m.document
where r.document is null
limit 20
