namespace Millrace.Company;

/// <summary>The business date where the company is.</summary>
public static class CompanyClock
{
    public static DateOnly Today(string timeZone, TimeProvider clock) =>
        DateOnly.FromDateTime(
            TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime
        );
}
