using System.Globalization;

namespace Millrace.Kernel;

/// <summary>
/// Five fields as in crontab(5): minute, hour, day of the month, month, day of the week; lists, ranges and steps.
/// Written here because no library for it can be had; small, and behind this one place.
/// In the hour that a change to summer time leaves out, work is done right after it; in the hour that comes twice, once.
/// </summary>
public sealed class Cron
{
    private const int YearsAhead = 8; // 29 February may be that far away

    private readonly bool[] _minutes;
    private readonly bool[] _hours;
    private readonly bool[] _days;
    private readonly bool[] _months;
    private readonly bool[] _weekdays;
    private readonly bool _eitherDay;

    private Cron(string[] fields)
    {
        _minutes = Field(fields[0], 0, 59);
        _hours = Field(fields[1], 0, 23);
        _days = Field(fields[2], 1, 31);
        _months = Field(fields[3], 1, 12);
        _weekdays = Field(fields[4], 0, 7);
        _weekdays[0] |= _weekdays[7];
        // As cron does it: when both kinds of day are restricted, either is enough.
        _eitherDay = fields[2] != "*" && fields[4] != "*";
    }

    /// <summary>The schedule, or a sentence that says what is wrong with the text.</summary>
    public static Cron Parse(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 5
            ? new Cron(fields)
            : throw new FormatException(
                "A schedule has five fields (minute, hour, day, month, weekday), such as \"0 7 * * 1-5\"; "
                    + $"this has {fields.Length}."
            );
    }

    /// <summary>The first time after the given moment, or nothing when there is none within eight years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        // A change of the clock may have put the local time back by some hours: begin a day earlier, skip what is past.
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime).AddDays(-1);
        for (var last = day.AddYears(YearsAhead); day <= last; day = day.AddDays(1))
            if (IsOn(day) && Times(day).Select(time => Instant(time, zone)).Where(at => at > after).ToList() is [_, ..] left)
                return left.Min();
        return null;
    }

    private bool IsOn(DateOnly day)
    {
        var (monthday, weekday) = (_days[day.Day], _weekdays[(int)day.DayOfWeek]);
        return _months[day.Month] && (_eitherDay ? monthday || weekday : monthday && weekday);
    }

    private IEnumerable<DateTime> Times(DateOnly day) =>
        from hour in Enumerable.Range(0, 24)
        where _hours[hour]
        from minute in Enumerable.Range(0, 60)
        where _minutes[minute]
        select day.ToDateTime(new TimeOnly(hour, minute));

    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsAmbiguousTime(local))
            return new DateTimeOffset(local, zone.GetAmbiguousTimeOffsets(local).Max());
        if (!zone.IsInvalidTime(local))
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        var valid = local;
        while (zone.IsInvalidTime(valid))
            valid = valid.AddMinutes(1);
        return new DateTimeOffset(valid, zone.GetUtcOffset(valid));
    }

    private static bool[] Field(string text, int least, int most)
    {
        var on = new bool[most + 1];
        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var all] => (all, 1),
                [var some, var every] => (some, Number(every, 1, most, text)),
                _ => throw Wrong(text, least, most),
            };
            var (from, through) = range.Split('-') switch
            {
                ["*"] => (least, most),
                [var one] when step == 1 => (Number(one, least, most, text), Number(one, least, most, text)),
                [var first] => (Number(first, least, most, text), most),
                [var first, var last] => (Number(first, least, most, text), Number(last, least, most, text)),
                _ => throw Wrong(text, least, most),
            };
            if (from > through)
                throw Wrong(text, least, most);
            for (var at = from; at <= through; at += step)
                on[at] = true;
        }
        return on;
    }

    private static int Number(string text, int least, int most, string field) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(field, least, most);

    private static FormatException Wrong(string field, int least, int most) =>
        new(
            $"\"{field}\" is not a field of a schedule: "
                + $"numbers from {least} to {most}, *, lists (1,2), ranges (1-5), steps (*/15)."
        );
}
