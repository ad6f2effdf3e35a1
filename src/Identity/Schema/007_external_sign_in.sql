-- Somebody is on the way to the external provider and back; the browser holds the state, here is its hash.
create table identity.external_sign_in (
    state_hash bytea primary key,
    nonce text not null,
    verifier text not null,
    target text not null,
    expires_at timestamptz not null
);
grant select, insert, delete on identity.external_sign_in to millrace_app;
