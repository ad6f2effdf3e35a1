using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Accounting;

/// <summary>Vouchers, newest number first; one voucher with its lines.</summary>
public static class ListVouchers
{
    public sealed record Source(string Type, string Document);

    public sealed record Voucher(
        Guid Id,
        Guid CompanyId,
        string Number,
        DateOnly Date,
        Source Source,
        decimal Total,
        string Currency,
        DateTime PostedAt
    );

    public sealed record Line(int No, string Account, string NameTr, string NameEn, decimal Debit, decimal Credit);

    public sealed record Detail(
        Guid Id,
        Guid CompanyId,
        string Number,
        DateOnly Date,
        Source Source,
        decimal Total,
        string Currency,
        DateTime PostedAt,
        IReadOnlyList<Line> Lines
    );

    private sealed record Row(
        Guid Id,
        Guid CompanyId,
        int Year,
        long Number,
        DateOnly Date,
        string SourceType,
        string Document,
        decimal Total,
        string Currency,
        DateTime PostedAt
    )
    {
        internal Voucher Shown =>
            new(
                Id,
                CompanyId,
                Series.Show(PostVouchers.Series, Year, Number),
                Date,
                new Source(SourceType, Document),
                Total,
                Currency,
                PostedAt
            );
    }

    private sealed record Key(int Year, long Number);

    private sealed record Named(Guid CompanyId, int Year, long Number);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/vouchers", List).Needs(AccountingPermissions.Read).Reads().WithSummary("Vouchers, newest first");
        api.MapGet("/vouchers/{id:guid}", Show)
            .Needs(AccountingPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("One voucher with its lines");
    }

    private static async Task<Page<Voucher>> List(
        Db db,
        PageOf page,
        Guid companyId,
        [Text(40, MayBeEmpty = true)] string? document
    )
    {
        var before = page.Start<Key>() ?? new Key(int.MaxValue, long.MaxValue);
        var rows = await db.Query<Row>(
            $"""
            select voucher_id as id, company_id, year, number, date, source_type, document, total, currency, posted_at
            from accounting.voucher
            where company_id = {companyId} and (year, number) < ({before.Year}, {before.Number})
                and ({document ?? ""} = '' or document = {document ?? ""})
            order by year desc, number desc limit {page.Limit + 1}
            """
        );
        var cut = page.Cut(rows, row => new Key(row.Year, row.Number));
        return new Page<Voucher>([.. cut.Items.Select(row => row.Shown)], cut.Next);
    }

    internal static async Task<DocumentCard?> Card(Db db, Guid id) =>
        await db.Find<Named>($"select company_id, year, number from accounting.voucher where voucher_id = {id}") is { } voucher
            ? new DocumentCard(voucher.CompanyId, Series.Show(PostVouchers.Series, voucher.Year, voucher.Number))
            : null;

    internal static async Task<Detail> Show(Db db, Guid id)
    {
        var row =
            await db.Find<Row>(
                $"""
                select voucher_id as id, company_id, year, number, date, source_type, document, total, currency, posted_at
                from accounting.voucher where voucher_id = {id}
                """
            ) ?? throw Refused.Missing("voucher", id);
        var lines = await db.Query<Line>(
            $"""
            select l.line_no as no, l.account, a.name_tr, a.name_en, l.debit, l.credit
            from accounting.voucher_line l
            join accounting.account a on a.tenant_id = l.tenant_id and a.company_id = l.company_id and a.account = l.account
            where l.voucher_id = {id} order by l.line_no limit 1000
            """
        );
        var shown = row.Shown;
        return new Detail(
            shown.Id,
            shown.CompanyId,
            shown.Number,
            shown.Date,
            shown.Source,
            shown.Total,
            shown.Currency,
            shown.PostedAt,
            lines
        );
    }
}
