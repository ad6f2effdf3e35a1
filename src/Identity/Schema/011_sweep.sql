-- What ran out a month ago goes; until then a code or token that comes again is still recognised.
create policy sweep on identity.authorization_code to millrace_owner
    using (expires_at < now() - interval '30 days') with check (false);
create policy sweep on identity.refresh_token to millrace_owner
    using (expires_at < now() - interval '30 days') with check (false);

create function identity.sweep_tokens() returns int language sql security definer set search_path = pg_catalog as $$
    with codes as (delete from identity.authorization_code where expires_at < now() - interval '30 days' returning 1),
    tokens as (delete from identity.refresh_token where expires_at < now() - interval '30 days' returning 1)
    select (select count(*) from codes)::int + (select count(*) from tokens)::int
$$;

revoke all on function identity.sweep_tokens() from public;
grant execute on function identity.sweep_tokens() to millrace_app;
