select format('series V-%s of company %s: the next number is %s, but there are %s vouchers up to %s', s.year, s.company_id, s.next,
    coalesce(v.vouchers, 0), coalesce(v.last, 0))
from company.v_series s
left join (select tenant_id, company_id, year, count(*) as vouchers, max(number) as last from accounting.voucher group by 1, 2, 3) v
    using (tenant_id, company_id, year)
where s.kind = 'V' and (coalesce(v.vouchers, 0) <> s.next - 1 or coalesce(v.last, 0) <> s.next - 1)
limit 20
