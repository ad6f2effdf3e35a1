-- Whether goods of an item are told apart: not at all, by the lot they came in, or piece by piece.
alter table catalog.item add column tracking text not null default 'none';
alter table catalog.item add constraint item_tracking check (tracking in ('none', 'lot', 'serial'));
