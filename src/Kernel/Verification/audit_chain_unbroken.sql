-- Each block carries the hash of the one before; none is missing, none was replaced.
select format('block %s of the audit does not continue block %s', block, coalesce(before_block, 0))
from (
    select block, digest, hash, lag(block) over w as before_block, lag(hash) over w as before_hash
    from kernel.audit_block where tenant_id = (select kernel.tenant())
    window w as (order by block)) b
where block <> coalesce(before_block, 0) + 1 or hash <> sha256(coalesce(before_hash, ''::bytea) || int8send(block) || digest)
order by block limit 20
