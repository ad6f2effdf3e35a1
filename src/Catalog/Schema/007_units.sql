-- In what else an item is counted: one of the unit is numerator/denominator of the item's own. Both are whole, so nothing is rounded.
create table catalog.item_unit (
    tenant_id int not null,
    item_id uuid not null,
    unit text not null check (unit <> ''),
    numerator int not null check (numerator between 1 and 1000000000),
    denominator int not null check (denominator between 1 and 1000000000),
    primary key (tenant_id, item_id, unit),
    foreign key (tenant_id, item_id) references catalog.item
);
call kernel.protect('catalog.item_unit');
grant select, insert, update, delete on catalog.item_unit to millrace_app;
grant select on catalog.item_unit to millrace_report;
call kernel.audit('catalog.item_unit', 'item_id,unit');
