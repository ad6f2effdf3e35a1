using Millrace.Kernel;

namespace Millrace.Company;

/// <summary>
/// Whether a company's books accept a date. Who asks keeps the periods from closing until the end of the transaction.
/// </summary>
public static class Periods
{
    public sealed record State(Guid CompanyId, DateOnly Starts, bool Closed);

    /// <summary>
    /// The states of the periods in which these dates lie. Each is held under a shared advisory lock (in key order), which a
    /// closing takes exclusively: a row lock from every posting would fill the table with multixacts. They are there once
    /// the statements have been sent.
    /// </summary>
    public static Later<State> Hold(Db db, IEnumerable<(Guid CompanyId, DateOnly Date)> dates)
    {
        var periods = dates
            .Select(one => (one.CompanyId, Starts: StartOf(one.Date)))
            .Distinct()
            .OrderBy(one => one.CompanyId)
            .ThenBy(one => one.Starts)
            .ToArray();
        var companies = Array.ConvertAll(periods, one => one.CompanyId);
        var starts = Array.ConvertAll(periods, one => one.Starts);
        db.Later<string>(
            $"""
            select pg_advisory_xact_lock_shared(
                hashtextextended('period/' || company || '/' || starts, {db.Scope.Tenant}::bigint))::text
            from (select company, starts from unnest({companies}, {starts}) as p (company, starts) order by company, starts) p
            """
        );
        return db.Later<State>(
            $"""
            select company_id, starts, closed_at is not null as closed from company.period
            where (company_id, starts) in (select * from unnest({companies}, {starts}))
            """
        );
    }

    /// <summary>Nothing when the date may be used, otherwise why not.</summary>
    public static Refused? RefusalOf(IReadOnlyList<State> states, Guid companyId, DateOnly date) =>
        states.FirstOrDefault(one => one.CompanyId == companyId && one.Starts == StartOf(date)) switch
        {
            null => new Refused(
                "company.no_period",
                $"The calendar has no period for {date:yyyy-MM-dd}. Check the date, or open the year {date.Year} first.",
                new { Period = Name(date) }
            ),
            { Closed: true } => new Refused(
                "company.period_closed",
                $"The period {Name(date)} is closed. Use a later date, or have the period opened again.",
                new { Period = Name(date) }
            ),
            _ => null,
        };

    internal static DateOnly StartOf(DateOnly date) => new(date.Year, date.Month, 1);

    internal static string Name(DateOnly date) => date.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
}
