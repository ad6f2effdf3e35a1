using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Identity;

/// <summary>Who changed what, newest first: of one person, of one kind of thing, of some days.</summary>
public static class ListAudit
{
    private static readonly ListColumn Day = new("day", new("Day in UTC", "Gün (UTC)"), ColumnKind.Date, $"a.day")
    {
        Order = $"a.day",
        Groups = true,
        Hidden = true,
    };

    private static readonly ListColumn Id = new("id", new("Entry", "Kayıt no"), ColumnKind.Number, $"a.audit_id")
    {
        Order = $"a.audit_id",
        Whole = true,
        Unique = true,
        Hidden = true,
    };

    internal static readonly ListOf<AuditedChange> List = new(
        "audit",
        AuditedChange.From,
        AuditedChange.Row,
        Id,
        [
            new("at", new("When", "Ne zaman"), ColumnKind.Instant, $"a.at") { SortsBy = [Day, Id], KeptBy = $"a.day" },
            new("actor", new("Who", "Kim"), ColumnKind.Text, AuditedChange.Who) { Groups = true },
            new("entity", new("What", "Ne"), ColumnKind.Text, $"a.entity") { Groups = true },
            new("kind", new("Kind", "Tür"), ColumnKind.Choice, $"a.change")
            {
                Groups = true,
                Choices =
                [
                    new("insert", new("Created", "Oluşturuldu")),
                    new("update", new("Changed", "Değiştirildi")),
                    new("delete", new("Removed", "Kaldırıldı")),
                ],
            },
            new("change", new("Change", "Değişiklik"), ColumnKind.Text, $"coalesce(a.after, a.before)::text"),
            new("before", new("Before", "Önce"), ColumnKind.Text, $"a.before::text") { Hidden = true },
            new("key", new("Key", "Anahtar"), ColumnKind.Text, $"a.key") { Hidden = true },
            new("request", new("Request", "İstek"), ColumnKind.Text, $"a.request") { Hidden = true },
            new("actorId", new("Who, by id", "Kim (kimlik)"), ColumnKind.Id, $"a.actor") { Hidden = true },
            Day,
            Id,
        ]
    )
    {
        SortedBy = "-at",
        Completed = AuditedChange.WithNames,
    };

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapList("/audit", List, AuditedTables.ReadAll, "Who changed what");
        api.MapGet("/audit/tables", (AuditedTables tables) => new Page<string>(tables.Entities, null))
            .Needs(AuditedTables.ReadAll)
            .Reads()
            .WithSummary("The tables whose changes are kept");
    }
}
