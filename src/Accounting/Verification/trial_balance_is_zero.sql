select format('company %s: debit %s, credit %s', company_id, sum(debit), sum(credit))
from accounting.voucher_line
group by company_id
having sum(debit) <> sum(credit)
limit 20
