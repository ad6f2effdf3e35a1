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

    public sealed record Next(Guid CompanyId, string Kind, int Year, long Number);

    /// <summary>Somebody else takes numbers of this series.</summary>
    public sealed record Held(Guid CompanyId, string Kind, int Year) : HeldRow
    {
        public override Sql Wait =>
            $"""
                select 1 from company.series where company_id = {CompanyId} and kind = {Kind} and year = {Year}
                for no key update
                """;
    }

    /// <summary>
    /// The next numbers of several series, held until the end of the transaction: the last of its locks, in key order. How many
    /// are used is said by <see cref="Use"/>. Those that somebody else holds are waited for, or passed over.
    /// </summary>
    public static Later<Next> Hold(Db db, IEnumerable<(Guid CompanyId, string Kind, int Year)> series, bool passOver)
    {
        var wanted = series.Distinct().OrderBy(one => one.CompanyId).ThenBy(one => one.Kind, StringComparer.Ordinal).ToArray();
        var companies = Array.ConvertAll(wanted, one => one.CompanyId);
        var kinds = Array.ConvertAll(wanted, one => one.Kind);
        var years = Array.ConvertAll(wanted, one => one.Year);
        db.Later(
            $"""
            insert into company.series (tenant_id, company_id, kind, year, next)
            select {db.Scope.Tenant}, company_id, kind, year, 1
            from unnest({companies}, {kinds}, {years}) as s (company_id, kind, year) order by company_id, kind, year
            on conflict do nothing
            """
        );
        return db.Later<Next>(
            $"""
            select s.company_id, s.kind, s.year, s.next as number
            from {Sql.Few($"unnest({companies}, {kinds}, {years})", wanted.Length)} as w (company_id, kind, year)
            join company.series s on s.company_id = w.company_id and s.kind = w.kind and s.year = w.year
            order by s.company_id, s.kind, s.year for no key update of s {Sql.PassOver(passOver)}
            """
        );
    }

    /// <summary>The first number that is still free of each series held before.</summary>
    public static void Use(Db db, IReadOnlyCollection<Next> free) =>
        db.Later(
            $"""
            update company.series s set next = f.number
            from {Sql.Few(
                $"""
                unnest({free.Select(one => one.CompanyId).ToArray()}, {free.Select(one => one.Kind).ToArray()},
                    {free.Select(one => one.Year).ToArray()}, {free.Select(one => one.Number).ToArray()})
                """,
                free.Count
            )} as f (company_id, kind, year, number)
            where s.company_id = f.company_id and s.kind = f.kind and s.year = f.year
            """
        );

    /// <summary>How a number is shown: GR-2026-000123.</summary>
    public static string Show(string kind, int year, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{year:0000}-{number:000000}");
}
