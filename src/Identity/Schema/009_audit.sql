call kernel.audit('identity.member', 'person_id', '', 'name,email', 'person_id');
call kernel.audit('identity.role', 'role_id');
call kernel.audit('identity.role_permission', 'role_id,permission');
call kernel.audit('identity.member_role', 'person_id,role_id');
call kernel.audit('identity.client', 'client_id', 'secret_hash');
call kernel.audit('identity.client_permission', 'client_id,permission');
call kernel.audit('identity.invitation', 'invitation_id', 'token_hash', 'email,name', 'invitation_id');
call kernel.audit('identity.device', 'device_id', 'code_hash,code_expires_at,secret_hash,seen_at');
