-- Every row still says what it said when it was chained, and none is gone.
select format('block %s of the audit has %s of its %s rows%s', b.block, found.rows, cardinality(b.ids),
    case when found.rows = cardinality(b.ids) then ', but they do not say what they said' end)
from kernel.audit_block b
cross join lateral (
    select count(*) as rows, sha256(string_agg(kernel.audit_digest(a), ''::bytea order by entry.n)) as digest
    from unnest(b.days, b.ids) with ordinality as entry (day, id, n)
    join kernel.audit a on a.tenant_id = b.tenant_id and a.day = entry.day and a.audit_id = entry.id) found
where b.tenant_id = (select kernel.tenant())
    and (found.rows <> cardinality(b.ids) or found.digest is distinct from b.digest)
order by b.block limit 20
