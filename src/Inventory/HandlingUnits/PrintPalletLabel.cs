using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Company;
using Millrace.Kernel;

namespace Millrace.Inventory;

/// <summary>The label of a unit, with what is on it now.</summary>
public static class PrintPalletLabel
{
    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/handling-units/{sscc}/label/pdf", Run)
            .Needs(InventoryPermissions.Read)
            .Reads(Patience.Background)
            .ProducesProblem(404)
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .WithSummary("The label of a handling unit as PDF");

    private static async Task<IResult> Run(Db db, [Text(18)] string sscc, [OneOf("en", "tr")] string? language)
    {
        var unit = await ShowHandlingUnit.One(db, sscc);
        var company = await ListCompanies.One(db, unit.CompanyId);
        var format = PrintFormat.In(language ?? "en");
        var (lot, expires, more) = language == "tr" ? ("Parti", "SKT", "daha") : ("Lot", "Exp.", "more");
        var lines = unit.Goods.Select(Line).ToList();
        if (lines.Count > PalletLabel.MostLines)
            lines = [.. lines.Take(PalletLabel.MostLines - 1), $"+ {lines.Count - PalletLabel.MostLines + 1} {more}"];
        return new PdfAnswer(
            $"{sscc}.pdf",
            new PalletLabel(company.Name, $"{unit.WarehouseCode} · {unit.Bin}", lines, sscc).Print()
        );

        string Line(ShowHandlingUnit.Goods goods) =>
            $"{format.Quantity(goods.OnHand)} {goods.Unit}  {goods.ItemCode} {goods.ItemName}"
            + (goods.Lot == "" ? "" : $"  {lot} {goods.Lot}")
            + (goods.ExpiresOn is { } day ? $"  {expires} {format.Date(day)}" : "");
    }
}
