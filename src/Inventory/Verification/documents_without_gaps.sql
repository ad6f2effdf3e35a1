-- Receipts, issues, transfers and reversals are numbered without gaps: as many documents as numbers taken, none above the next.
with series as (
    select company_id, kind, year, next from company.v_series where kind in ('GR', 'GI', 'ST', 'RV')),
used as (
    select company_id, split_part(document, '-', 1) as kind, split_part(document, '-', 2)::int as year,
        count(distinct document) as documents, max(split_part(document, '-', 3)::bigint) as last
    from inventory.movement group by 1, 2, 3)
select format('series %s-%s of company %s: %s numbers taken, %s documents, the last is %s',
    s.kind, s.year, s.company_id, s.next - 1, coalesce(u.documents, 0), coalesce(u.last, 0))
from series s left join used u using (company_id, kind, year)
where coalesce(u.documents, 0) <> s.next - 1 or coalesce(u.last, 0) <> s.next - 1
limit 20
