using System.Globalization;
using Millrace.Kernel;

namespace Millrace.Company;

/// <summary>Numbers without gaps: taken under a row lock in the transaction that uses them, given back by its rollback.</summary>
public static class Series
{
    /// <summary>Takes so many numbers of a series and returns the first. Call it last, so that the row is held shortly.</summary>
    public static Task<long> Take(Db db, Guid companyId, string kind, int year, int count) =>
        db.One<long>(
            $"""
            insert into company.series as s (tenant_id, company_id, kind, year, next)
            values ({db.Scope.Tenant}, {companyId}, {kind}, {year}, 1 + {count})
            on conflict (tenant_id, company_id, kind, year) do update set next = s.next + {count}
            returning next - {count}
            """
        );

    /// <summary>How a number is shown: GR-2026-000123.</summary>
    public static string Show(string kind, int year, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{year:0000}-{number:000000}");
}
