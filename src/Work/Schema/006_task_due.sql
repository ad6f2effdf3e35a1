-- What is to be done, the first due first; what is due on no day comes last.
create index task_due on work.task (tenant_id, (coalesce(due_on, '2200-01-01'::date)), task_id) where done_at is null;
