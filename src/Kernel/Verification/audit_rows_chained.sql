-- A row that the chain has passed over. Those younger than a minute may still be on their way.
select format('audit row %s of %s (%s %s) is in no block of the chain', a.audit_id, a.day, a.entity, a.key)
from kernel.audit a
where a.tenant_id = (select kernel.tenant()) and a.at < now() - interval '1 minute'
    and not exists (select from kernel.audit_block b, unnest(b.ids) as chained (id)
        where b.tenant_id = a.tenant_id and chained.id = a.audit_id)
limit 20
