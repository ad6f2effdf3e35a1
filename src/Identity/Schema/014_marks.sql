-- How one signs in stands outside the wall of the tenant. That it was changed shows in the member's history by these columns; in
-- which language the program writes to somebody is for themselves to say.
alter table identity.member
    add column password_changed_at timestamptz,
    add column factor_set_at timestamptz,
    add column language text check (language in ('en', 'tr'));
