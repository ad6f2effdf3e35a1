-- The log in one row: its head, whether somebody gives positions, how long the oldest event without one waits, what is parked.
with last as materialized (select pos, snapshot from kernel.event_pos order by pos desc limit 1)
select
    (select pos from last),
    coalesce((select until > clock_timestamp() from kernel.lease where name = 'sequencer'), false),
    greatest(0, coalesce(extract(epoch from clock_timestamp() - (
        select min(at) from kernel.event
        where xid >= (select pg_snapshot_xmax(snapshot) from last) and day >= current_date - 2)), 0)),
    (select count(*) from kernel.parked where resolved_at is null)
