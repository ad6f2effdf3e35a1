using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Company;

/// <summary>The months of a year with their state.</summary>
public static class ListPeriods
{
    public sealed record Row(string Period, DateOnly Start, DateOnly End, DateTime? ClosedAt);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/companies/{companyId:guid}/periods", Run)
            .Needs(CompanyPermissions.Read)
            .Reads()
            .Problems(404)
            .WithSummary("Periods of a year; without a year, of this one");

    private static async Task<Page<Row>> Run(Db db, Guid companyId, TimeProvider clock, int? year)
    {
        var company = await ListCompanies.One(db, companyId);
        var wanted = year ?? CompanyClock.Today(company.TimeZone, clock).Year;
        var rows = await db.Query<Row>(
            $"""
            select to_char(starts, 'YYYY-MM') as period, starts as start, ends as end, closed_at from company.period
            where company_id = {companyId} and extract(year from starts) = {wanted}
            order by starts limit 12
            """
        );
        return new Page<Row>(rows, null);
    }
}
