-- Goods that left one warehouse and have not reached the other yet are counted there, and not free.
alter table inventory.balance_detail drop constraint balance_detail_status;
alter table inventory.balance_detail add constraint balance_detail_status
    check (status in ('available', 'quality', 'blocked', 'transit'));
