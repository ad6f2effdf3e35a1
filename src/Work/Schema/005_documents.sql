-- Items and partners are talked about too; they belong to no company.
alter table work.document alter column company_id drop not null;
