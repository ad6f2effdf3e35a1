-- Why a day of the log may not go yet, for one consumer: what has no position, waits for a person, or is still ahead of a lane.
with day as (
    select e.id, e.type, e.tenant_id, p.pos
    from kernel.event e left join kernel.event_pos p on p.event_day = e.day and p.event_id = e.id
    where e.day = $1),
ahead as (
    select d.tenant_id % $4 as lane, count(*) as events, min(d.pos) as first
    from day d
    where $2 <> '' and d.type <> all ($3)
        and d.pos > coalesce((select max(c.pos) from kernel.cursor c where c.consumer = $2 and c.lane = d.tenant_id % $4), 0)
    group by 1)
select case
    when exists (select from day where pos is null)
        then (select count(*) from day where pos is null) || ' of its events have no position yet'
    when exists (select from kernel.parked where event_day = $1 and resolved_at is null)
        then (select count(*) from kernel.parked where event_day = $1 and resolved_at is null)
            || ' of its events are parked. Try them again under Parked events first'
    when exists (select from ahead)
        then (select format('%s has %s of its events still to handle in lane %s, from position %s', $2, events, lane, first)
            from ahead order by lane limit 1)
    when exists (select from day) and not exists (select from kernel.event_pos where event_day > $1)
        then 'no later event has a position, and the head of the log stays'
    end
