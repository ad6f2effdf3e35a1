using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>
/// Labels for goods: of an item and perhaps its lot as often as wanted, or one for each line of a receipt. The bars are the
/// code of the item; the square says item, lot and expiry, and the forms of stock understand it.
/// </summary>
public static class PrintLabels
{
    private sealed record Goods(string Code, string Name, string Unit, string Lot, DateOnly? ExpiresOn, decimal? Quantity);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/items/{id:guid}/labels/pdf", OfItem)
            .Needs(InventoryPermissions.Read)
            .Reads(Patience.Background)
            .ProducesProblem(404)
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .WithSummary("Labels of an item or of a lot of it as PDF");
        api.MapGet("/receipts/{document}/labels/pdf", OfReceipt)
            .Needs(InventoryPermissions.Read)
            .Reads(Patience.Background)
            .ProducesProblem(404)
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .WithSummary("A label for each line of a receipt as PDF");
    }

    private static async Task<IResult> OfItem(
        Db db,
        Guid id,
        [Text(40, MayBeEmpty = true)] string? lot,
        [Range(1, LabelSheet.Most)] int? copies,
        [OneOf("en", "tr")] string? language
    )
    {
        var goods =
            await db.Find<Goods>(
                $"""
                select i.code, i.name, i.unit, {lot ?? ""} as lot, l.expires_on, null::numeric as quantity
                from catalog.v_item i
                left join inventory.lot l on l.item_id = i.item_id and l.lot = {lot ?? ""}
                where i.item_id = {id}
                """
            ) ?? throw Refused.Missing("item", id);
        return Print(goods.Code, [.. Enumerable.Repeat(goods, copies ?? 1)], language ?? "en");
    }

    private static async Task<IResult> OfReceipt(
        Db db,
        [Text(40)] string document,
        Guid companyId,
        [OneOf("en", "tr")] string? language
    )
    {
        var goods = await db.Query<Goods>(
            $"""
            select i.code, i.name, i.unit, m.lot, l.expires_on, m.quantity
            from inventory.movement m
            join catalog.v_item i on i.item_id = m.item_id
            left join inventory.lot l on l.item_id = m.item_id and l.lot = m.lot
            where m.company_id = {companyId} and m.document = {document} and m.kind = 'receipt'
            order by m.line_no limit {LabelSheet.Most}
            """
        );
        return goods.Count == 0 ? throw Refused.Missing("receipt", document) : Print(document, goods, language ?? "en");
    }

    private static PdfAnswer Print(string name, IReadOnlyList<Goods> goods, string language)
    {
        var format = PrintFormat.In(language);
        var (lot, expires) = language == "tr" ? ("Parti", "SKT") : ("Lot", "Exp.");
        return new PdfAnswer(
            $"{name}.pdf",
            LabelSheet.Print(
                name,
                [.. goods.Select(one => new Label(one.Code, one.Name, Lines(one), Bars: one.Code, Square(one)))]
            )
        );

        List<string> Lines(Goods one)
        {
            var lines = new List<string>();
            if (one.Lot != "")
                lines.Add($"{lot} {one.Lot}");
            if (one.ExpiresOn is { } day)
                lines.Add($"{expires} {format.Date(day)}");
            if (one.Quantity is { } quantity)
                lines.Add($"{format.Quantity(quantity)} {one.Unit}");
            return lines;
        }
    }

    // Each part as in an address, so that a stroke in a code is none.
    private static string Square(Goods one) =>
        FormattableString.Invariant(
            $"{Uri.EscapeDataString(one.Code)}|{Uri.EscapeDataString(one.Lot)}|{one.ExpiresOn:yyyy-MM-dd}"
        );
}
