-- What became visible since the last look, per tenant in pieces; the same two conditions as the sequencer's.
with prev as materialized (select look, snapshot, day from kernel.audit_look order by look desc limit 1),
fresh as (
    select a from kernel.audit a
    where a.xid >= (select pg_snapshot_xmax(snapshot) from prev) and a.day >= (select least(day, current_date) - 2 from prev)
    union all
    select a from kernel.audit a
    where a.xid = any (array(select pg_snapshot_xip(snapshot) from prev)) and a.day >= (select least(day, current_date) - 2 from prev)),
cut as (
    select a, (row_number() over (partition by (a).tenant_id order by (a).audit_id) - 1) / 5000 as piece from fresh)
select (a).tenant_id, array_agg((a).day order by (a).audit_id) as days, array_agg((a).audit_id order by (a).audit_id) as ids,
    sha256(string_agg(kernel.audit_digest(a), ''::bytea order by (a).audit_id)) as digest,
    (select look from prev) as look, pg_current_snapshot()::text as snapshot
from cut group by (a).tenant_id, piece order by (a).tenant_id, piece
