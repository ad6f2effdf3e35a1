select format('%I.%I', schemaname, relname), n_live_tup, n_dead_tup from pg_stat_user_tables
order by n_dead_tup desc, 1 limit 10
