with used as (
    select company_id, split_part(number, '-', 2)::int as year, count(*) as documents,
        max(split_part(number, '-', 3)::bigint) as last
    from inventory.adjustment group by 1, 2)
select format('series SA-%s of company %s: %s numbers taken, %s adjustments, the last is %s',
    s.year, s.company_id, s.next - 1, coalesce(u.documents, 0), coalesce(u.last, 0))
from company.v_series s left join used u using (company_id, year)
where s.kind = 'SA' and (coalesce(u.documents, 0) <> s.next - 1 or coalesce(u.last, 0) <> s.next - 1)
limit 20
