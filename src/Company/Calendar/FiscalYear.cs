using Millrace.Kernel;

namespace Millrace.Company;

/// <summary>A year of a company's calendar: its first and last day, and the instants at which they begin and end there.</summary>
public sealed record FiscalYear(string Company, string TimeZone, DateOnly Starts, DateOnly Ends, DateTime From, DateTime Until)
{
    public static async Task<FiscalYear> Of(Db db, Guid companyId, int year)
    {
        await ListCompanies.One(db, companyId);
        return await db.Find<FiscalYear>(
                $"""
                select c.name as company, c.time_zone, y.starts, y.ends, y.starts::timestamp at time zone c.time_zone as "from",
                    (y.ends + 1)::timestamp at time zone c.time_zone as until
                from company.company c
                cross join lateral (
                    select min(p.starts) as starts, max(p.ends) as ends from company.period p
                    where p.tenant_id = c.tenant_id and p.company_id = c.company_id and extract(year from p.starts) = {year}) y
                where c.company_id = {companyId} and y.starts is not null
                """
            ) ?? throw Refused.Missing("year", year);
    }
}
