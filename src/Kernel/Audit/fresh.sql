-- What became visible since the last look, per tenant in pieces; the same two conditions as the sequencer's. Of very many rows only
-- those of the oldest transactions, about as many as are asked for: the look is then as if it had been made when these had begun.
with prev as materialized (select look, snapshot, day from kernel.audit_look order by look desc limit 1),
since as materialized (select pg_snapshot_xmax(snapshot) as xid, least(day, current_date) - 2 as day from prev),
last as materialized (
    select a.xid from kernel.audit a
    where a.xid >= (select xid from since) and a.day >= (select day from since)
    order by a.xid offset $1 - 1 limit 1),
cut as materialized (
    select coalesce((select (xid::text::numeric + 1)::text::xid8 from last), pg_snapshot_xmax(pg_current_snapshot())) as xid),
seen as materialized (
    select concat(least(pg_snapshot_xmin(pg_current_snapshot()), cut.xid), ':', cut.xid, ':',
            (select string_agg(x::text, ',' order by x) from pg_snapshot_xip(pg_current_snapshot()) x where x < cut.xid)) as snapshot,
        case when exists (select from last) then (select day from prev) else current_date end as day
    from cut),
fresh as (
    select a from kernel.audit a
    where a.xid >= (select xid from since) and a.xid < (select xid from cut) and a.day >= (select day from since)
    union all
    select a from kernel.audit a
    where a.xid = any (array(select pg_snapshot_xip(snapshot) from prev)) and a.day >= (select day from since)),
pieces as (
    select a, (row_number() over (partition by (a).tenant_id order by (a).audit_id) - 1) / 5000 as piece from fresh)
select (a).tenant_id, array_agg((a).day order by (a).audit_id) as days, array_agg((a).audit_id order by (a).audit_id) as ids,
    sha256(string_agg(kernel.audit_digest(a), ''::bytea order by (a).audit_id)) as digest,
    (select look from prev) as look, (select snapshot from seen) as snapshot, (select day from seen) as day
from pieces group by (a).tenant_id, piece order by (a).tenant_id, piece
