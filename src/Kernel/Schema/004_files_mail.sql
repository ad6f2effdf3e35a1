-- Files of documents. The content stands in rows of 256 kB, so that neither writing nor reading holds a file in memory.
create table kernel.attachment (
    tenant_id int not null,
    attachment_id uuid not null,
    document_type text not null check (document_type <> ''),
    document_id text not null check (document_id <> ''),
    name text not null check (name <> '' and length(name) <= 200),
    media_type text not null,
    size bigint not null check (size > 0),
    hash bytea not null check (length(hash) = 32),
    created_at timestamptz not null default now(),
    created_by uuid not null,
    retired_at timestamptz,
    retired_by uuid,
    primary key (tenant_id, attachment_id),
    check ((retired_at is null) = (retired_by is null))
);
create index attachment_document on kernel.attachment (tenant_id, document_type, document_id, attachment_id) where retired_at is null;
call kernel.protect('kernel.attachment');

create table kernel.attachment_part (
    tenant_id int not null,
    attachment_id uuid not null,
    part_no int not null check (part_no >= 0),
    content bytea not null check (length(content) between 1 and 262144),
    primary key (tenant_id, attachment_id, part_no),
    foreign key (tenant_id, attachment_id) references kernel.attachment
);
-- What is attached is mostly compressed already.
alter table kernel.attachment_part alter column content set storage external;
call kernel.protect('kernel.attachment_part');

-- The mail server of a company, and the mailbox or folder to which returned mails come.
create table kernel.mail_account (
    tenant_id int not null,
    company_id uuid not null,
    host text not null,
    port int not null check (port between 1 and 65535),
    security text not null check (security in ('none', 'starttls')),
    username text not null default '',
    password bytea,
    from_address text not null,
    from_name text not null default '',
    imap_host text not null default '',
    imap_port int not null default 993 check (imap_port between 1 and 65535),
    imap_security text not null default 'tls' check (imap_security in ('none', 'tls')),
    imap_username text not null default '',
    imap_password bytea,
    version int not null default 1,
    primary key (tenant_id, company_id),
    check ((username = '') = (password is null)),
    check ((imap_host = '') = (imap_password is null))
);
call kernel.protect('kernel.mail_account');

-- Tenant 0 is the installation itself.
create table kernel.mail (
    tenant_id int not null,
    mail_id uuid not null,
    company_id uuid,
    recipient text not null check (recipient <> ''),
    template text not null,
    language text not null check (language in ('en', 'tr')),
    "values" jsonb not null,
    subject text,
    document_type text,
    document_id text,
    state text not null default 'queued' check (state in ('queued', 'sent', 'refused', 'returned', 'failed')),
    attempts int not null default 0,
    message_id text,
    error text,
    queued_at timestamptz not null default now(),
    queued_by uuid not null,
    sent_at timestamptz,
    ended_at timestamptz,
    primary key (tenant_id, mail_id),
    check ((document_type is null) = (document_id is null)),
    check ((state in ('sent', 'returned')) = (sent_at is not null))
);
create unique index mail_message on kernel.mail (tenant_id, message_id);
create index mail_document on kernel.mail (tenant_id, document_type, document_id, mail_id);
call kernel.protect('kernel.mail');

-- What goes along with a mail: a printed document as it was when it was asked for.
create table kernel.mail_part (
    tenant_id int not null,
    mail_id uuid not null,
    part_no int not null,
    name text not null,
    media_type text not null,
    content bytea not null check (length(content) between 1 and 10485760),
    primary key (tenant_id, mail_id, part_no),
    foreign key (tenant_id, mail_id) references kernel.mail
);
call kernel.protect('kernel.mail_part');

grant select, insert, update on kernel.attachment, kernel.mail_account, kernel.mail to millrace_app;
grant select, insert on kernel.attachment_part, kernel.mail_part to millrace_app;
grant select on kernel.attachment, kernel.mail to millrace_report;
