using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>Stock adjustments of a company, newest first; one of them with its lines and its approval.</summary>
public static class ListAdjustments
{
    public sealed record Row(
        Guid Id,
        string Number,
        DateOnly Date,
        string State,
        string Note,
        string Currency,
        decimal Amount,
        int Lines,
        string Warehouses,
        DateTime CreatedAt
    );

    internal static readonly IReadOnlyList<Choice> States =
    [
        new("draft", new("Draft", "Taslak")),
        new("waiting", new("Waiting for approval", "Onay bekliyor")),
        new("posted", new("Posted", "İşlendi")),
        new("rejected", new("Rejected", "Reddedildi")),
        new("withdrawn", new("Withdrawn", "Geri çekildi")),
    ];

    private static readonly ListColumn Id = new("id", new Words("Id", "Kimlik"), ColumnKind.Id, $"adjustment_id")
    {
        Order = $"adjustment_id",
        Unique = true,
        Hidden = true,
    };

    private static readonly Sql Places = $"""
        (select coalesce(string_agg(distinct w.code, ', ' order by w.code), '') from inventory.adjustment_line l
            join inventory.warehouse w on w.tenant_id = l.tenant_id and w.warehouse_id = l.warehouse_id
            where l.tenant_id = a.tenant_id and l.adjustment_id = a.adjustment_id)
        """;

    internal static readonly ListOf<Row> List = new(
        "adjustments",
        $"inventory.adjustment a",
        $"""
        adjustment_id as id, number, date, state, note, currency, amount,
        (select count(*)::int from inventory.adjustment_line l
            where l.tenant_id = a.tenant_id and l.adjustment_id = a.adjustment_id) as lines, {Places} as warehouses, created_at
        """,
        Id,
        [
            new("number", new("Number", "Numara"), ColumnKind.Text, $"number") { Order = $"number", Unique = true },
            new("date", new("Date", "Tarih"), ColumnKind.Date, $"date") { Order = $"date", Groups = true },
            new("note", new("Note", "Not"), ColumnKind.Text, $"note"),
            new(
                "lines",
                new("Lines", "Satır"),
                ColumnKind.Number,
                $"""
                (select count(*) from inventory.adjustment_line l
                    where l.tenant_id = a.tenant_id and l.adjustment_id = a.adjustment_id)
                """
            ),
            new("warehouses", new("Warehouses", "Depolar"), ColumnKind.Text, Places),
            new("amount", new("Value of the differences", "Farkların değeri"), ColumnKind.Number, $"amount") { Sums = true },
            new("state", new("State", "Durum"), ColumnKind.Choice, $"state") { Groups = true, Choices = States },
            new("created", new("Written", "Yazıldığı an"), ColumnKind.Instant, $"created_at") { Hidden = true },
            Id,
        ]
    )
    {
        OfCompany = $"company_id",
        SearchedIn = $"kernel.fold(number || ' ' || note)",
        FieldsOf = Adjustments.DocumentType,
        SearchedAs = Adjustments.DocumentType,
        SortedBy = "-id",
    };

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapList("/stock-adjustments", List, InventoryPermissions.Read, "Stock adjustments");
        api.MapGet("/stock-adjustments/{id:guid}", Show)
            .Needs(InventoryPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .WithSummary("One stock adjustment with its approval");
    }

    private static async Task<Adjustments.Detail> Show(HttpContext http, Db db, Guid id)
    {
        var shown = await Adjustments.Show(db, id, Caller.Required(http).Actor);
        Versions.Show(http, shown.Version);
        return shown;
    }
}
