using System.Globalization;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Takes back what was to be held until a day that has passed where the company is. Doing it again changes nothing.
/// </summary>
internal static class ReleaseExpired
{
    private const int AtOnce = 200;

    /// <summary>Comes up when the last day of some reservation of this company has passed.</summary>
    [JobType("inventory.expire")]
    internal sealed record Job(Guid CompanyId);

    internal static async Task Run(JobRun run, Job job)
    {
        var released = 0;
        while (true)
        {
            await using var db = run.Open();
            var some = await Run(db, job.CompanyId);
            released += some;
            if (some < AtOnce)
                await run.Done(db, new { Released = released });
            await db.Commit();
            if (some < AtOnce)
                return;
        }
    }

    /// <summary>At the first moment of the day after the last one.</summary>
    internal static async Task Time(Db db, IEnumerable<Promise> given, StockAtHand stock)
    {
        foreach (var (company, until) in given.Select(one => (one.CompanyId, one.HeldUntil)).Distinct())
            if (until is { } day && day < DateOnly.MaxValue)
                await db.Enqueue(
                    new Job(company),
                    new JobOptions
                    {
                        Key = string.Create(CultureInfo.InvariantCulture, $"{company:N}/{day:yyyy-MM-dd}"),
                        At = MidnightAfter(day, stock.Companies[company]),
                    }
                );
    }

    private static async Task<int> Run(Db db, Guid company)
    {
        var expired = await db.Query<Guid>(
            $"""
            select reservation_id from inventory.reservation
            where company_id = {company} and released_at is null
                and held_until < (
                    select (now() at time zone c.time_zone)::date from company.v_company c where c.company_id = {company})
            order by held_until, reservation_id limit {AtOnce}
            """
        );
        if (expired.Count > 0)
            await ReleaseStock.Run(db, expired);
        return expired.Count;
    }

    private static DateTimeOffset MidnightAfter(DateOnly day, ListCompanies.Row company)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new(midnight, TimeZoneInfo.FindSystemTimeZoneById(company.TimeZone).GetUtcOffset(midnight));
    }
}
