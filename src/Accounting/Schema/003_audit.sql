call kernel.audit('accounting.account', 'company_id,account');
call kernel.audit('accounting.posting_rule', 'rule_id');
