call kernel.audit('work.approval_rule', 'rule_id');
call kernel.audit('work.approval', 'approval_id');
call kernel.audit('work.delegation', 'delegation_id');
call kernel.audit('work.label', 'label_id');
call kernel.audit('work.task', 'task_id');
call kernel.audit('work.task_tag', 'task_id,tag_id');
