-- What stands on paper: address, tax id and logo of a company.
create table company.letterhead (
    tenant_id int not null,
    company_id uuid not null,
    address text[] not null,
    tax_office text not null,
    tax_id text not null,
    phone text not null,
    email text not null,
    website text not null,
    -- A file of the company (kernel.attachment).
    logo_id uuid,
    version int not null,
    primary key (tenant_id, company_id),
    foreign key (tenant_id, company_id) references company.company
);
call kernel.protect('company.letterhead');
grant select, insert, update on company.letterhead to millrace_app;
grant select on company.letterhead to millrace_report;
