-- Gives positions to every event that became visible since the previous tick, in the order of their ids.
-- "Not visible before" is exactly: xid at or above the previous snapshot's xmax, or in its list of running ones.
-- One statement has one snapshot, and that snapshot is kept on the last row. The primary key refuses a second leader.
-- Events of the last two days are looked at: no session that may publish is allowed to live that long. The first tick of a
-- leader looks back from the last position instead ($2): the installation may have been off, or restored to an earlier day.
with prev as materialized (select pos, snapshot from kernel.event_pos order by pos desc limit 1),
fresh as (
    select id, day, tenant_id from kernel.event
    where xid >= (select pg_snapshot_xmax(snapshot) from prev) and day >= least($2::date, current_date) - 2
    union all
    select id, day, tenant_id from kernel.event
    where xid = any (array(select pg_snapshot_xip(snapshot) from prev)) and day >= least($2::date, current_date) - 2)
insert into kernel.event_pos (pos, event_day, event_id, tenant_id, snapshot)
select (select pos from prev) + row_number() over w, day, id, tenant_id,
    case when lead(id) over w is null then pg_current_snapshot() end
from fresh
where exists (select from kernel.lease where name = 'sequencer' and term = $1 and until > clock_timestamp())
window w as (order by id)
