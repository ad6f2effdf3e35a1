-- A row of a file may fill fields of one's own, also where it changes nothing else.
alter table kernel.import_effect
    drop constraint import_effect_change_check,
    add constraint import_effect_change_check check (change in ('created', 'updated', 'filled')),
    add fields_before jsonb,
    add fields_version int,
    add check (change <> 'filled' or fields_version is not null),
    add check (fields_before is null or fields_version is not null);

grant delete on kernel.field_value to millrace_app;
