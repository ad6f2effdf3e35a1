using Microsoft.Extensions.DependencyInjection;

namespace Millrace.Kernel;

/// <summary>What a person wants to know first in the morning.</summary>
public enum StartQuestion
{
    Mine,
    Late,
    Changed,
}

/// <summary>For whom a start page is made, and for which day.</summary>
public sealed record StartAsk(Db Db, Guid CompanyId, DateOnly Today)
{
    public Guid Me => Db.Scope.Actor;
}

/// <summary>One of the things that a figure of the start page counts; with a type and an id it can be opened.</summary>
public sealed record StartRow(string? Type, string? Id, string Title, string Detail, DateTime? At);

/// <summary>How many there are, counted up to <see cref="Most"/>, and the first ones.</summary>
public sealed record StartFigure(int Count, IReadOnlyList<StartRow> Rows)
{
    public const int Most = 100;

    /// <summary>So many of the newest rows are looked through for those of today, however many there are behind them.</summary>
    public const int Newest = 1000;
    private const int MostShown = 5;

    /// <summary>What these rows amount to; the first ones come first.</summary>
    public static StartFigure Of(IReadOnlyList<StartRow> rows) => new(Math.Min(rows.Count, Most), [.. rows.Take(MostShown)]);

    /// <summary>Only as many as are counted are read.</summary>
    internal static async Task<StartFigure> Of(Db db, Sql rows) => Of(await db.Query<StartRow>($"{rows} limit {Most}"));
}

/// <summary>
/// A figure of the start page, declared by the module that knows it: shown to whoever has its permission, under its question.
/// </summary>
public sealed record StartCard(
    string Name,
    Words Title,
    StartQuestion Question,
    string SeenWith,
    Func<StartAsk, Task<StartFigure>> Read
)
{
    /// <summary>A figure that is a query for type, id, title, detail and at, in its order.</summary>
    public StartCard(string name, Words title, StartQuestion question, string seenWith, Func<StartAsk, Sql> rows)
        : this(name, title, question, seenWith, ask => StartFigure.Of(ask.Db, rows(ask))) { }
}

public static class StartCards
{
    public static void DeclareStart(this IServiceCollection services, StartCard card) => services.AddSingleton(card);

    /// <summary>What an administrator is asked for by the installation itself.</summary>
    internal static void Declare(IServiceCollection services)
    {
        services.DeclareStart(
            new(
                "parkedEvents",
                new("Events that wait for a person", "Bir kişiyi bekleyen olaylar"),
                StartQuestion.Late,
                ParkedEvents.Read,
                ask =>
                    $"""
                        select null as type, null as id, type as title, left(error, 120) as detail, parked_at as at
                        from kernel.parked where resolved_at is null order by parked_id
                        """
            )
        );
        services.DeclareStart(
            new(
                "jobs",
                new("Jobs that failed this week", "Bu hafta başarısız olan işler"),
                StartQuestion.Late,
                ListJobs.Read,
                ask =>
                    $"""
                        select null as type, null as id, type as title, left(coalesce(error, ''), 120) as detail, ended_at as at
                        from kernel.job where state = 'failed' and ended_at > now() - interval '7 days' order by job_id desc
                        """
            )
        );
        services.DeclareStart(
            new(
                "mails",
                new("Mails that did not arrive this week", "Bu hafta ulaşmayan e-postalar"),
                StartQuestion.Late,
                ListMails.Read,
                ask =>
                    $"""
                        select null as type, null as id, recipient as title, left(coalesce(error, ''), 120) as detail,
                            ended_at as at
                        from (select * from kernel.mail order by mail_id desc limit {StartFigure.Newest}) newest
                        where state in ('refused', 'returned', 'failed') and queued_at > now() - interval '7 days'
                            and (company_id is null or company_id = {ask.CompanyId})
                        order by mail_id desc
                        """
            )
        );
    }
}
