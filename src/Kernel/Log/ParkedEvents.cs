using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Millrace.Kernel;

/// <summary>Events that could not be handled, for a person to see and to try again.</summary>
public static class ParkedEvents
{
    public const string Read = "kernel.parked.read";
    public const string Retry = "kernel.parked.retry";

    public sealed record Row(
        long Id,
        string Consumer,
        string EventType,
        string Aggregate,
        string Error,
        int Attempts,
        DateTime ParkedAt,
        DateTime? RetryRequestedAt
    );

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/parked-events", List).Needs(Read).Reads().WithSummary("Events that wait for a person, oldest first");
        api.MapPost("/parked-events/{id:long}/retry", TryAgain).Needs(Retry).Once().WithSummary("Try a parked event again");
    }

    private static async Task<Page<Row>> List(Db db, PageOf page) =>
        page.Cut(
            await db.Query<Row>(
                $"""
                select parked_id as id, consumer, type as event_type, aggregate, error, attempts, parked_at, retry_requested_at
                from kernel.parked where resolved_at is null and parked_id > {page.Start<long>()}
                order by parked_id limit {page.Limit + 1}
                """
            ),
            row => row.Id
        );

    private static async Task<Row> TryAgain(Db db, long id) =>
        await db.Find<Row>(
            $"""
            update kernel.parked set retry_requested_at = clock_timestamp()
            where parked_id = {id} and resolved_at is null
            returning parked_id as id, consumer, type as event_type, aggregate, error, attempts, parked_at, retry_requested_at
            """
        ) ?? throw Refused.Missing("parked event", id);
}
