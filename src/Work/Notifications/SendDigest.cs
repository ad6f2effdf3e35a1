using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>
/// Every working morning one mail to each person with what they were told and have not read; nothing is mailed twice.
/// </summary>
public static class SendDigest
{
    private const string Name = "Mail of unread notifications";
    private const string Mornings = "0 7 * * 1-5";
    private const int MostLines = 30;

    [JobType("work.digest")]
    public sealed record Job;

    private sealed record Place(string TimeZone, string Country);

    private sealed record Row(Guid PersonId, string Kind, string Title, string Text);

    internal static readonly MailTemplate Template = new(
        "work.digest",
        English: new("{count} unread in Millrace", "Hello {name},\n\nyou have not read this yet:\n\n{lines}"),
        Turkish: new("Millrace: okunmamış {count} bildirim", "Merhaba {name},\n\nhenüz okumadıklarınız:\n\n{lines}")
    );

    /// <summary>The organisation has this schedule from its first notification on; people change or stop it.</summary>
    internal static async Task Schedule(Db db)
    {
        var place = await Where(db);
        await Schedules.Ensure(db, Name, Mornings, place.TimeZone, new Job());
    }

    internal static async Task Run(JobRun run)
    {
        await using var db = run.Open();
        var mails = await Run(db);
        await run.Done(db, new { Mails = mails });
        await db.Commit();
    }

    /// <summary>Says how many mails were put into the queue.</summary>
    public static async Task<int> Run(Db db)
    {
        var rows = await db.Query<Row>(
            $"""
            with told as (
                update work.notification set mailed_at = clock_timestamp()
                where read_at is null and mailed_at is null
                returning notification_id, person_id, kind, title, text)
            select person_id, kind, title, text from told order by person_id, notification_id
            """
        );
        if (rows.Count == 0)
            return 0;
        var usual = (await Where(db)).Country == "TR" ? "tr" : "en";
        // Who wants no mail is not mailed later either, should they change their mind.
        var people = rows.Select(one => one.PersonId).Except(await MailChoice.Without(db, rows.Select(one => one.PersonId)));
        var readers = await MemberFacts.Addresses(db, people);
        var byPerson = rows.ToLookup(one => one.PersonId);
        foreach (var (reader, language) in readers.Select(one => (one, one.Language ?? usual)))
            await Mails.Queue(
                db,
                new OutgoingMail(
                    reader.Email,
                    Template.Name,
                    language,
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["name"] = reader.Name,
                        ["count"] = FormattableString.Invariant($"{byPerson[reader.Id].Count()}"),
                        ["lines"] = string.Join('\n', byPerson[reader.Id].Take(MostLines).Select(one => Line(one, language))),
                    }
                )
            );
        return readers.Count;
    }

    private static Task<Place> Where(Db db) =>
        db.One<Place>($"select time_zone, country from company.v_company order by code limit 1");

    private static string Line(Row row, string language) =>
        $"{Word(row.Kind, language)}: {row.Title}{(row.Text.Length > 0 ? $" – {row.Text}" : "")}";

    private static string Word(string kind, string language) =>
        (kind, language == "tr") switch
        {
            ("asked" or "escalated", true) => "Onayınız bekleniyor",
            ("asked" or "escalated", false) => "Waits for your approval",
            ("approved", true) => "Onaylandı",
            ("approved", false) => "Approved",
            ("rejected", true) => "Reddedildi",
            ("rejected", false) => "Rejected",
            ("mention", true) => "Sizden söz edildi",
            ("mention", false) => "You were mentioned",
            ("comment", true) => "Yorum",
            ("comment", false) => "Comment",
            (_, true) => "Görev",
            _ => "Task",
        };
}
