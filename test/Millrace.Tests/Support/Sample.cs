using Millrace.Accounting;
using Millrace.Catalog;
using Millrace.Company;
using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Tests;

/// <summary>A tenant with something of everything, and the ids under which a request may name it.</summary>
public sealed record Sample(Factory Factory, IReadOnlyDictionary<string, string> Ids)
{
    /// <summary>
    /// Makes it with a mark in every text that a caller can write; the vouchers come when the program has worked.
    /// </summary>
    public static async Task<Sample> Make(TestDatabase database, string mark)
    {
        var factory = await Factory.Make(database.Dbs, mark, items: 2);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["company"] = factory.Company.ToString(),
            ["tenant"] = FormattableString.Invariant($"{factory.Tenant}"),
            ["parked"] = FormattableString.Invariant($"{700_000 + factory.Tenant}"),
        };
        await using (var db = factory.Open())
        {
            var item = await CreateItem.Run(
                db,
                new CreateItem.Request($"{mark}-I", $"{mark} item", ItemKind.Goods, Short(mark, 12))
            );
            await ChangeCost.Run(db, item.Id, factory.Company, 7m);
            var warehouse = await Warehouses.Create(
                db,
                new Warehouses.Request(factory.Company, Short(mark, 20), $"{mark} warehouse")
            );
            await db.Execute(
                $"insert into inventory.bin (tenant_id, warehouse_id, bin) values ({factory.Tenant}, {warehouse.Id}, {mark})"
            );
            await db.Execute(
                $"""
                insert into inventory.sscc_prefix (tenant_id, company_id, prefix)
                values ({factory.Tenant}, {factory.Company}, '8690123')
                """
            );
            ids["unit"] = Sscc.Of("8690999", factory.Tenant)!;
            await MakeHandlingUnit.Run(db, new(warehouse.Id, Warehouses.MainBin, ids["unit"]));
            ReceiveStock.Request receipt = new(
                warehouse.Id,
                Factory.Today,
                [
                    new(item.Id, 100, mark, $"{mark} lot"),
                    new(item.Id, 800),
                    new(item.Id, 100, Lot: "L"),
                    new(item.Id, 10, ids["unit"]),
                ],
                $"{mark} reference"
            );
            ids["receipt"] = (await ReceiveStock.Run(db, [receipt]))[0].Result.Number;
            TransferStock.Request transfer = new(
                warehouse.Id,
                warehouse.Id,
                Factory.Today,
                [new(item.Id, 1, ToStatus: StockStatus.Blocked)]
            );
            ids["document"] = (await TransferStock.Run(db, [transfer]))[0].Result.Number;
            ReserveStock.Request reserve = new(factory.Company, $"{mark} demand", [new(item.Id, warehouse.Id, 5)]);
            ids["reservation"] = (await ReserveStock.Run(db, [reserve]))[0].Result.Id.ToString();
            ExpectSupply.Request expect = new(factory.Company, item.Id, warehouse.Id, $"{mark} order", Factory.Today, 500);
            ids["supply"] = (await ExpectSupply.Run(db, expect)).Id.ToString();
            await ReserveStock.Run(db, [reserve with { Demand = $"{mark} later", NeededOn = Factory.Today }]);
            ids["item"] = item.Id.ToString();
            ids["warehouse"] = warehouse.Id.ToString();
            ids["rule"] = await db.One<string>(
                $"""
                select rule_id::text from accounting.posting_rule
                where company_id = {factory.Company} and event_type = 'StockReceived' and item_kind = 'raw'
                """
            );
            await db.Execute(
                $"""
                insert into kernel.parked (tenant_id, parked_id, consumer, pos, event_day, event_id,
                    type, aggregate, error, attempts)
                overriding system value
                values ({factory.Tenant}, {700_000
                    + factory.Tenant}, {mark}, 1, {Factory.Today}, 1, {mark}, {mark}, {$"{mark} error"}, 1)
                """
            );
            (ids["job"], ids["schedule"]) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
            await db.Execute(
                $"""
                insert into kernel.job (tenant_id, job_id, type, arguments, most_attempts, error, actor, request)
                values ({factory.Tenant}, {Guid.Parse(ids["job"])}, {mark}, jsonb_build_object('mark', {mark}), 1,
                    {$"{mark} error"}, {DbScope.System}, {mark})
                """
            );
            await db.Execute(
                $"""
                insert into kernel.schedule (tenant_id, schedule_id, name, type, arguments, cron, time_zone, next_at)
                values ({factory.Tenant}, {Guid.Parse(ids["schedule"])}, {mark}, {mark}, jsonb_build_object('mark', {mark}),
                    '0 7 * * *', 'UTC', 'infinity')
                """
            );
            foreach (var (name, id) in await IdentitySample.Add(db, factory.Company, mark))
                ids[name] = id;
            await Attach(db, ids, mark);
            await AddPartner(db, ids, mark);
            await AddImports(db, ids, mark);
            await db.Commit();
        }
        await SampleOfWork.Add(factory, mark, ids);
        return new Sample(factory, ids);
    }

    private static async Task AddPartner(Db db, Dictionary<string, string> ids, string mark)
    {
        (ids["address"], ids["contact"]) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
        Partner.Fields fields = new(
            $"{mark} partner",
            Customer: true,
            Supplier: false,
            "TR",
            TaxNumber: $"{mark} tax",
            TaxOffice: $"{mark} office",
            Email: $"{mark}@partner.example",
            Phone: mark,
            Website: mark,
            Note: $"{mark} note",
            Addresses: [new("billing", $"{mark} street", mark, "TR", mark, mark, Short(mark, 20), Guid.Parse(ids["address"]))],
            Contacts: [new($"{mark} contact", mark, mark, mark, Guid.Parse(ids["contact"]))]
        );
        var partner = await SavePartner.Create(db, new SavePartner.Request($"{mark}-P", fields));
        ids["partner"] = partner.Id.ToString();
        await ChangeStanding.Run(db, partner.Id, Guid.Parse(ids["company"]), new("open", "stop", 10m, $"{mark} reason"));
        ids["view"] = Guid.CreateVersion7().ToString();
        await db.Execute(
            $"""
            insert into kernel.list_view (tenant_id, view_id, list, name, query, owner, shared)
            values ({db.Scope.Tenant}, {Guid.Parse(ids["view"])}, 'items', {mark}, {mark}, {DbScope.System}, true)
            """
        );
    }

    private static async Task AddImports(Db db, Dictionary<string, string> ids, string mark)
    {
        foreach (
            var (name, state, done) in ((string, string, int)[])
                [("import", "new", 0), ("checkedimport", "checked", 0), ("doneimport", "done", 1)]
        )
        {
            var id = Guid.CreateVersion7();
            ids[name] = id.ToString();
            await db.Execute(
                $"""
                insert into kernel.import (tenant_id, import_id, kind, name, state, form, head, mapping, row_count, rows_done,
                    error, created_by)
                values ({db.Scope.Tenant}, {id}, 'items', {$"{mark}.csv"}, {state}, jsonb_build_object('format', 'csv',
                    'separator',
                    ';', 'encoding', 'utf-8', 'decimalComma', true, 'dates', 'dmy'), jsonb_build_array(jsonb_build_array({mark})),
                    jsonb_build_object('code', 0), 1, {done}, {mark}, {DbScope.System})
                """
            );
            await db.Execute(
                $"""
                insert into kernel.import_part (tenant_id, import_id, part_no, content)
                values ({db.Scope.Tenant}, {id}, 0, {System.Text.Encoding.UTF8.GetBytes($"code\n{mark}\n")})
                """
            );
            await db.Execute(
                $"""
                insert into kernel.import_fault (tenant_id, import_id, row_no, fault_no, field, value, code, message)
                values ({db.Scope.Tenant}, {id}, 2, 1, 'code', {mark}, 'rule', {mark})
                """
            );
        }
        await db.Execute(
            $"""
            insert into kernel.import_effect (tenant_id, import_id, row_no, change, target, version, before)
            values ({db.Scope.Tenant}, {Guid.Parse(ids["doneimport"])}, 2, 'updated', {Guid.Parse(ids["item"])}, 1,
                jsonb_build_object('name', {mark}))
            """
        );
        await db.Execute(
            $"""
            insert into kernel.import_memory (tenant_id, kind, headings, form, mapping)
            values ({db.Scope.Tenant}, 'items', '\x00', jsonb_build_object('mark', {mark}), jsonb_build_object())
            """
        );
    }

    private static async Task Attach(Db db, Dictionary<string, string> ids, string mark)
    {
        var (file, content) = (Guid.CreateVersion7(), System.Text.Encoding.UTF8.GetBytes($"{mark} content"));
        await db.Execute(
            $"""
            insert into kernel.attachment
                (tenant_id, attachment_id, document_type, document_id, name, media_type, size, hash, created_by)
            values ({db.Scope.Tenant}, {file}, 'company', {ids["company"]}, {$"{mark}.txt"}, 'text/plain', {(long)content.Length},
                {System.Security.Cryptography.SHA256.HashData(content)}, {DbScope.System})
            """
        );
        await db.Execute(
            $"""
            insert into kernel.attachment_part (tenant_id, attachment_id, part_no, content)
            values ({db.Scope.Tenant}, {file}, 0, {content})
            """
        );
        ids["attachment"] = file.ToString();
        await db.Execute(
            $"""
            insert into kernel.mail (tenant_id, mail_id, recipient, template, language, "values", subject, queued_by)
            values ({db.Scope.Tenant}, {Guid.CreateVersion7()}, 'a@b.example', {mark}, 'en',
                jsonb_build_object('mark', {mark}), {$"{mark} subject"}, {DbScope.System})
            """
        );
        await db.Execute(
            $"""
            insert into kernel.mail_part (tenant_id, mail_id, part_no, name, media_type, content)
            select tenant_id, mail_id, 0, {mark}, 'text/plain', {content} from kernel.mail
            """
        );
        await db.Execute(
            $"""
            insert into kernel.mail_account (tenant_id, company_id, host, port, security, from_address)
            values ({db.Scope.Tenant}, {Guid.CreateVersion7()}, {mark}, 25, 'none', {mark})
            """
        );
        await db.Execute(
            $"""
            insert into company.letterhead
                (tenant_id, company_id, address, tax_office, tax_id, phone, email, website, version)
            select tenant_id, company_id, array[{mark}], '', '', '', '', '', 1 from company.company limit 1
            """
        );
    }

    /// <summary>What stands for the hole of a request.</summary>
    public string Value(string name) =>
        name switch
        {
            "today" => FormattableString.Invariant($"{Factory.Today:yyyy-MM-dd}"),
            "year" => FormattableString.Invariant($"{Factory.Today.Year}"),
            "fresh" => Guid.CreateVersion7().ToString(),
            _ => Ids[name],
        };

    /// <summary>The same with the id of its voucher, which exists once the program has worked.</summary>
    public async Task<Sample> WithVoucher(TestDatabase database) =>
        this with
        {
            Ids = new Dictionary<string, string>(Ids, StringComparer.Ordinal)
            {
                ["voucher"] = await database.Superuser<string>(
                    $"select voucher_id::text from accounting.voucher where tenant_id = {Factory.Tenant}"
                ),
            },
        };

    private static string Short(string mark, int longest) => mark.Length <= longest ? mark : mark[..longest];
}
