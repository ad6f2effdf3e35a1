using Millrace.Kernel;

namespace Millrace.Accounting;

/// <summary>Writes vouchers with their lines in one statement: the database takes neither without the other.</summary>
internal static class VoucherWriter
{
    internal static async Task Write(Db db, IReadOnlyList<PostVouchers.Voucher> vouchers)
    {
        var lines = vouchers.SelectMany(voucher => voucher.Lines.Select((line, at) => (voucher, line, No: at + 1))).ToList();
        await db.Execute(
            $"""
            with vouchers as (
                insert into accounting.voucher (tenant_id, voucher_id, company_id, year, number, date, currency, total,
                    source_type, document, event_day, event_id, event_pos, rule)
            select {db.Scope.Tenant}, voucher_id, company_id, extract(year from date)::int, number, date, currency, total,
                source_type, document, event_day, event_id, event_pos, 'stock'
            from unnest({vouchers.Select(one => one.Id).ToArray()}, {vouchers.Select(one => one.CompanyId).ToArray()},
                {vouchers.Select(one => one.Number).ToArray()}, {vouchers.Select(one => one.Date).ToArray()},
                {vouchers.Select(one => one.Currency).ToArray()}, {vouchers.Select(one => one.Total).ToArray()},
                {vouchers.Select(one => one.Event.Type).ToArray()}, {vouchers.Select(one => one.Document).ToArray()},
                {vouchers.Select(one => one.Event.Day).ToArray()}, {vouchers.Select(one => one.Event.Id).ToArray()},
                {vouchers.Select(one => one.Event.Position).ToArray()})
                as p (voucher_id, company_id, number, date, currency, total, source_type, document,
                    event_day, event_id, event_pos))
            insert into accounting.voucher_line (tenant_id, voucher_id, company_id, date, line_no, account, debit, credit)
            select {db.Scope.Tenant}, p.voucher_id, p.company_id, p.date, p.line_no, p.account, p.debit, p.credit
            from unnest({lines.Select(one => one.voucher.Id).ToArray()}, {lines.Select(one => one.voucher.CompanyId).ToArray()},
                {lines.Select(one => one.voucher.Date).ToArray()}, {lines.Select(one => one.No).ToArray()},
                {lines.Select(one => one.line.Account).ToArray()}, {lines.Select(one => one.line.Debit).ToArray()},
                {lines.Select(one => one.line.Credit).ToArray()})
                with ordinality as p (voucher_id, company_id, date, line_no, account, debit, credit, n)
            order by p.n
            """
        );
    }
}
