using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Millrace.Kernel;

/// <summary>Mails of the organisation, newest first: to whom, about what, and what became of them.</summary>
public static class ListMails
{
    public const string Read = "kernel.mail.read";

    public sealed record Row(
        Guid Id,
        string Recipient,
        string Template,
        string? Subject,
        string State,
        int Attempts,
        string? Error,
        string? DocumentType,
        string? DocumentId,
        DateTime QueuedAt,
        DateTime? SentAt
    );

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/mails", Run).Needs(Read).Reads().WithSummary("Mails, newest first");

    private static async Task<Page<Row>> Run(
        Db db,
        PageOf page,
        [OneOf("queued", "sent", "refused", "returned", "failed")] string? state,
        [Text(60)] string? documentType,
        [Text(100)] string? documentId
    )
    {
        var before = page.Start<Guid?>() ?? new Guid("ffffffff-ffff-ffff-ffff-ffffffffffff");
        var rows = await db.Query<Row>(
            $"""
            select mail_id as id, recipient, template, subject, state, attempts, error, document_type, document_id,
                queued_at, sent_at
            from kernel.mail
            where mail_id < {before} and state = coalesce({state}, state)
                and ({documentType}::text is null or (document_type, document_id) = ({documentType}, {documentId}))
            order by mail_id desc limit {page.Limit + 1}
            """
        );
        return page.Cut(rows, row => row.Id);
    }
}
