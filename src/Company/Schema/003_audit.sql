-- Series count what documents they gave; the documents themselves are kept.
call kernel.audit('company.tenant', 'tenant_id');
call kernel.audit('company.company', 'company_id');
call kernel.audit('company.period', 'company_id,starts');
call kernel.audit('company.letterhead', 'company_id');
call kernel.audit('company.site', 'site_id');
