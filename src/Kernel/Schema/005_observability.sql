-- What the program measures of itself, one row an hour of which the latest is written anew with every sample; and its alerts.
-- Both are the installation's: they hold figures and names of tables, nothing of a tenant.
create table kernel.sample (
    hour timestamptz primary key,
    at timestamptz not null,
    figures jsonb not null
) with (fillfactor = 50);

create table kernel.alert (
    alert_id bigint generated always as identity primary key,
    name text not null,
    severity text not null check (severity in ('warning', 'critical')),
    figure numeric(19, 6) not null,
    opened_at timestamptz not null default clock_timestamp(),
    closed_at timestamptz
);
create unique index alert_open on kernel.alert (name) where closed_at is null;

-- A lane says with its lease how far it has looked and since when it is behind: its cursor moves only when it had work.
alter table kernel.lease add column scanned bigint, add column behind_since timestamptz;

grant select, insert, update, delete on kernel.sample to millrace_app;
grant select, insert, update on kernel.alert to millrace_app;
grant select on kernel.sample, kernel.alert to millrace_report;
grant select on kernel.partition_plan to millrace_relay;
