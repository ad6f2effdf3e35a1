using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Company;

/// <summary>Adds the twelve periods of a year to a company's calendar; asking again changes nothing.</summary>
public static class OpenYear
{
    public sealed record Result(int Year, int Periods);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(
                "/companies/{companyId:guid}/years/{year:int:range(2000,2199)}",
                async (Db db, Guid companyId, int year) =>
                {
                    await ListCompanies.One(db, companyId);
                    return new Result(year, await Run(db, companyId, year));
                }
            )
            .Needs(CompanyPermissions.ClosePeriod)
            .Once()
            .WithSummary("Open a year in the calendar");

    public static Task<int> Run(Db db, Guid companyId, int year) =>
        db.Execute(
            $"""
            insert into company.period (tenant_id, company_id, starts, ends)
            select {db.Scope.Tenant}, {companyId}, starts, (starts + interval '1 month' - interval '1 day')::date
            from (select make_date({year}, month, 1) as starts from generate_series(1, 12) as month) p
            on conflict do nothing
            """
        );
}
