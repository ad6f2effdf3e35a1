select format('supply %s of %s: %s arrived, but the ledger has %s', e.expected_id, e.source, e.arrived, coalesce(m.arrived, 0))
from inventory.expected e
left join (
    select tenant_id, expected_id, sum(quantity) as arrived
    from inventory.movement
    where expected_id is not null
    group by tenant_id, expected_id) m using (tenant_id, expected_id)
where e.arrived <> coalesce(m.arrived, 0)
limit 20
