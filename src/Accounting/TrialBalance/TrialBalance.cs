using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Accounting;

/// <summary>Debit, credit and balance of every account that moved between two dates.</summary>
public static class TrialBalance
{
    public sealed record Row(string Account, string NameTr, string NameEn, decimal Debit, decimal Credit, decimal Balance);

    public sealed record Result(
        string Currency,
        DateOnly From,
        DateOnly Through,
        IReadOnlyList<Row> Rows,
        decimal TotalDebit,
        decimal TotalCredit
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/companies/{companyId:guid}/trial-balance", Run)
            .Needs(AccountingPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("Trial balance; without dates, of this year until today");

    private static async Task<Result> Run(Db db, TimeProvider clock, Guid companyId, DateOnly? from, DateOnly? through)
    {
        var company = await ListCompanies.One(db, companyId);
        var today = CompanyClock.Today(company.TimeZone, clock);
        var first = from ?? new DateOnly(today.Year, 1, 1);
        var last = through ?? today;
        if (last < first)
            throw Invalid.Field("through", $"The end {last:yyyy-MM-dd} lies before the beginning {first:yyyy-MM-dd}.");
        var rows = await db.Query<Row>(
            $"""
            select l.account, a.name_tr, a.name_en, l.debit, l.credit, l.debit - l.credit as balance
            from (select tenant_id, account, sum(debit) as debit, sum(credit) as credit from accounting.voucher_line
                where company_id = {companyId} and date between {first} and {last}
                group by tenant_id, account) l
            join accounting.account a on a.tenant_id = l.tenant_id and a.company_id = {companyId} and a.account = l.account
            order by l.account limit 5000
            """
        );
        return new Result(company.Currency, first, last, rows, rows.Sum(row => row.Debit), rows.Sum(row => row.Credit));
    }
}
