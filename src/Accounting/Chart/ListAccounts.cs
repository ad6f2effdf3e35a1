using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Accounting;

/// <summary>The chart of accounts of a company, by number.</summary>
public static class ListAccounts
{
    public sealed record Row(string Number, string NameTr, string NameEn, string? Parent, string Type, bool Contra);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/companies/{companyId:guid}/accounts", Run)
            .Needs(AccountingPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("Chart of accounts");

    private static async Task<Page<Row>> Run(Db db, Guid companyId, PageOf page)
    {
        await ListCompanies.One(db, companyId);
        var rows = await db.Query<Row>(
            $"""
            select account as number, name_tr, name_en, parent, type, contra from accounting.account
            where company_id = {companyId} and account > {page.Start<string>() ?? ""}
            order by account limit {page.Limit + 1}
            """
        );
        return page.Cut(rows, row => row.Number);
    }
}
