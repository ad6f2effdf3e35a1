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

    private static readonly ListColumn Id = new("id", new Words("Id", "Kimlik"), ColumnKind.Id, $"mail_id")
    {
        Order = $"mail_id",
        Unique = true,
        Hidden = true,
    };

    internal static readonly ListOf<Row> List = new(
        "mails",
        $"kernel.mail",
        $"""
        mail_id as id, recipient, template, subject, state, attempts, error, document_type, document_id, queued_at, sent_at
        """,
        Id,
        [
            new("at", new("When", "Zaman"), ColumnKind.Instant, $"coalesce(sent_at, queued_at)") { SortsBy = [Id] },
            new("recipient", new("To", "Kime"), ColumnKind.Text, $"recipient") { Groups = true },
            new("subject", new("Subject", "Konu"), ColumnKind.Text, $"coalesce(subject, template)"),
            new("attempts", new("Attempts", "Deneme"), ColumnKind.Number, $"attempts") { Sums = true },
            new("state", new("State", "Durum"), ColumnKind.Choice, $"state")
            {
                Groups = true,
                Choices =
                [
                    new("queued", new("Waiting", "Bekliyor")),
                    new("sent", new("Sent", "Gönderildi")),
                    new("refused", new("Refused", "Reddedildi")),
                    new("returned", new("Returned", "Geri döndü")),
                    new("failed", new("Given up", "Vazgeçildi")),
                ],
            },
            new("error", new("What went wrong", "Sorun"), ColumnKind.Text, $"error"),
            new("template", new("Kind of mail", "E-posta türü"), ColumnKind.Text, $"template") { Hidden = true, Groups = true },
            new("documentType", new("Kind of document", "Belge türü"), ColumnKind.Text, $"document_type")
            {
                Hidden = true,
                Groups = true,
            },
            new("documentId", new("Id of the document", "Belge kimliği"), ColumnKind.Text, $"document_id") { Hidden = true },
            Id,
        ]
    )
    {
        SearchedIn = $"kernel.fold(recipient || ' ' || coalesce(subject, template))",
        SortedBy = "-id",
    };

    internal static void Map(IEndpointRouteBuilder api) => api.MapList("/mails", List, Read, "Mails");
}
