-- What only the recipient may read, such as a link to set a password: sealed while the mail waits, gone when it has left.
alter table kernel.mail add column secret bytea check (secret is null or state = 'queued');
