using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>An adjustment on paper, for whoever counts and signs.</summary>
public static class PrintAdjustment
{
    private sealed record Words(
        string Title,
        string Date,
        string State,
        string Value,
        string Note,
        string Item,
        string Warehouse,
        string Difference,
        string Reason
    )
    {
        internal static Words In(string language) =>
            language == "tr"
                ? new("Stok düzeltmesi", "Tarih", "Durum", "Farkların değeri", "Not", "Malzeme", "Depo", "Fark", "Neden")
                : new("Stock adjustment", "Date", "State", "Value", "Note", "Item", "Warehouse", "Difference", "Reason");
    }

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/stock-adjustments/{id:guid}/pdf", Download)
            .Needs(InventoryPermissions.Read)
            .Reads()
            .ProducesProblem(404)
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .WithSummary("A stock adjustment as PDF");

    private static async Task<IResult> Download(HttpContext http, Db db, Guid id, [OneOf("en", "tr")] string? language)
    {
        var adjustment = await Adjustments.Show(db, id, Caller.Required(http).Actor);
        return new PdfAnswer($"{adjustment.Number}.pdf", await Print(db, adjustment, language ?? "en"));
    }

    private static async Task<byte[]> Print(Db db, Adjustments.Detail adjustment, string language)
    {
        var company = await ListCompanies.One(db, adjustment.CompanyId);
        var letterhead = await Letterheads.Of(db, adjustment.CompanyId, language);
        var (words, format) = (Words.In(language), PrintFormat.In(language));
        return Pdf.Print(
            new Printout(
                letterhead,
                $"{words.Title} {adjustment.Number}",
                [
                    (words.Date, format.Date(adjustment.Date)),
                    (words.State, Choice.TitleOf(ListAdjustments.States, adjustment.State, language)),
                    (words.Value, $"{format.Money(adjustment.Amount)} {adjustment.Currency}"),
                    .. adjustment.Note.Length > 0 ? [(words.Note, adjustment.Note)] : Array.Empty<(string, string)>(),
                ],
                [
                    new("#", 6),
                    new(words.Item, 48),
                    new(words.Warehouse, 12),
                    new(words.Difference, 18, IsNumber: true),
                    new(words.Reason, 16),
                ],
                [.. adjustment.Lines.Select(line => Row(line, format, language))],
                null,
                $"{company.Name} · {adjustment.Number}"
            )
        );
    }

    private static IReadOnlyList<string> Row(Adjustments.ShownLine line, PrintFormat format, string language) =>
        [
            FormattableString.Invariant($"{line.No}"),
            $"{line.ItemCode} {line.ItemName}{(line.Note.Length > 0 ? $" ({line.Note})" : "")}",
            line.WarehouseCode,
            $"{(line.Difference > 0 ? "+" : "")}{format.Quantity(line.Difference)} {line.Unit}",
            Choice.TitleOf(MovementReason.Choices, line.Reason, language),
        ];
}
