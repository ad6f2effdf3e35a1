-- From now on these are sealed. What was stored before is made anew: a signing key by the next process, a second factor by its owner.
delete from identity.signing_key;
delete from identity.recovery_code;
delete from identity.second_factor;
grant update on identity.signing_key to millrace_app;

-- When the last link was asked for, so that nobody's mailbox is flooded.
alter table identity.password_reset add column made_at timestamptz not null default now();
