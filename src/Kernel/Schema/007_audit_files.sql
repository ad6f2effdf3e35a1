call kernel.audit('kernel.attachment', 'attachment_id');
call kernel.audit('kernel.mail_account', 'company_id', 'password,imap_password');
