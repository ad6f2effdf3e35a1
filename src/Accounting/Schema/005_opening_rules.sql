-- Companies whose books are open already get the rules for opening stock that new ones begin with.
do $$
declare
    tenant int;
begin
    for tenant in select tenant_id from company.tenant order by tenant_id loop
        perform set_config('app.tenant_id', tenant::text, true);
        insert into accounting.posting_rule (tenant_id, company_id, rule_id, event_type, item_kind, reason, debit_account, credit_account)
        select a.tenant_id, a.company_id, gen_random_uuid(), r.event_type, k.kind, 'opening',
            coalesce(r.debit, a.account), coalesce(r.credit, a.account)
        from (values ('raw', '150'), ('semi', '151'), ('finished', '152'), ('goods', '153'), ('other', '157')) k (kind, account)
        join accounting.account a on a.account = k.account and a.inventory
        cross join (values ('StockGained', null, '500'), ('StockLost', '500', null)) r (event_type, debit, credit)
        where exists (select from accounting.account o where o.tenant_id = a.tenant_id and o.company_id = a.company_id
            and o.account = '500')
        on conflict do nothing;
    end loop;
    perform set_config('app.tenant_id', '', true);
end $$;
