-- A variant is an item like any other, with what it is a variant of, and in what it differs: colour red, size M.
alter table catalog.item add column variant_of uuid;
alter table catalog.item add column variant_names text[] not null default '{}';
alter table catalog.item add column variant_values text[] not null default '{}';
alter table catalog.item add constraint item_variant_of foreign key (tenant_id, variant_of) references catalog.item;
alter table catalog.item add constraint item_variant check (
    (variant_of is null) = (cardinality(variant_values) = 0) and cardinality(variant_names) = cardinality(variant_values)
    and variant_of is distinct from item_id);
-- Each of them once; the index also finds them.
create unique index item_variant on catalog.item (tenant_id, variant_of, variant_values) where variant_of is not null;
