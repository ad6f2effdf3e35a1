-- Files that were ever attached to a document, also those taken away: their history is the document's.
create index attachment_ever on kernel.attachment (tenant_id, document_id, document_type, attachment_id);

-- Who exports the audit reads the chain with it.
grant select on kernel.audit_block to millrace_app;
grant execute on function kernel.audit_digest(kernel.audit) to millrace_app;
create index audit_block_made on kernel.audit_block (tenant_id, made_at);
