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
    );

    /// <summary>A voucher as the list of them shows it.</summary>
    public sealed record Entry(
        Guid Id,
        string Number,
        DateOnly Date,
        string SourceType,
        string Document,
        decimal Total,
        string Currency,
        DateTime PostedAt
    );

    // As Series.Show writes it.
    private static readonly Sql Number =
        $"({PostVouchers.Series} || '-' || year || '-' || lpad(number::text, greatest(6, length(number::text)), '0'))";

    private static readonly ListColumn Year = new("year", new Words("Year", "Yıl"), ColumnKind.Number, $"year")
    {
        Whole = true,
        Hidden = true,
        Groups = true,
    };

    internal static readonly ListOf<Entry> List = new(
        "vouchers",
        $"accounting.voucher",
        $"voucher_id as id, {Number} as number, date, source_type, document, total, currency, posted_at",
        new ListColumn("id", new Words("Id", "Kimlik"), ColumnKind.Id, $"voucher_id") { Order = $"voucher_id" },
        [
            new("number", new("Voucher", "Fiş"), ColumnKind.Text, Number)
            {
                SortsBy =
                [
                    Year with
                    {
                        Order = $"year",
                    },
                    new("no", new("Number in the year", "Yıl içindeki numara"), ColumnKind.Number, $"number")
                    {
                        Order = $"voucher.number", // number alone is what the row shows
                        Whole = true,
                        Unique = true,
                    },
                ],
            },
            new("date", new("Date", "Tarih"), ColumnKind.Date, $"date") { Groups = true },
            new("source", new("Source", "Kaynak"), ColumnKind.Choice, $"source_type")
            {
                Groups = true,
                Choices =
                [
                    new("StockReceived", new("Goods receipt", "Mal kabul")),
                    new("StockIssued", new("Goods issue", "Stok çıkışı")),
                    new("StockAdjusted", new("Stock adjustment", "Stok düzeltme")),
                    new("StockReversed", new("Reversal", "İptal")),
                ],
            },
            new("document", new("Document", "Belge"), ColumnKind.Text, $"document"),
            new("total", new("Total", "Toplam"), ColumnKind.Number, $"total") { Sums = true },
            new("posted", new("Posted", "Kayıt zamanı"), ColumnKind.Instant, $"posted_at"),
            Year,
        ]
    )
    {
        OfCompany = $"company_id",
        SearchedIn = $"kernel.fold({Number} || ' ' || document)",
        SortedBy = "-number",
    };

    internal static readonly StartCard PostedToday = new(
        "vouchers",
        new Words("Vouchers of today", "Bugünün fişleri"),
        StartQuestion.Changed,
        AccountingPermissions.Read,
        ask =>
            $"""
                select 'voucher' as type, voucher_id::text as id, {Number} as title, document as detail, posted_at as at
                from (select * from accounting.voucher where company_id = {ask.CompanyId}
                    order by year desc, number desc limit {StartFigure.Newest}) newest
                where date = {ask.Today}
                """
    );

    private sealed record Named(Guid CompanyId, int Year, long Number);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapList("/vouchers", List, AccountingPermissions.Read, "Vouchers");
        api.MapGet("/vouchers/{id:guid}", Show)
            .Needs(AccountingPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("One voucher with its lines");
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
        return new Detail(
            row.Id,
            row.CompanyId,
            Series.Show(PostVouchers.Series, row.Year, row.Number),
            row.Date,
            new Source(row.SourceType, row.Document),
            row.Total,
            row.Currency,
            row.PostedAt,
            lines
        );
    }
}
