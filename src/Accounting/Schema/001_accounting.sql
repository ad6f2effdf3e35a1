create table accounting.account (
    tenant_id int not null,
    company_id uuid not null,
    account text not null check (account <> ''),
    parent text,
    name_tr text not null,
    name_en text not null,
    type text not null check (type in ('asset', 'liability', 'equity', 'income', 'expense', 'cost', 'memo')),
    contra boolean not null,
    -- Inventory accounts carry the stock value; bin/verify compares their sum with the movements.
    inventory boolean not null default false,
    primary key (tenant_id, company_id, account),
    foreign key (tenant_id, company_id) references company.company,
    foreign key (tenant_id, company_id, parent) references accounting.account
);
call kernel.protect('accounting.account');

-- Which accounts an event is posted to. An empty item kind or reason fits every one; the closest rule wins.
create table accounting.posting_rule (
    tenant_id int not null,
    company_id uuid not null,
    rule_id uuid not null,
    event_type text not null,
    item_kind text not null default '',
    reason text not null default '',
    debit_account text not null,
    credit_account text not null,
    version int not null default 1,
    primary key (tenant_id, company_id, rule_id),
    constraint posting_rule_once unique (tenant_id, company_id, event_type, item_kind, reason),
    foreign key (tenant_id, company_id, debit_account) references accounting.account,
    foreign key (tenant_id, company_id, credit_account) references accounting.account,
    check (debit_account <> credit_account)
);
call kernel.protect('accounting.posting_rule');

create table accounting.voucher (
    tenant_id int not null,
    voucher_id uuid not null,
    company_id uuid not null,
    year int not null,
    number bigint not null check (number > 0),
    date date not null,
    currency text not null,
    total numeric(19,4) not null check (total > 0),
    source_type text not null,
    document text not null,
    event_day date not null,
    event_id bigint not null,
    event_pos bigint not null,
    rule text not null,
    posted_at timestamptz not null default clock_timestamp(),
    xid xid8 not null default pg_current_xact_id(),
    primary key (tenant_id, voucher_id),
    constraint voucher_number unique (tenant_id, company_id, year, number),
    constraint voucher_once_per_event_and_rule unique (tenant_id, event_id, event_day, rule),
    foreign key (tenant_id, company_id) references company.company,
    check (extract(year from date) = year)
);
create index voucher_document on accounting.voucher (tenant_id, company_id, document);
call kernel.protect('accounting.voucher');

create table accounting.voucher_line (
    tenant_id int not null,
    line_id bigint generated always as identity,
    recorded_on date not null default (now() at time zone 'utc')::date,
    voucher_id uuid not null,
    company_id uuid not null,
    date date not null,
    line_no int not null,
    account text not null,
    debit numeric(19,4) not null check (debit >= 0),
    credit numeric(19,4) not null check (credit >= 0),
    primary key (tenant_id, recorded_on, line_id),
    foreign key (tenant_id, voucher_id) references accounting.voucher,
    foreign key (tenant_id, company_id, account) references accounting.account,
    check ((debit = 0) <> (credit = 0))
) partition by range (recorded_on);
create index voucher_line_voucher on accounting.voucher_line (tenant_id, voucher_id);
create index voucher_line_account on accounting.voucher_line (tenant_id, company_id, account, date) include (debit, credit);
call kernel.protect('accounting.voucher_line');
insert into kernel.partition_plan values ('accounting.voucher_line', 'month', 3);
select kernel.make_partitions_ahead();

-- All lines of a voucher come in one statement of the transaction that made the voucher, and they balance to its total.
-- With no right to update or delete, this makes a voucher immutable from its first moment.
create function accounting.check_lines() returns trigger language plpgsql as $$
declare
    wrong record;
begin
    select l.voucher_id, sum(l.debit) as debit, sum(l.credit) as credit, v.total, v.xid is distinct from pg_current_xact_id() as late,
        count(*) as added, (select count(*) from accounting.voucher_line o where o.tenant_id = l.tenant_id and o.voucher_id = l.voucher_id) as lines
    into wrong
    from added l left join accounting.voucher v on v.tenant_id = l.tenant_id and v.voucher_id = l.voucher_id
    group by l.tenant_id, l.voucher_id, v.total, v.xid
    having sum(l.debit) <> sum(l.credit) or sum(l.debit) is distinct from v.total or v.xid is distinct from pg_current_xact_id()
        or count(*) <> (select count(*) from accounting.voucher_line o where o.tenant_id = l.tenant_id and o.voucher_id = l.voucher_id)
    limit 1;
    if found then
        raise exception using errcode = '23514', constraint = 'voucher_balanced_and_closed',
            message = format('voucher %s: debit %s, credit %s, total %s, added %s of %s lines, late %s',
                wrong.voucher_id, wrong.debit, wrong.credit, wrong.total, wrong.added, wrong.lines, wrong.late);
    end if;
    return null;
end $$;

create trigger check_lines after insert on accounting.voucher_line
    referencing new table as added for each statement execute function accounting.check_lines();

revoke all on all functions in schema accounting from public;
grant usage on schema accounting to millrace_app, millrace_report;
grant select, insert on accounting.account, accounting.voucher, accounting.voucher_line to millrace_app;
grant select, insert, update on accounting.posting_rule to millrace_app;
grant select on all tables in schema accounting to millrace_report;
