using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Company;

/// <summary>The first page of a person: what waits for them, what is late, what changed, as far as they may see it.</summary>
public static class ShowStart
{
    public sealed record Card(string Name, string Title, string Question, int Count, bool More, IReadOnlyList<StartRow> Rows);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/start", Run)
            .SignedIn("It shows only what the caller may see.")
            .Problems(400, 404)
            .WithSummary("What waits for you, what is late, and what changed");

    private static async Task<IReadOnlyList<Card>> Run(
        HttpContext http,
        Db db,
        TimeProvider clock,
        IEnumerable<StartCard> cards,
        Guid companyId,
        [OneOf("en", "tr")] string? language
    )
    {
        var company = await ListCompanies.One(db, companyId);
        var ask = new StartAsk(db, companyId, CompanyClock.Today(company.TimeZone, clock));
        var shown = new List<Card>();
        foreach (var card in cards.Where(card => Caller.Required(http).Permissions.Contains(card.SeenWith)))
        {
            var figure = await card.Read(ask);
            shown.Add(
                new Card(
                    card.Name,
                    card.Title.In(language),
                    card.Question.ToString().ToLowerInvariant(),
                    figure.Count,
                    figure.Count == StartFigure.Most,
                    figure.Rows
                )
            );
        }
        return shown;
    }

    /// <summary>Months that are over and whose books are still open.</summary>
    internal static readonly StartCard OpenPeriods = new(
        "periods",
        new Words("Months to close", "Kapatılacak aylar"),
        StartQuestion.Late,
        CompanyPermissions.ClosePeriod,
        ask =>
            $"""
                select null as type, null as id, to_char(starts, 'YYYY-MM') as title, '' as detail, null::timestamptz as at
                from company.period
                where company_id = {ask.CompanyId} and closed_at is null and ends < {ask.Today} order by starts
                """
    );
}
