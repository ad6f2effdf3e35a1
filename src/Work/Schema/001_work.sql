-- What a module above lets people talk about and decide: it says so itself, in the transaction that makes the document.
create table work.document (
    tenant_id int not null,
    document_type text not null check (document_type <> ''),
    document_id uuid not null,
    company_id uuid not null,
    title text not null check (title <> ''),
    primary key (tenant_id, document_type, document_id),
    foreign key (tenant_id, company_id) references company.company
);
call kernel.protect('work.document');

-- The rules of a type are asked in the order of their rank; the first that fits decides who must approve.
create table work.approval_rule (
    tenant_id int not null,
    rule_id uuid not null,
    company_id uuid,
    name text not null check (name <> ''),
    document_type text not null,
    rank int not null,
    conditions jsonb not null check (jsonb_typeof(conditions) = 'array'),
    steps jsonb not null check (jsonb_typeof(steps) = 'array' and jsonb_array_length(steps) between 1 and 10),
    version int not null default 1,
    retired_at timestamptz,
    primary key (tenant_id, rule_id),
    foreign key (tenant_id, company_id) references company.company
);
create unique index approval_rule_name on work.approval_rule (tenant_id, name) where retired_at is null;
call kernel.protect('work.approval_rule');

-- An approval keeps the steps as they were when it was asked for: a rule changed meanwhile changes nothing here.
create table work.approval (
    tenant_id int not null,
    approval_id uuid not null,
    document_type text not null,
    document_id uuid not null,
    company_id uuid not null,
    rule_id uuid not null,
    rule_version int not null,
    attributes jsonb not null,
    steps jsonb not null,
    step int not null default 1,
    state text not null default 'pending' check (state in ('pending', 'approved', 'rejected', 'withdrawn', 'reopened')),
    requested_by uuid not null,
    -- Everybody who has asked for this document so far; none of them may approve it.
    authors uuid[] not null,
    requested_at timestamptz not null default clock_timestamp(),
    escalates_at timestamptz,
    escalated boolean not null default false,
    closed_at timestamptz,
    primary key (tenant_id, approval_id),
    foreign key (tenant_id, document_type, document_id) references work.document,
    foreign key (tenant_id, rule_id) references work.approval_rule,
    check ((state = 'pending') = (closed_at is null)),
    check (step between 1 and jsonb_array_length(steps))
);
create unique index approval_pending on work.approval (tenant_id, document_type, document_id) where state = 'pending';
create index approval_document on work.approval (tenant_id, document_type, document_id, approval_id);
call kernel.protect('work.approval');

-- Whom the current step of a pending approval waits for.
create table work.approval_asked (
    tenant_id int not null,
    approval_id uuid not null,
    step int not null,
    kind text not null check (kind in ('person', 'role')),
    approver_id uuid not null,
    primary key (tenant_id, approval_id, step, kind, approver_id),
    foreign key (tenant_id, approval_id) references work.approval
);
create index approval_asked_whom on work.approval_asked (tenant_id, kind, approver_id);
call kernel.protect('work.approval_asked');

-- The record: appended, never changed.
create table work.approval_history (
    tenant_id int not null,
    entry_id bigint generated always as identity,
    approval_id uuid not null,
    kind text not null check (kind in ('asked', 'approved', 'rejected', 'retracted', 'withdrawn', 'reopened', 'escalated')),
    step int not null,
    actor uuid not null,
    -- The person in whose place a delegate has decided, otherwise the same as the actor.
    stands_for uuid not null,
    -- Which of the step's approvers this decision can count for; -1 is the one it was escalated to.
    fits int[] not null default '{}',
    comment text not null default '',
    at timestamptz not null default clock_timestamp(),
    primary key (tenant_id, entry_id),
    foreign key (tenant_id, approval_id) references work.approval
);
create index approval_history_of on work.approval_history (tenant_id, approval_id, entry_id);
call kernel.protect('work.approval_history');

create table work.delegation (
    tenant_id int not null,
    delegation_id uuid not null,
    person_id uuid not null,
    delegate_id uuid not null,
    starts date not null,
    ends date not null,
    -- The same days as instants of the company in which it was made.
    begins_at timestamptz not null,
    expires_at timestamptz not null,
    note text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    primary key (tenant_id, delegation_id),
    foreign key (tenant_id, person_id) references identity.member,
    foreign key (tenant_id, delegate_id) references identity.member,
    check (ends >= starts and expires_at > begins_at),
    check (person_id <> delegate_id)
);
create index delegation_to on work.delegation (tenant_id, delegate_id) where ended_at is null;
call kernel.protect('work.delegation');

