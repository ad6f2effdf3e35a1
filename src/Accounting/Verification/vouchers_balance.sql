select format('voucher %s-%s: total %s, but its lines are debit %s and credit %s',
    v.year, v.number, v.total, coalesce(l.debit, 0), coalesce(l.credit, 0))
from accounting.voucher v
left join (select tenant_id, voucher_id, sum(debit) as debit, sum(credit) as credit from accounting.voucher_line group by 1, 2) l
    using (tenant_id, voucher_id)
where v.total is distinct from l.debit or v.total is distinct from l.credit
limit 20
