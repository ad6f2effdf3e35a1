-- PostgreSQL about itself, for the login: every session of the program is the login's, whatever role it has taken.
select
    (select count(*)::int from pg_stat_activity where backend_type = 'client backend'),
    current_setting('max_connections')::int,
    coalesce((select max(extract(epoch from clock_timestamp() - xact_start)) from pg_stat_activity
        where backend_type = 'client backend' and datname = current_database() and pid <> pg_backend_pid()), 0),
    coalesce((select max(extract(epoch from clock_timestamp() - state_change)) from pg_stat_activity
        where state like 'idle in transaction%' and datname = current_database()), 0),
    (select count(*)::int from pg_stat_activity where backend_type = 'client backend' and state = 'active'
        and datname = current_database() and pid <> pg_backend_pid() and query_start < clock_timestamp() - interval '1 second'),
    pg_database_size(current_database()),
    case when pg_is_in_recovery() then 0 else pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint end,
    (select count(*)::int from pg_stat_replication),
    coalesce((select max(extract(epoch from replay_lag)) from pg_stat_replication), 0),
    (select setting from pg_settings where name = 'data_directory'),
    exists (select from pg_extension where extname = 'pg_stat_statements')