create table work.comment (
    tenant_id int not null,
    comment_id uuid not null,
    document_type text not null,
    document_id uuid not null,
    author uuid not null,
    text text not null check (text <> ''),
    mentions uuid[] not null default '{}',
    at timestamptz not null default clock_timestamp(),
    primary key (tenant_id, comment_id),
    foreign key (tenant_id, document_type, document_id) references work.document
);
create index comment_document on work.comment (tenant_id, document_type, document_id, comment_id);
call kernel.protect('work.comment');

create table work.follower (
    tenant_id int not null,
    document_type text not null,
    document_id uuid not null,
    person_id uuid not null,
    since timestamptz not null default clock_timestamp(),
    primary key (tenant_id, document_type, document_id, person_id),
    foreign key (tenant_id, document_type, document_id) references work.document,
    foreign key (tenant_id, person_id) references identity.member
);
call kernel.protect('work.follower');

create table work.notification (
    tenant_id int not null,
    notification_id uuid not null,
    person_id uuid not null,
    kind text not null check (kind in ('asked', 'escalated', 'approved', 'rejected', 'mention', 'comment', 'task')),
    subject_type text not null,
    subject_id uuid not null,
    title text not null,
    text text not null default '',
    actor uuid not null,
    at timestamptz not null default clock_timestamp(),
    read_at timestamptz,
    mailed_at timestamptz,
    primary key (tenant_id, notification_id),
    foreign key (tenant_id, person_id) references identity.member
);
create index notification_newest on work.notification (tenant_id, person_id, notification_id);
create index notification_unread on work.notification (tenant_id, person_id) where read_at is null;
create index notification_unmailed on work.notification (tenant_id, at) where read_at is null and mailed_at is null;
call kernel.protect('work.notification');

-- Projects, tags and categories: names to choose from.
create table work.label (
    tenant_id int not null,
    label_id uuid not null,
    kind text not null check (kind in ('project', 'tag', 'category')),
    name text not null check (name <> ''),
    retired_at timestamptz,
    primary key (tenant_id, label_id),
    constraint label_of_kind unique (tenant_id, kind, label_id)
);
create unique index label_name on work.label (tenant_id, kind, name) where retired_at is null;
call kernel.protect('work.label');

create table work.task (
    tenant_id int not null,
    task_id uuid not null,
    title text not null check (title <> ''),
    note text not null default '',
    due_on date,
    assignee_id uuid,
    project_id uuid,
    project_kind text not null default 'project' check (project_kind = 'project'),
    category_id uuid,
    category_kind text not null default 'category' check (category_kind = 'category'),
    customer text not null default '',
    document_type text,
    document_id uuid,
    created_by uuid not null,
    created_at timestamptz not null default clock_timestamp(),
    done_at timestamptz,
    version int not null default 1,
    primary key (tenant_id, task_id),
    foreign key (tenant_id, assignee_id) references identity.member,
    foreign key (tenant_id, project_kind, project_id) references work.label (tenant_id, kind, label_id),
    foreign key (tenant_id, category_kind, category_id) references work.label (tenant_id, kind, label_id),
    foreign key (tenant_id, document_type, document_id) references work.document,
    check ((document_type is null) = (document_id is null))
);
create index task_assignee on work.task (tenant_id, assignee_id) where done_at is null;
call kernel.protect('work.task');

create table work.task_tag (
    tenant_id int not null,
    task_id uuid not null,
    tag_id uuid not null,
    tag_kind text not null default 'tag' check (tag_kind = 'tag'),
    primary key (tenant_id, task_id, tag_id),
    foreign key (tenant_id, task_id) references work.task,
    foreign key (tenant_id, tag_kind, tag_id) references work.label (tenant_id, kind, label_id)
);
call kernel.protect('work.task_tag');

-- How the last approval of a document stands, for the modules above.
create view work.v_approval_state with (security_invoker = true) as
    select distinct on (tenant_id, document_type, document_id) tenant_id, document_type, document_id, approval_id, state
    from work.approval order by tenant_id, document_type, document_id, approval_id desc;

grant usage on schema work to millrace_app, millrace_report;
grant select, insert, update on work.document, work.approval_rule, work.approval, work.delegation, work.notification, work.label, work.task
    to millrace_app;
grant select on work.v_approval_state to millrace_app;
grant select, insert on work.approval_asked, work.approval_history, work.comment to millrace_app;
grant select, insert, delete on work.follower, work.task_tag to millrace_app;
grant select on all tables in schema work to millrace_report;
